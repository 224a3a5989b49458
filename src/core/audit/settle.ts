/**
 * What no hook tells: a call that a rule of the agent's own forbids is refused before any hook runs (a
 * read), or without one after (a command). Its result is in the transcript, as an error.
 */
import { entryOf, type EntryTools } from './entry.ts';
import type { AuditEntry } from './model.ts';

export interface ToldResult {
  readonly call: string;
  readonly tool: string;
  readonly input: unknown;
  /** undefined: it succeeded. */
  readonly error: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Which calls of a session are on the record. */
export interface KnownCalls {
  /** With their outcome. */
  readonly settled: ReadonlySet<string>;
  /** Attempts; of what was never attempted, as far as hooks know, only failures are told. */
  readonly attempted: ReadonlySet<string>;
}

/** @param lines Of a transcript, in order; those that are damaged or of no interest are passed over. @param since Results before are left out. */
export function untoldResults(lines: Iterable<string>, { settled, attempted }: KnownCalls, since: number): ToldResult[] {
  const uses = new Map<string, { readonly tool: string; readonly input: unknown }>();
  const found: ToldResult[] = [];
  for (const line of lines) {
    // Most lines are neither, and are not parsed.
    if (!line.includes('"tool_')) continue;
    const { at, blocks } = blocksOf(line);
    for (const block of blocks) {
      const [type, id, name, result] = [block['type'], block['id'], block['name'], block['tool_use_id']];
      if (type === 'tool_use' && typeof id === 'string' && typeof name === 'string') uses.set(id, { tool: name, input: block['input'] });
      if (type !== 'tool_result' || typeof result !== 'string' || settled.has(result) || at < since) continue;
      const isError = block['is_error'] === true;
      const use = uses.get(result);
      if (use !== undefined && (isError || attempted.has(result))) found.push({ call: result, ...use, error: isError ? textOf(block['content']) : undefined, at });
    }
  }
  return found;
}

/** What a line of the record says of a call, as far as settling needs it. */
export function parseSettled(line: string): { readonly at: number; readonly is: 'turn' | 'attempted' | 'settled'; readonly call: string } | undefined {
  try {
    const { kind, call, at, verdict } = JSON.parse(line) as Fields;
    if (typeof at !== 'number') return undefined;
    if (kind === 'turn') return { at, is: 'turn', call: '' };
    if (typeof call !== 'string') return undefined;
    return { at, is: kind === 'attempt' && verdict !== 'denied' ? 'attempted' : 'settled', call };
  } catch {
    return undefined;
  }
}

/** The line for a result that only the transcript has. */
export function outcomeEntry({ session, cwd, result, settledAt }: { readonly session: string; readonly cwd: string; readonly result: ToldResult; readonly settledAt: number }, tools: EntryTools): AuditEntry {
  const event = { hook_event_name: result.error === undefined ? 'PostToolUse' : 'PostToolUseFailure', session_id: session, cwd, tool_name: result.tool, tool_input: result.input, tool_use_id: result.call, error: result.error };
  const entry = entryOf(event, Math.min(result.at, settledAt), tools) ?? { at: result.at, kind: result.error === undefined ? 'succeeded' : 'failed', session };
  return { ...entry, from: 'transcript' };
}

function blocksOf(line: string): { at: number; blocks: Fields[] } {
  try {
    const { message, timestamp } = JSON.parse(line) as { readonly message?: { readonly content?: unknown }; readonly timestamp?: unknown };
    const at = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
    const content = message?.content;
    if (!Array.isArray(content) || Number.isNaN(at)) return { at: 0, blocks: [] };
    return { at, blocks: (content as unknown[]).filter((block): block is Fields => typeof block === 'object' && block !== null) };
  } catch {
    return { at: 0, blocks: [] };
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return (content as Fields[]).map((block) => (typeof block === 'object' && typeof (block as Fields | null)?.['text'] === 'string' ? String(block['text']) : '')).join('\n');
}
