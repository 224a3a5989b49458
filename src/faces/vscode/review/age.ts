import type { OrgTimestamp } from '../../../core/review/index.ts';

const minute = 60_000;
const hour = 60 * minute;
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A wall-clock time of the log as a date. */
export function toDate(time: OrgTimestamp): Date {
  return new Date(time.year, time.month - 1, time.day, time.hour ?? 0, time.minute ?? 0);
}

/** How old something is, for a list: `now`, `3 m`, `5 h`, `yesterday 14:23`, `Mon 14:23`, `12 Nov`, `12 Nov 2025`. */
export function formatAge(time: OrgTimestamp, now: Date): string {
  const then = toDate(time);
  const age = now.getTime() - then.getTime();
  const ago = calendarDaysBetween(then, now);
  const clock = time.hour === undefined ? '' : ` ${two(then.getHours())}:${two(then.getMinutes())}`;
  if (clock !== '') {
    if (age < minute) return 'now';
    if (age < hour) return `${Math.floor(age / minute)} m`;
    if (ago === 0) return `${Math.floor(age / hour)} h`;
  }
  if (ago <= 0) return 'today';
  if (ago === 1) return `yesterday${clock}`;
  if (ago < 7) return `${days[then.getDay()] ?? ''}${clock}`;
  const date = `${then.getDate()} ${months[then.getMonth()] ?? ''}`;
  return then.getFullYear() === now.getFullYear() ? date : `${date} ${then.getFullYear()}`;
}

/** The exact time, for a tooltip: `2026-11-23 14:05`. */
export function formatExactly(time: OrgTimestamp): string {
  const date = `${time.year}-${two(time.month)}-${two(time.day)}`;
  return time.hour === undefined ? date : `${date} ${two(time.hour)}:${two(time.minute ?? 0)}`;
}

/** How many midnights lie between. A day with 23 or 25 hours counts as one. */
export function calendarDaysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / (24 * hour));
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
