/** What opencode's log says: which run works on which session, and what it asks the user for. The database has no word for the latter. */
import { listOf, timeOf } from './parsed.ts';

export interface OpencodeAsk {
  readonly at: number;
  /** `bash`, `edit`, …; undefined when it asks a question. */
  readonly permission: string | undefined;
  /** For what: commands, files. */
  readonly patterns: readonly string[];
}

/** One life of a process of opencode. */
export interface OpencodeRun {
  /** The sessions that it has worked on, of subagents too; the last one last. */
  readonly sessions: readonly string[];
  /** What it has asked for lately, answered or not. */
  readonly asks: readonly OpencodeAsk[];
}

const KEPT_ASKS = 20;
const KEPT_SESSIONS = 20;
const KEPT_RUNS = 200;

/** Reads the lines of one log in their order. */
export class OpencodeLogReader {
  readonly #runs = new Map<string, OpencodeRun>();

  /** By the name that it has in each of its lines, see `runOf`. */
  get runs(): ReadonlyMap<string, OpencodeRun> {
    return this.#runs;
  }

  /** A line that is damaged or unknown says nothing. */
  add(line: string): void {
    const fields = logFields(line);
    const [id, at] = [runOf(line), timeOf(fields.get('timestamp'))];
    if (id === undefined || at === undefined) return;
    const run = this.#runs.get(id) ?? { sessions: [], asks: [] };
    this.#runs.set(id, { ...run, ...news(run, fields, at) });
    if (this.#runs.size > KEPT_RUNS) for (const oldest of this.#runs.keys()) {
      this.#runs.delete(oldest);
      break;
    }
  }
}

/** Whose line it is; undefined when it is not a whole one. */
export function runOf(line: string): string | undefined {
  return /^timestamp=\S+ level=\w+ run=(\w+) /.exec(line)?.[1];
}

function news(run: OpencodeRun, fields: ReadonlyMap<string, string>, at: number): Partial<OpencodeRun> {
  const session = fields.get('session.id');
  const id = fields.get('id') ?? '';
  switch (fields.get('message')) {
    case 'loop':
      return session === undefined ? {} : { sessions: last(run.sessions, session) };
    case 'created':
      return id.startsWith('ses_') ? { sessions: last(run.sessions, id) } : {};
    case 'asking':
      return { asks: [...run.asks, { at, permission: id.startsWith('que_') ? undefined : (fields.get('permission') ?? 'it'), patterns: patternsOf(fields.get('patterns')) }].slice(-KEPT_ASKS) };
    case undefined:
    default:
      return {};
  }
}

function last(sessions: readonly string[], session: string): readonly string[] {
  return sessions.at(-1) === session ? sessions : [...sessions.filter((each) => each !== session), session].slice(-KEPT_SESSIONS);
}

function patternsOf(text: string | undefined): readonly string[] {
  return listOf(parsed(text ?? '')).filter((each) => typeof each === 'string');
}

/** `key=value key="a value"`; of a key that comes twice, the first. */
function logFields(line: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [, key = '', value = ''] of line.slice(0, 4000).matchAll(/(?:^|\s)([\w.]+)=("(?:[^"\\]|\\.)*"|[^\s"]\S*|)/g)) {
    const text = value.startsWith('"') ? parsed(value) : value;
    if (typeof text === 'string' && !fields.has(key)) fields.set(key, text);
  }
  return fields;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
