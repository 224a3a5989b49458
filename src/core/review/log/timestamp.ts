import type { OrgTimestamp } from './types.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

// The day name depends on the writer's locale and may be missing or wrong: it is never looked at.
const pattern = /[[<](\d{4})-(\d{2})-(\d{2})(?:[ \t]+[^\]>\d\n+-]+)?(?:[ \t]*(\d{1,2}):(\d{2}))?[^\]>\n]*[\]>]/;

/** The first timestamp in `text`, active or inactive; undefined when there is none or it names no possible time. */
export function parseTimestamp(text: string): OrgTimestamp | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour, minute] = found.slice(1).map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour === undefined || minute === undefined) return { year, month, day };
  return hour > 23 || minute > 59 ? undefined : { year, month, day, hour, minute };
}

/** Inactive, with the English day name: `[2025-09-30 Tue 14:23]`. */
export function formatTimestamp(at: OrgTimestamp): string {
  const date = `${pad(at.year, 4)}-${pad(at.month, 2)}-${pad(at.day, 2)}`;
  const weekday = weekdays[dayNumber(at).getUTCDay()] ?? '';
  const time = at.hour === undefined ? '' : ` ${pad(at.hour, 2)}:${pad(at.minute ?? 0, 2)}`;
  return `[${date} ${weekday}${time}]`;
}

function dayNumber(at: OrgTimestamp): Date {
  // Not Date.UTC alone, which takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(at.year, at.month - 1, at.day);
  return date;
}

function daysIn(year: number, month: number): number {
  return dayNumber({ year, month: month + 1, day: 0 }).getUTCDate();
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
