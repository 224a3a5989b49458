import type { OrgTimestamp } from './types.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

// The day name depends on the writer's locale and may be missing or wrong: it is never looked at.
const pattern = /[[<](\d{4})-(\d{2})-(\d{2})(?:[ \t]+[^\]>\d\n+-]+)?(?:[ \t]*(\d{1,2}):(\d{2}))?[^\]>\n]*[\]>]/;

/** The first timestamp in `text`, active or inactive; undefined when there is none or it names no possible time. */
export function parseTimestamp(text: string): OrgTimestamp | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const date = { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) };
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > daysIn(date.year, date.month)) return undefined;
  if (found[4] === undefined) return date;
  const hour = Number(found[4]);
  const minute = Number(found[5]);
  return hour > 23 || minute > 59 ? undefined : { ...date, hour, minute };
}

/** Inactive, with the English day name: `[2025-09-30 Tue 14:23]`. */
export function formatTimestamp(at: OrgTimestamp): string {
  const date = `${pad(at.year, 4)}-${pad(at.month, 2)}-${pad(at.day, 2)}`;
  const weekday = weekdays[weekdayOf(at)] ?? '';
  const time = at.hour === undefined ? '' : ` ${pad(at.hour, 2)}:${pad(at.minute ?? 0, 2)}`;
  return `[${date} ${weekday}${time}]`;
}

function weekdayOf(at: OrgTimestamp): number {
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(at.year, at.month - 1, at.day);
  return date.getUTCDay();
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
