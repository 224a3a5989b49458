/** Local days and moments. A day is from one local midnight to the next: 23, 24 or 25 hours. */

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A stretch of time in milliseconds, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a `Date` can hold. */
const furthest = 8.64e15;

/** A date for any number: what lies outside of what a `Date` can hold becomes its end. */
export function dateOf(at: number): Date {
  return new Date(Number.isFinite(at) ? Math.max(-furthest, Math.min(furthest, at)) : 0);
}

export function startOfDay(at: number): number {
  const date = dateOf(at);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

/** The local midnight `days` days after that of `at`; negative goes back. */
export function addDays(at: number, days: number): number {
  const date = dateOf(startOfDay(at));
  date.setDate(date.getDate() + days);
  // Where midnight does not exist (a change of time at midnight), the day begins later.
  return date.getTime();
}

export const dayOf = (at: number): Span => ({ from: startOfDay(at), to: addDays(at, 1) });

/** Local midnights within a span, rising; none when there would be more than `most`. */
export function midnights(span: Span, most = 400): number[] {
  if ((span.to - span.from) / day > most) return [];
  const found: number[] = [];
  let at = startOfDay(span.from);
  if (at < span.from) at = addDays(at, 1);
  for (; at < span.to; at = addDays(at, 1)) found.push(at);
  return found;
}

/** `2025-10-02`, local; what an `<input type="date">` holds. */
export function isoDay(at: number): string {
  const date = dateOf(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The local midnight of `2025-10-02`; undefined when it is none. */
export function parseIsoDay(text: string): number | undefined {
  const match = /^(\d{4,6})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return undefined;
  const date = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return Number.isNaN(date.getTime()) || date.getDate() !== Number(match[3]) ? undefined : date.getTime();
}
