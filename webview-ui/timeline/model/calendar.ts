/** A month as a grid of days, and how much happened on each. */
import { addDays, dateOf, day, startOfDay, type Span } from '../../shared/dates.ts';
import { lowerBound } from './viewport.ts';

export interface CalendarDay extends Span {
  readonly day: number;
  readonly inMonth: boolean;
  readonly count: number;
  /** 0 to 4: none, and quarters of the busiest day of the month. */
  readonly level: number;
}

/**
 * Six weeks around the month of `at`.
 * @param firstWeekday 0 is Sunday.
 * @param shown By row: 0 is not counted; without, all are.
 */
export function calendarMonth(at: number, times: Float64Array, firstWeekday: number, shown?: Uint8Array): CalendarDay[] {
  const first = dateOf(startOfDay(at));
  first.setDate(1);
  const month = first.getMonth();
  const start = addDays(first.getTime(), -((first.getDay() - firstWeekday + 7) % 7));
  const days: { from: number; to: number; day: number; inMonth: boolean; count: number }[] = [];
  for (let i = 0; i < 42; i++) {
    const from = addDays(start, i);
    const to = addDays(start, i + 1);
    const date = dateOf(from);
    days.push({ from, to, day: date.getDate(), inMonth: date.getMonth() === month, count: countBetween(times, from, to, shown) });
  }
  const busiest = Math.max(1, ...days.filter(({ inMonth }) => inMonth).map(({ count }) => count));
  return days.map((d) => ({ ...d, level: Math.min(4, Math.ceil((4 * d.count) / busiest)) }));
}

export function countBetween(times: Float64Array, from: number, to: number, shown?: Uint8Array): number {
  const low = lowerBound(times, from);
  const high = lowerBound(times, to);
  if (!shown) return high - low;
  let count = 0;
  for (let row = low; row < high; row++) if (shown[row] !== 0) count++;
  return count;
}

/** The first of the month `months` later. */
export function addMonths(at: number, months: number): number {
  const date = dateOf(startOfDay(at));
  date.setDate(1);
  date.setMonth(date.getMonth() + months);
  return date.getTime();
}

/** The nearest day before (-1) or after (1) that of `at` on which something happened. */
export function dayWithPrompts(at: number, direction: 1 | -1, times: Float64Array, shown: Uint8Array): Span | undefined {
  const today = { from: startOfDay(at), to: addDays(at, 1) };
  let row = direction > 0 ? lowerBound(times, today.to) : lowerBound(times, today.from) - 1;
  while (row >= 0 && row < times.length && shown[row] === 0) row += direction;
  const moment = times[row];
  return moment === undefined ? undefined : { from: startOfDay(moment), to: addDays(moment, 1) };
}

/** Whether a span is (nearly) one local day. */
export function isOneDay(span: Span): boolean {
  return Math.abs(span.to - span.from - day) <= 1.01 * 3_600_000 && startOfDay(span.from) === span.from;
}
