/** The user's days: which one a moment is in, and when each begins. */
export interface Days {
  /** Days from 1970-01-01 to the user's day that the moment is in. */
  dayOf(at: number): number;
  /** The moment at which a day begins, in milliseconds since the epoch. */
  startOf(day: number): number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** At four in the morning nearly everybody has gone to bed and nearly nobody is up yet. */
export const defaultDayStart = 4;

/**
 * @param offsetMinutes Minutes east of UTC at a moment, in the user's time zone.
 * @param startHour The hour by the user's clock at which a day begins: who learns after midnight still learns today.
 */
export function createDays(offsetMinutes: (at: number) => number, startHour = defaultDayStart): Days {
  const dayOf = (at: number) => Math.floor((at + offsetMinutes(at) * minuteMs - startHour * hourMs) / dayMs);
  const startOf = (day: number) => {
    const wallTime = day * dayMs + startHour * hourMs;
    // The offset at the wall time taken as UTC is that of the day before or after at worst; a second look corrects it.
    const guess = wallTime - offsetMinutes(wallTime) * minuteMs;
    const start = wallTime - offsetMinutes(guess) * minuteMs;
    // Where the clock jumps over the hour, the day begins with the jump, which the other guess finds.
    return dayOf(start) < day ? Math.max(guess, start) : start;
  };
  return { dayOf, startOf };
}

/** A day as `2025-01-26`. */
export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Every time zone's offset is a multiple of a quarter of an hour, so all of a quarter is in one day. */
export const quarterMs = 15 * 60_000;

/** The same as `dayOf`, quick for many moments. */
export function rememberedDays(dayOf: (at: number) => number): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / quarterMs);
    const day = known.get(quarter) ?? dayOf(quarter * quarterMs);
    known.set(quarter, day);
    return day;
  };
}
