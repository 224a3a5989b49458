import type { PromptRecord } from '../model.ts';
import type { UsageRow } from './usage.ts';

/** What one prompt did to the model's context, in tokens. */
export interface ContextGrowth {
  /** In the context when the prompt was given; 0 at the beginning of a conversation. */
  readonly before: number;
  /** When the last answer to it was complete. */
  readonly after: number;
  /** after - before; negative when the conversation was compacted meanwhile. */
  readonly growth: number;
  /** Growth in percent of `before`; undefined at the beginning. */
  readonly percent: number | undefined;
  /** All that the model wrote for it. */
  readonly output: number;
  /** How many answers it took, tool calls included. */
  readonly answers: number;
  /** Of the last answer. */
  readonly model: string;
}

/** Clocks of the two sources may differ by so much, milliseconds: a prompt's first answer is never faster. */
const SKEW_MS = 250;

/**
 * The growth of the context by prompt. An answer belongs to the last prompt of its conversation
 * before it, however long the model thought, and never to a later one; a prompt's context before is
 * that after the answer before it, whatever prompt that one was for.
 *
 * @param prompts Of any sessions; those of no known session get nothing.
 * @param rows Of any sessions, in any order; an answer may be told of several times.
 * @returns by the prompts' keys; prompts without an answer are not in it.
 */
export function contextGrowth(prompts: readonly Pick<PromptRecord, 'key' | 'at' | 'session'>[], rows: Iterable<UsageRow>): Map<string, ContextGrowth> {
  const answers = answersBySession(rows);
  const bySession = new Map<string, Pick<PromptRecord, 'key' | 'at'>[]>();
  for (const prompt of prompts) {
    if (!answers.has(prompt.session)) continue;
    const list = bySession.get(prompt.session);
    if (list === undefined) bySession.set(prompt.session, [prompt]);
    else list.push(prompt);
  }
  const growth = new Map<string, ContextGrowth>();
  for (const [session, own] of bySession) {
    const told = answers.get(session) ?? [];
    own.sort((a, b) => a.at - b.at);
    let next = 0;
    let before = 0;
    for (const [i, { key, at }] of own.entries()) {
      for (let row = told[next]; row !== undefined && row.at < at - SKEW_MS; row = told[++next]) before = contextAfter(row);
      const end = (own[i + 1]?.at ?? Infinity) - SKEW_MS;
      const first = next;
      while ((told[next]?.at ?? Infinity) < end) next++;
      const last = told[next - 1];
      if (last === undefined || next === first) continue;
      const after = contextAfter(last);
      const output = told.slice(first, next).reduce((sum, row) => sum + row.output, 0);
      growth.set(key, { before, after, growth: after - before, percent: before > 0 ? (100 * (after - before)) / before : undefined, output, answers: next - first, model: last.model });
      before = after;
    }
  }
  return growth;
}

/** What the model read for the answer, and the answer, which is in the context from then on. */
function contextAfter({ input, cacheRead, cacheCreation, output }: UsageRow): number {
  return input + cacheRead + cacheCreation + output;
}

/** Each answer once, as it was complete, at the time that it was first told of; in the order of time. */
function answersBySession(rows: Iterable<UsageRow>): Map<string, UsageRow[]> {
  const sessions = new Map<string, Map<string, UsageRow>>();
  let nameless = 0;
  for (const row of rows) {
    const own = sessions.get(row.session) ?? new Map<string, UsageRow>();
    sessions.set(row.session, own);
    const name = row.message === '' ? `#${nameless++}` : row.message;
    const known = own.get(name);
    if (known === undefined) own.set(name, row);
    else own.set(name, { ...(row.output >= known.output ? row : known), at: Math.min(row.at, known.at) });
  }
  return new Map(Array.from(sessions, ([session, own]) => [session, [...own.values()].sort((a, b) => a.at - b.at)]));
}
