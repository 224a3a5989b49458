import type { Clock } from '../ports/clock.ts';
import { projectsOf } from './labels.ts';
import type { Marks } from './marks.ts';
import type { PromptStats, Tally } from './model.ts';
import type { PromptTable } from './table.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK = 7 * DAY;
/** 1970-01-05 was a Monday, the 4th a Sunday. */
const FIRST_MONDAY = 4 * DAY;
/** Prompts with a time of long ago, or of the far future, are in no week: the list has no gaps and is to stay short. */
const MOST_WEEKS = 1044;
/** Offsets from UTC change on quarters of an hour only. */
const QUARTER = 15 * MINUTE;
const lengthBounds = [0, 20, 50, 100, 200, 400, 800, 1600, 3200, 6400];

class Sum implements Tally {
  count = 0;
  rated = 0;
  #stars = 0;

  get mean(): number {
    return this.rated === 0 ? 0 : this.#stars / this.rated;
  }

  add(stars: number): void {
    this.count += 1;
    if (stars === 0) return;
    this.rated += 1;
    this.#stars += stars;
  }

  tally(): Tally {
    return { count: this.count, rated: this.rated, mean: this.mean };
  }
}

/** Figures over the rows given. */
export function statsOf(table: PromptTable, marks: Marks, rows: Iterable<number>, clock: Clock): PromptStats {
  const localOf = localTime(clock);
  const all = new Sum();
  const distribution = [0, 0, 0, 0, 0];
  const sums = (count: number) => Array.from({ length: count }, () => new Sum());
  const [hours, weekdays, lengths] = [sums(24), sums(7), sums(lengthBounds.length)];
  const projects = new Map<number, Sum>();
  const weeks = new Map<number, Sum>();
  for (const row of rows) {
    const stars = marks.rating[row] ?? 0;
    const local = localOf(table.at[row] ?? 0);
    all.add(stars);
    if (stars > 0) distribution[stars - 1] = (distribution[stars - 1] ?? 0) + 1;
    hours[Math.floor(mod(local, DAY) / (60 * MINUTE))]?.add(stars);
    weekdays[mod(Math.floor(local / DAY) + 4, 7)]?.add(stars);
    const length = table.length[row] ?? 0;
    lengths[lengthBounds.findLastIndex((bound) => length >= bound)]?.add(stars);
    sumOf(projects, table.project[row] ?? 0).add(stars);
    sumOf(weeks, Math.floor((local - FIRST_MONDAY) / WEEK)).add(stars);
  }
  const named = projectsOf(table.projects.list);
  return {
    total: all.count,
    rated: all.rated,
    mean: all.mean,
    distribution,
    projects: [...projects]
      .map(([number, sum]) => ({ ...(named[number] ?? { path: '', label: '' }), ...sum.tally() }))
      .sort((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1)),
    hours: hours.map((sum) => sum.tally()),
    weekdays: weekdays.map((sum) => sum.tally()),
    lengths: lengths.map((sum, n) => ({ from: lengthBounds[n] ?? 0, to: lengthBounds[n + 1] ?? null, ...sum.tally() })),
    weeks: weeksOf(weeks, clock),
  };
}

function weeksOf(sums: ReadonlyMap<number, Sum>, clock: Clock): PromptStats['weeks'] {
  const now = Math.floor((clock.now() + clock.offsetMinutes(clock.now()) * MINUTE - FIRST_MONDAY) / WEEK);
  const shown = [...sums.keys()].filter((week) => week > now - MOST_WEEKS && week <= now + 1);
  if (shown.length === 0) return [];
  const first = shown.reduce((a, b) => Math.min(a, b));
  const last = shown.reduce((a, b) => Math.max(a, b));
  return Array.from({ length: last - first + 1 }, (_, n) => {
    const local = FIRST_MONDAY + (first + n) * WEEK;
    // Of that midnight only the local time is known: the offset is asked for a second time where the first leads to.
    const start = local - clock.offsetMinutes(local - clock.offsetMinutes(local) * MINUTE) * MINUTE;
    return { start, ...(sums.get(first + n) ?? new Sum()).tally() };
  });
}

function sumOf(sums: Map<number, Sum>, key: number): Sum {
  let sum = sums.get(key);
  if (sum === undefined) sums.set(key, (sum = new Sum()));
  return sum;
}

/** Milliseconds as if the user's zone were UTC; the calendar is asked once for each quarter of an hour. */
function localTime(clock: Clock): (at: number) => number {
  const offsets = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    let offset = offsets.get(quarter);
    if (offset === undefined) offsets.set(quarter, (offset = clock.offsetMinutes(quarter * QUARTER) * MINUTE));
    return at + offset;
  };
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
