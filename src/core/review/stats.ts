import type { OrgTimestamp } from './log/index.ts';
import { severities, type ReviewItem } from './model.ts';
import type { Transition } from './store.ts';

export interface ReviewStats {
  readonly total: number;
  readonly byState: Readonly<Record<'todo' | 'done' | 'wontfix', number>>;
  /** Of the open ones. */
  readonly open: {
    readonly bySeverity: Readonly<Record<string, number>>;
    /** Most first, then by name. */
    readonly byTag: readonly Count[];
    readonly byFile: readonly Count[];
    readonly byAge: Readonly<Record<'today' | 'thisWeek' | 'thisMonth' | 'older', number>>;
    readonly byStatus: Readonly<Record<string, number>>;
  };
  /** Share of the done comments that have evidence, 0 to 1; null when none is done. */
  readonly verifiedShare: number | null;
  /** Comments that were closed and opened again. */
  readonly reopened: number;
  /** From being logged to being done for good, milliseconds; null when none was done under Wheelhouse's eyes. */
  readonly timeToDone: { readonly median: number; readonly longest: number; readonly count: number } | null;
}

export interface Count {
  readonly name: string;
  readonly count: number;
}

const day = 24 * 60 * 60 * 1000;

/** The figures as a pure function of what is known. `now` in milliseconds since the epoch. */
export function summarise(items: readonly ReviewItem[], transitions: readonly Transition[], now: number, offsetMinutes: (at: number) => number): ReviewStats {
  const open = items.filter((item) => item.state === 'todo');
  const done = items.filter((item) => item.state === 'done');
  const durations = timesToDone(new Set(done.map((item) => item.id)), transitions);
  return {
    total: items.length,
    byState: { todo: open.length, done: done.length, wontfix: items.length - open.length - done.length },
    open: {
      bySeverity: Object.fromEntries(severities.map((severity) => [severity, open.filter((item) => item.severity === severity).length])),
      byTag: counts(open.flatMap((item) => item.tags)),
      byFile: counts(open.map((item) => item.file)),
      byAge: ages(open, now, offsetMinutes),
      byStatus: Object.fromEntries(counts(open.map((item) => item.status)).map(({ name, count }) => [name, count])),
    },
    verifiedShare: done.length === 0 ? null : done.filter((item) => item.verified).length / done.length,
    reopened: new Set(transitions.filter(({ from, to }) => to === 'todo' && from !== null).map(({ item }) => item)).size,
    timeToDone: durations.length === 0 ? null : { median: median(durations), longest: Math.max(...durations), count: durations.length },
  };
}

function counts(names: readonly string[]): Count[] {
  const byName = new Map<string, number>();
  for (const name of names) byName.set(name, (byName.get(name) ?? 0) + 1);
  return [...byName].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

function ages(open: readonly ReviewItem[], now: number, offsetMinutes: (at: number) => number): Record<'today' | 'thisWeek' | 'thisMonth' | 'older', number> {
  const result = { today: 0, thisWeek: 0, thisMonth: 0, older: 0 };
  for (const item of open) {
    const age = item.created ? now - toEpoch(item.created, offsetMinutes) : Infinity;
    result[age < day ? 'today' : age < 7 * day ? 'thisWeek' : age < 30 * day ? 'thisMonth' : 'older']++;
  }
  return result;
}

/** Only comments whose logging was seen count: an entry found in the log has no known beginning. */
function timesToDone(done: ReadonlySet<string>, transitions: readonly Transition[]): number[] {
  const logged = new Map<string, number>();
  const finished = new Map<string, number>();
  for (const { item, from, to, at, by } of transitions) {
    if (from === null && to === 'todo' && by !== 'elsewhere') logged.set(item, at);
    if (to === 'done') finished.set(item, at);
  }
  return [...finished].flatMap(([item, at]) => {
    const start = logged.get(item);
    return start !== undefined && done.has(item) ? [Math.max(0, at - start)] : [];
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/** A wall-clock time of the log in milliseconds since the epoch. */
export function toEpoch(time: OrgTimestamp, offsetMinutes: (at: number) => number): number {
  const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour ?? 0, time.minute ?? 0);
  return wall - offsetMinutes(wall - offsetMinutes(wall) * 60_000) * 60_000;
}
