/** What the figures say, as words and as places in a picture. */
import type { Foretold, LearnStats, Share } from '../../src/protocol/learnStats.ts';
import { spent } from '../shared/time.ts';

export const percent = (share: Share) => (share === null ? '–' : `${Math.round(share * 100)} %`);
export const counted = (count: number, one: string) => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

export const algorithmNames = { fsrs: 'FSRS', sm2: 'SM-2', leitner: 'Leitner boxes', fixed: 'Fixed intervals', constant: 'Always your average' } as const;

const dayMs = 86_400_000;
const utc = (date: string) => Date.parse(`${date}T00:00:00Z`);
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** A date for people: `Sat 14 March`. */
export function dayName(date: string): string {
  return new Date(utc(date)).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' });
}

export interface CalendarDay {
  readonly date: string;
  readonly week: number;
  /** 0 Monday … 6 Sunday. */
  readonly weekday: number;
  readonly reviews: number;
  readonly tookMs: number;
  /** 0 none … 4 as many as on the busiest days. */
  readonly level: number;
}

export interface Calendar {
  readonly days: readonly CalendarDay[];
  readonly weeks: number;
  /** The first week of each month that begins in the picture. */
  readonly months: readonly { readonly week: number; readonly name: string }[];
}

/** The weeks up to today, each from Monday to Sunday. */
export function calendarOf({ today, days }: Pick<LearnStats, 'today' | 'days'>, weeks = 53): Calendar {
  const weekdayOf = (at: number) => (new Date(at).getUTCDay() + 6) % 7;
  const last = utc(today);
  const first = last - weekdayOf(last) * dayMs - (weeks - 1) * 7 * dayMs;
  const known = new Map(days.map((day) => [day.date, day]));
  // The upper quarter of busy days decides what is much, so that one day of cramming does not make the others pale.
  const sorted = days.map(({ reviews }) => reviews).sort((a, b) => a - b);
  const much = Math.max(1, sorted[Math.floor(sorted.length * 0.75)] ?? 1);
  const all: CalendarDay[] = [];
  const months: { week: number; name: string }[] = [];
  for (let at = first; at <= last; at += dayMs) {
    const date = dateOf(at);
    const { reviews = 0, tookMs = 0 } = known.get(date) ?? {};
    const week = Math.floor((at - first) / (7 * dayMs));
    all.push({ date, week, weekday: weekdayOf(at), reviews, tookMs, level: reviews === 0 ? 0 : Math.min(4, Math.max(1, Math.ceil((4 * reviews) / much))) });
    if (date.endsWith('-01')) months.push({ week, name: new Date(at).toLocaleDateString('en-GB', { month: 'short', timeZone: 'UTC' }) });
  }
  return { days: all, weeks, months };
}

/** `1-3 days`, `over a year`. */
export function intervalName(from: number, to: number | null): string {
  if (to === null) return from >= 365 ? 'More than a year' : `${from} days and more`;
  return from === to ? counted(from, 'day') : `${from}-${to} days`;
}

export interface Headline {
  readonly value: string;
  readonly label: string;
}

export function headlines(stats: LearnStats): readonly Headline[] {
  const today = stats.days.find(({ date }) => date === stats.today);
  return [
    { value: today ? counted(today.reviews, 'answer') : 'Nothing yet', label: today ? `today, in ${spent(today.tookMs)}` : 'today' },
    { value: counted(stats.streak, 'day'), label: 'in a row' },
    { value: percent(stats.retention), label: 'remembered when asked again' },
    { value: spent(stats.tookMs), label: `for ${counted(stats.reviews, 'answer')} in all` },
  ];
}

/** One sentence on what the predictions mean; undefined when there is nothing to say yet. */
export function verdict({ predictions }: Foretold): string | undefined {
  const constant = predictions.find(({ by }) => by === 'constant');
  const [best] = predictions.filter(({ by }) => by !== 'constant');
  if (!constant || !best) return undefined;
  if (constant.reviews < 50) return `${counted(constant.reviews, 'answer')} to known cards so far. From about 50 on, the comparison means something.`;
  const name = algorithmNames[best.by];
  return best.logLoss < constant.logLoss
    ? `${name} foretells your answers best, and better than always saying your average.`
    : `None of them foretells your answers better than always saying your average yet. ${name} comes nearest.`;
}

/** The scheduler that more of the cards should use; undefined when it is in use, or too little is known. */
export function betterAlgorithm({ predictions }: Foretold): string | undefined {
  const [best, ...others] = predictions.filter(({ by }) => by !== 'constant');
  if (!best || best.reviews < 50) return undefined;
  return others.some(({ cards, logLoss }) => cards > 0 && logLoss > best.logLoss * 1.02) ? algorithmNames[best.by] : undefined;
}
