/** What one source takes a session to be doing, from all that it said. */
import type { Evidence, EvidenceSource } from './model.ts';

/** A permission that was asked for and not yet granted is believed after this: a rule grants it sooner. */
export const PROVISIONAL_MS = 1000;
/** More than this in the future, and it was said before the clock was set back. */
const CLOCK_TOLERANCE_MS = 2000;

export interface Opinion {
  readonly source: EvidenceSource;
  /** What it comes down to. */
  readonly state: 'waiting' | 'error' | 'idle' | 'working' | 'ended';
  /** The evidence that says so. */
  readonly by: Evidence;
  /** The last thing it said of the conversation as a whole, and before that. */
  readonly turn: Evidence | undefined;
  readonly before: Evidence | undefined;
  /** Tool calls that were begun and are not known to be over, oldest first. */
  readonly open: readonly Evidence[];
  /** When a provisional wait that is part of it will be believed. */
  readonly settlesAt: number | undefined;
}

/** When it was, for comparing sources. What lies in the future is from before the clock was set back: long ago. */
export function when(evidence: Evidence, now: number): number {
  return evidence.at > now + CLOCK_TOLERANCE_MS ? 0 : evidence.at;
}

/** Whether something that began at `at` is younger than `ms`. After a clock step nothing is: it is shown at once. */
export function isYounger(at: number, now: number, ms: number): boolean {
  return now - at >= 0 && now - at < ms;
}

/** The source's own order; what is equal in it is put into some order, always the same. */
export function inOrder(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...evidence].sort((a, b) => a.seq - b.seq || a.at - b.at || compare(JSON.stringify(a), JSON.stringify(b)));
}

/** @param evidence Of one source, in its order. */
export function opinionOf(source: EvidenceSource, evidence: readonly Evidence[], now: number): Opinion | undefined {
  let turn: Evidence | undefined;
  let before: Evidence | undefined;
  const open = new Map<string, Evidence>();
  let lastCall: Evidence | undefined;
  for (const each of evidence) {
    if (each.state === 'noted' || each.state === 'looked') continue;
    if (each.call === undefined) {
      before = turn;
      turn = each;
      open.clear();
      lastCall = undefined;
      continue;
    }
    lastCall = each;
    // A call that goes on without a reason is over: its result has come.
    if (each.state === 'working' && each.reason === undefined) open.delete(each.call);
    else open.set(each.call, each);
  }
  const calls = [...open.values()];
  const asked = calls.filter((call) => call.state === 'waiting');
  const believed = asked.find((call) => call.provisional !== true || !isYounger(call.at, now, PROVISIONAL_MS));
  const settling = asked.filter((call) => call !== believed && call.provisional === true && isYounger(call.at, now, PROVISIONAL_MS)).map((call) => call.at + PROVISIONAL_MS);
  const shared = { source, turn, before, open: calls, settlesAt: settling.length === 0 ? undefined : Math.min(...settling) };
  if (believed !== undefined) return { ...shared, state: 'waiting', by: believed };
  const call = calls.at(-1);
  if (call !== undefined) return { ...shared, state: 'working', by: call };
  // What was called is over: the turn is where it was.
  const by = turn ?? lastCall;
  return by && { ...shared, state: by.state as Opinion['state'], by };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
