/** The stretch of time on the screen, and how it moves. */
import { addDays, dayOf, second, type Span } from '../../shared/dates.ts';

export const shortest = 2 * second;

/** Keeps the moment at `fraction` of the width where it is. `factor` below 1 shows less time. */
export function zoomAt(span: Span, fraction: number, factor: number, limits: Span): Span {
  const length = span.to - span.from;
  const longest = longestSpan(limits);
  const wanted = Math.max(shortest, Math.min(longest, length * factor));
  const still = span.from + length * fraction;
  return keepInside({ from: still - wanted * fraction, to: still + wanted * (1 - fraction) }, limits);
}

/** Moves by a share of the visible length. */
export function panBy(span: Span, share: number, limits: Span): Span {
  const step = (span.to - span.from) * share;
  return keepInside({ from: span.from + step, to: span.to + step }, limits);
}

/** The same length, with `at` in the middle. */
export function centreOn(span: Span, at: number, limits: Span): Span {
  const half = (span.to - span.from) / 2;
  return keepInside({ from: at - half, to: at + half }, limits);
}

/** Shifts just so far that `at` is visible, with a margin. */
export function reveal(span: Span, at: number, limits: Span, margin = 0.08): Span {
  const edge = (span.to - span.from) * margin;
  if (at < span.from + edge) return keepInside({ from: at - edge, to: at - edge + (span.to - span.from) }, limits);
  if (at > span.to - edge) return keepInside({ from: at + edge - (span.to - span.from), to: at + edge }, limits);
  return span;
}

const longestSpan = (limits: Span) => Math.max((limits.to - limits.from) * 1.25, 60 * second);

/** The middle stays within the limits, so that nobody gets lost in empty time. */
function keepInside(span: Span, limits: Span): Span {
  const middle = (span.from + span.to) / 2;
  const shift = middle < limits.from ? limits.from - middle : middle > limits.to ? limits.to - middle : 0;
  return shift === 0 ? span : { from: span.from + shift, to: span.to + shift };
}

/** All these moments with a margin, an hour at least; where there is none of them, the stretch as it is. */
export function around(moments: readonly number[], span: Span): Span {
  let [first, last] = [Infinity, -Infinity];
  for (const at of moments) {
    if (at < first) first = at;
    if (at > last) last = at;
  }
  if (first > last) return span;
  const margin = Math.max(30 * 60 * second, (last - first) * 0.06);
  return { from: first - margin, to: last + margin };
}

/** From the first to the last moment, in whole days; today when there is nothing. */
export function historyLimits(at: Float64Array, now: number): Span {
  const first = at[0];
  const last = at[at.length - 1];
  if (first === undefined || last === undefined) return dayOf(now);
  return { from: dayOf(first).from, to: Math.max(dayOf(last).to, dayOf(first).to) };
}

/** The local day of the last prompt. One from the future is not the last one, unless there are no others. */
export function firstView(at: Float64Array, now: number): Span {
  let last = at.length - 1;
  while (last > 0 && (at[last] ?? 0) > addDays(now, 1)) last--;
  const moment = at[last];
  if (moment === undefined) return dayOf(now);
  return dayOf(moment > addDays(now, 1) ? (at[at.length - 1] ?? moment) : moment);
}

/** First index whose value is not below `value`; `values` rise. */
export function lowerBound(values: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
