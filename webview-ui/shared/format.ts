/** Times and numbers in words, in the reader's language and local time. */
import { dateOf, day, dayOf, hour, minute, type Span } from './dates.ts';

const locale = (): string | undefined => (typeof document === 'undefined' ? undefined : document.documentElement.lang || undefined);

const formats = new Map<string, Intl.DateTimeFormat>();
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = make(options)));
  return found;
}

const format = (at: number, options: Intl.DateTimeFormatOptions): string => formatter(options).format(dateOf(at));

function make(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale(), options);
  } catch {
    return new Intl.DateTimeFormat(undefined, options);
  }
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

export const timeOfDay = (at: number): string => format(at, clock);
export const exactTime = (at: number): string => format(at, { ...clock, second: '2-digit' });
/** `Thu, 2 Oct 2025`. */
export const fullDate = (at: number): string => format(at, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
/** `2 Oct`. */
export const shortDate = (at: number): string => format(at, { day: 'numeric', month: 'short' });
export const monthAndYear = (at: number): string => format(at, { month: 'long', year: 'numeric' });
export const shortMonth = (at: number): string => format(at, { month: 'short' });
export const year = (at: number): string => format(at, { year: 'numeric' });
/** `Thu, 2 Oct 2025, 10:13`. */
export const moment = (at: number): string => `${fullDate(at)}, ${timeOfDay(at)}`;
/** With seconds, for tooltips. */
export const exactMoment = (at: number): string => `${fullDate(at)}, ${exactTime(at)}`;

/** `now`, `3 m`, `5 h`, `yesterday 14:23`, `Thu 10:13`, `2 Oct`, `2 Oct 2024`. */
export function age(at: number, now: number): string {
  const ago = now - at;
  if (ago < 0) return moment(at);
  if (ago < minute) return 'now';
  if (ago < hour) return `${Math.floor(ago / minute)} m`;
  const today = dayOf(now).from;
  if (at >= today) return `${Math.floor(ago / hour)} h`;
  if (at >= dayOf(today - 1).from) return `yesterday ${timeOfDay(at)}`;
  if (ago < 6 * day) return format(at, { weekday: 'short', ...clock });
  return dateOf(at).getFullYear() === dateOf(now).getFullYear() ? shortDate(at) : format(at, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** An end of the axis, as exact as the span needs: always with the year, so that it can be read alone. */
export function edgeLabel(at: number, span: Span): string {
  const length = span.to - span.from;
  if (length < 10 * minute) return `${fullDate(at)}, ${exactTime(at)}`;
  if (length < 4 * day) return moment(at);
  return fullDate(at);
}

/** The same for narrow pages: `2 Oct 2025 10:13`. */
export function shortEdgeLabel(at: number, span: Span): string {
  const date = format(at, { day: 'numeric', month: 'short', year: '2-digit' });
  const length = span.to - span.from;
  if (length < 10 * minute) return `${date} ${exactTime(at)}`;
  return length < 4 * day ? `${date} ${timeOfDay(at)}` : date;
}

/** `2 Oct 2025`, `1 – 7 Oct 2025`, or with times when it is shorter than a day. */
export function spanLabel(span: Span): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric', ...(span.to - span.from < day && clock) } as const;
  const last = Math.max(span.from, span.to - 1);
  return formatter(options).formatRange(dateOf(span.from), dateOf(last));
}

/** `17 s`, `5 min`, `3 h`, `2 days`, `3 months`. */
export function duration(length: number): string {
  const steps: readonly (readonly [number, string])[] = [[365.25 * day, 'year'], [30.44 * day, 'month'], [7 * day, 'week'], [day, 'day'], [hour, 'hour'], [minute, 'minute'], [1000, 'second']];
  for (const [size, name] of steps) {
    const n = Math.round(length / size);
    if (length >= size * 0.95) return plural(n, name);
  }
  return 'less than a second';
}

/** `1 prompt`, `1,250 prompts`. @param many Where it is not the word with an `s`. */
export function plural(n: number, word: string, many = `${word}s`): string {
  return `${count(n)} ${n === 1 ? word : many}`;
}

export const count = (n: number): string => n.toLocaleString(locale());

/** At most four letters: `7`, `999`, `1.2k`, `17k`, `1.2M`. */
export function shortCount(n: number): string {
  if (n < 1000) return String(n);
  const [value, unit] = n < 999_500 ? [n / 1000, 'k'] : [n / 1_000_000, 'M'];
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value))}${unit}`;
}
