/** What the opening of the crawl says about a stretch of time, from facts of its prompts. */
import { dateOf, dayOf, startOfDay } from '../../shared/dates.ts';
import { count as number, fullDate, timeOfDay } from '../../shared/format.ts';

export interface CrawlFacts {
  readonly count: number;
  /** First and last prompt, milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Local days from the first to the last prompt, with both. */
  readonly days: number;
  /** 0 is Sunday, of the first prompt, local. */
  readonly weekday: number;
  /** Share of the prompts between midnight and 5 in the morning, 0 to 1. */
  readonly night: number;
  readonly projects: number;
  /** The project with most prompts; of equals, that of the first prompt. */
  readonly project: string;
  /** Its prompts. */
  readonly projectCount: number;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** @param times Rising, not empty; local time is that of `Date`. @param projectOf The project's name of each. */
export function crawlFacts(times: ArrayLike<number>, projectOf: (index: number) => string): CrawlFacts {
  const count = times.length;
  const from = times[0] ?? 0;
  const to = times[count - 1] ?? 0;
  const projects = new Map<string, number>();
  let night = 0;
  for (let i = 0; i < count; i++) {
    const name = projectOf(i);
    projects.set(name, (projects.get(name) ?? 0) + 1);
    if (dateOf(times[i] ?? 0).getHours() < 5) night++;
  }
  const [project, projectCount] = [...projects].reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0]);
  return { count, from, to, days: daysBetween(from, to) + 1, weekday: dateOf(from).getDay(), night: count > 0 ? night / count : 0, projects: projects.size, project, projectCount };
}

/** Midnights between two moments; days with a change of the clock are 23 or 25 hours long, hence the rounding. */
function daysBetween(from: number, to: number): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / 86_400_000);
}

/** The line before the crawl: "A productive Tuesday in your terminal…" */
export function titleLine({ count, days, weekday, night }: CrawlFacts): string {
  const mood = pace(count / days);
  if (days === 1) return `A ${mood} ${weekdays[weekday] ?? ''}${night > 0.5 ? ' night' : ''} in your terminal…`;
  if (days <= 3) return `A few ${mood} days in your terminal…`;
  if (days <= 10) return `A ${mood} week in your terminal…`;
  if (days <= 45) return `A ${mood} month in your terminal…`;
  if (days <= 400) return `Not so long ago, in a terminal not so far away…`;
  return `A long time ago, in this very terminal…`;
}

/** @param perDay Prompts a day. */
function pace(perDay: number): string {
  if (perDay < 5) return 'quiet';
  if (perDay < 15) return 'thoughtful';
  if (perDay < 60) return 'productive';
  return perDay < 200 ? 'busy' : 'relentless';
}

/** The project as the title of the episode. */
export const episodeTitle = ({ project }: CrawlFacts) => project || 'Somewhere on this disk';

/** One sentence or two under it. */
export function opening({ count, from, to, projects, project, projectCount, days }: CrawlFacts): string {
  if (count === 1) return 'One prompt. It had better be a good one.';
  const where = projects === 1 ? '' : ` in ${number(projects)} projects, ${number(projectCount)} of them for ${project || 'no project'}`;
  const when = days === 1 ? `The first came at ${timeOfDay(from)}, the last at ${timeOfDay(to)}.` : `The first came on ${fullDate(from)}, the last on ${fullDate(to)}.`;
  return `${number(count)} prompts${where}. ${when}`;
}

/**
 * The number of the episode: on how many days there were prompts for this project, up to a moment.
 * @param times All prompts of the project, rising.
 */
export function episodeNumber(times: Iterable<number>, until: number): number {
  let days = 0;
  let nextMidnight = -Infinity;
  for (const at of times) {
    if (at > until) break;
    if (at < nextMidnight) continue;
    days++;
    nextMidnight = dayOf(at).to;
  }
  return days;
}

const numerals: readonly (readonly [number, string])[] = [[1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']];

/** @param n From 1. */
export function roman(n: number): string {
  let rest = n;
  let result = '';
  for (const [value, letters] of numerals) {
    while (rest >= value) {
      result += letters;
      rest -= value;
    }
  }
  return result;
}
