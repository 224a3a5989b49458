/** The two axes that prompts can lie on: time itself, and the time of day. */
import { scaleTime, scaleUtc } from 'd3-scale';
import type { Timeline } from '../../../src/protocol/timeline.ts';
import { dateOf, day, midnights, type Span } from '../../shared/dates.ts';
import { foldDays, wholeDay } from '../model/dayFold.ts';
import { edgeLabel, exactTime, shortDate, shortEdgeLabel, shortMonth, timeOfDay, year } from '../../shared/format.ts';

export interface Tick {
  readonly at: number;
  readonly label: string;
  /** The beginning of a day, or more: set apart. */
  readonly strong: boolean;
}

export interface Axis {
  /** Places of the prompts, rising, and the rows they belong to (undefined: in the order of the rows). */
  places(timeline: Timeline): { readonly x: Float64Array; readonly rows: Uint32Array | undefined };
  /** The place of one row. */
  placeOf(timeline: Timeline, row: number): number;
  /** About `most` ticks. */
  ticks(span: Span, most: number): Tick[];
  /** What is written at both ends, long and short. */
  edges(span: Span): { readonly long: readonly [string, string]; readonly short: readonly [string, string] };
  midnights(span: Span): number[];
  now(now: number): number | undefined;
}

export const timeAxis: Axis = {
  places: ({ prompts }) => ({ x: prompts.at, rows: undefined }),
  placeOf: ({ prompts }, row) => prompts.at[row] ?? 0,
  ticks(span, most) {
    const ticks = scaleTime([dateOf(span.from), dateOf(span.to)], [0, 1]).ticks(most).map((date) => ({ at: date.getTime(), ...tickLabel(date) }));
    const usual = Math.min(...ticks.map(({ rank }) => rank));
    return ticks.map(({ at, label, rank }) => ({ at, label, strong: rank > usual }));
  },
  edges: (span) => ({ long: [edgeLabel(span.from, span), edgeLabel(span.to, span)], short: [shortEdgeLabel(span.from, span), shortEdgeLabel(span.to, span)] }),
  midnights: (span) => (span.to - span.from > 45 * day ? [] : midnights(span)),
  now: (now) => now,
};

/** As short as it can be: the coarsest part that changed, and how coarse that is. */
function tickLabel(date: Date): { readonly label: string; readonly rank: number } {
  const at = date.getTime();
  if (date.getMilliseconds() !== 0) return { label: `${exactTime(at)}.${Math.round(date.getMilliseconds() / 100)}`, rank: 0 };
  if (date.getSeconds() !== 0) return { label: exactTime(at), rank: 0 };
  if (date.getMinutes() !== 0 || date.getHours() !== 0) return { label: timeOfDay(at), rank: 0 };
  if (date.getDate() !== 1) return { label: shortDate(at), rank: 1 };
  return date.getMonth() === 0 ? { label: year(at), rank: 3 } : { label: shortMonth(at), rank: 2 };
}

/** One fold for each timeline. */
const folds = new WeakMap<Timeline, ReturnType<typeof foldDays> & { readonly timeOf: Float64Array }>();
function folded(timeline: Timeline) {
  let fold = folds.get(timeline);
  if (!fold) {
    const { x, rows } = foldDays(timeline.prompts.at, (at) => dateOf(at).getTimezoneOffset());
    const timeOf = new Float64Array(x.length);
    rows.forEach((row, i) => (timeOf[row] = x[i] ?? 0));
    folds.set(timeline, (fold = { x, rows, timeOf }));
  }
  return fold;
}

/** `10:13`, from milliseconds after midnight. */
export function clock(time: number, seconds = false): string {
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const text = `${two(time / 3_600_000)}:${two((time / 60_000) % 60)}`;
  return seconds ? `${text}:${two((time / 1000) % 60)}` : text;
}

export const dayLimits: Span = { from: 0, to: wholeDay };

export const dayAxis: Axis = {
  places: (timeline) => folded(timeline),
  placeOf: (timeline, row) => folded(timeline).timeOf[row] ?? 0,
  ticks(span, most) {
    const dates = scaleUtc([new Date(span.from), new Date(span.to)], [0, 1]).ticks(most);
    return dates.map((date) => date.getTime()).filter((at) => at >= 0 && at <= wholeDay).map((at) => ({ at, label: clock(at, at % 60_000 !== 0), strong: at % (wholeDay / 2) === 0 }));
  },
  edges(span) {
    const exact = span.to - span.from < 600_000;
    const ends: [string, string] = [clock(Math.max(0, span.from), exact), clock(Math.min(wholeDay, span.to), exact)];
    return { long: ends, short: ends };
  },
  midnights: () => [],
  now: () => undefined,
};

/** Of labels in a row, those that fit: a strong one drives weak neighbours away. Places are of their middles. */
export function fitting<T extends { readonly x: number; readonly width: number; readonly strong: boolean }>(labels: readonly T[], space: number, gap = 12): T[] {
  const kept: T[] = [];
  const clear = (a: T, b: T) => Math.abs(a.x - b.x) >= (a.width + b.width) / 2 + gap;
  for (const wanted of [true, false]) {
    for (const label of labels) {
      if (label.strong !== wanted || label.x - label.width / 2 < 0 || label.x + label.width / 2 > space) continue;
      if (kept.every((other) => clear(label, other))) kept.push(label);
    }
  }
  return kept.sort((a, b) => a.x - b.x);
}

