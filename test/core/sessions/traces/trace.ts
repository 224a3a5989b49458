// The recorded traces: what the real client wrote, showed and fired over time, with what was true of it. They are made
// by `test/harness/traces/record.ts` and hold only the fields that a reader of the client's files may use.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What was true, by the script and by the process: never by what the client says of itself. */
export interface Truth {
  readonly state: 'waiting' | 'error' | 'idle' | 'working' | 'ended';
  /** In the words of `Reason.kind`, where there is one thing to say. */
  readonly reason?: string;
  /** Shells and agents that run behind the conversation. */
  readonly background?: number;
}

/** Records are in the order of `at`: milliseconds since the epoch, moved so that every trace begins at the same moment. */
export type TraceRecord = { readonly at: number } & (
  | { readonly what: 'start'; readonly situation: string; readonly agent: string; readonly version: string }
  /** A client was started; `process` with `alive: false` is its end. */
  | { readonly what: 'process'; readonly pid: number; readonly alive: boolean }
  /** The content of the live registry file of this pid; undefined when it is gone. */
  | { readonly what: 'registry'; readonly pid: number; readonly file?: Readonly<Record<string, unknown>> }
  /** What a hook got on its standard input. */
  | { readonly what: 'hook'; readonly pid: number; readonly event: Readonly<Record<string, unknown>> }
  /** A line was appended to the transcript of `session`. */
  | { readonly what: 'transcript'; readonly session: string; readonly line: Readonly<Record<string, unknown>> }
  | { readonly what: 'title'; readonly pid: number; readonly title: string }
  /** The last lines of the screen, those without meaning for a rule as `·`. */
  | { readonly what: 'screen'; readonly pid: number; readonly lines: readonly string[] }
  /** From `at` on this is what the user finds; between `since` (its cause: a key, an answer of the model) and `at` the client was on its way there. */
  | { readonly what: 'truth'; readonly pid: number; readonly since: number; readonly truth: Truth }
  /** Until here it was watched. */
  | { readonly what: 'end' }
);

export type Trace = readonly TraceRecord[];

/** When every trace begins. */
export const traceStart = 1_760_000_000_000;
export const tracesFolder = import.meta.dirname;

export function readTraces(): ReadonlyMap<string, Trace> {
  const names = readdirSync(tracesFolder).filter((name) => name.endsWith('.jsonl')).sort();
  return new Map(names.map((name) => [name.replace('.jsonl', ''), readTrace(readFileSync(join(tracesFolder, name), 'utf8'))]));
}

function readTrace(text: string): Trace {
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as TraceRecord);
}
