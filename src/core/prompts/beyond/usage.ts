/** What a line of a Claude Code transcript says about tokens. */

/** One answer of the model's: what it read and wrote. */
export interface UsageRow {
  /** The conversation of the transcript, which is the name of its file: a resumed one has lines of others. */
  readonly session: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** An answer is written several times while it grows. */
  readonly message: string;
  readonly model: string;
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheCreation: number;
  readonly output: number;
}

/** Nearly all lines are something else; they need not be parsed. */
const MARK = '"usage"';

/**
 * @param session The name of the transcript's file.
 * @returns undefined for a line that tells nothing about the main conversation: other kinds,
 *   subagents, the client's own messages, damaged lines.
 */
export function readUsageLine(line: string, session: string): UsageRow | undefined {
  if (!line.includes(MARK)) return undefined;
  const entry = objectOf(parsed(line));
  if (entry?.['type'] !== 'assistant' || entry['isSidechain'] === true || entry['isApiErrorMessage'] === true) return undefined;
  const message = objectOf(entry['message']);
  const usage = objectOf(message?.['usage']);
  const at = typeof entry['timestamp'] === 'string' ? Date.parse(entry['timestamp']) : NaN;
  if (usage === undefined || Number.isNaN(at) || message?.['model'] === '<synthetic>') return undefined;
  const tokens = (name: string) => {
    const value = usage[name];
    return typeof value === 'number' && value >= 0 && value < 1e12 ? value : 0;
  };
  const row = { input: tokens('input_tokens'), cacheRead: tokens('cache_read_input_tokens'), cacheCreation: tokens('cache_creation_input_tokens'), output: tokens('output_tokens') };
  if (row.input + row.cacheRead + row.cacheCreation === 0) return undefined;
  return { session, at, message: textOf(message?.['id']) || textOf(entry['uuid']), model: textOf(message?.['model']), ...row };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
