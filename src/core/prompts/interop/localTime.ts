import type { Clock } from '../../ports/clock.ts';

/** `YYYY-MM-DD HH:MM:SS` in the user's time zone; what no calendar can show becomes its nearest end. */
export function localDateTime(at: number, clock: Pick<Clock, 'offsetMinutes'>): string {
  const moment = Math.min(Math.max(Number.isFinite(at) ? at : 0, FIRST), LAST);
  return new Date(moment + clock.offsetMinutes(moment) * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** What Python's calendar has, too, with a day to spare for the zone. */
const FIRST = Date.parse('0001-01-02T00:00:00Z');
const LAST = Date.parse('9999-12-30T00:00:00Z');
