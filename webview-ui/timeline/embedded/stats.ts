/** Figures over prompts, for a page that has nobody to ask. */
import type { TimelineStats } from '../../../src/protocol/timeline.ts';
import type { TimelineFile } from '../../../src/protocol/timelineFile.ts';
import { addDays, dateOf, startOfDay } from '../../shared/dates.ts';
import { lowerBound } from '../model/viewport.ts';
import type { Period } from '../source.ts';

class Tally {
  count = 0;
  rated = 0;
  #sum = 0;

  add(rating: number): void {
    this.count++;
    if (rating === 0) return;
    this.rated++;
    this.#sum += rating;
  }

  get figures() {
    return { count: this.count, rated: this.rated, mean: this.rated === 0 ? 0 : this.#sum / this.rated };
  }
}

const lengthBounds = [0, 50, 100, 200, 500, 1000, 2000];
const tallies = (n: number) => Array.from({ length: n }, () => new Tally());

/** Monday of the local week. */
export function startOfWeek(at: number): number {
  return addDays(at, -((dateOf(startOfDay(at)).getDay() + 6) % 7));
}

/** @param at The columns' times, rising. */
export function statsOf(file: TimelineFile, at: Float64Array, { from, to }: Period): TimelineStats {
  const low = from === undefined ? 0 : lowerBound(at, from);
  const high = to === undefined ? at.length : lowerBound(at, to);
  const all = new Tally();
  const distribution = [0, 0, 0, 0, 0];
  const projects = tallies(file.projects.length);
  const hours = tallies(24);
  const weekdays = tallies(7);
  const lengths = tallies(lengthBounds.length);
  const weeks = new Map<number, Tally>();
  for (let row = low; row < high; row++) {
    const rating = file.rating[row] ?? 0;
    const date = dateOf(at[row] ?? 0);
    const week = startOfWeek(at[row] ?? 0);
    let ofWeek = weeks.get(week);
    if (!ofWeek) weeks.set(week, (ofWeek = new Tally()));
    const length = file.text[row]?.length ?? 0;
    const bucket = lengthBounds.findLastIndex((bound) => length >= bound);
    for (const tally of [all, ofWeek, projects[file.project[row] ?? 0], hours[date.getHours()], weekdays[date.getDay()], lengths[bucket]]) tally?.add(rating);
    if (rating > 0) distribution[rating - 1] = (distribution[rating - 1] ?? 0) + 1;
  }
  return {
    total: all.count,
    rated: all.rated,
    mean: all.figures.mean,
    distribution,
    projects: file.projects.map(({ path, label }, i) => ({ path, label, ...(projects[i]?.figures ?? { count: 0, rated: 0, mean: 0 }) })).filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || a.label.localeCompare(b.label)),
    hours: hours.map(({ figures }) => figures),
    weekdays: weekdays.map(({ figures }) => figures),
    lengths: lengths.map(({ figures }, i) => ({ from: lengthBounds[i] ?? 0, to: lengthBounds[i + 1] ?? null, ...figures })),
    weeks: withoutGaps(weeks),
  };
}

/** A gap of more than ten years is one of the clock, not of the user: it stays. */
const longestGap = 520;

function withoutGaps(weeks: ReadonlyMap<number, Tally>): TimelineStats['weeks'] {
  const starts = [...weeks.keys()].sort((a, b) => a - b);
  const filled: { start: number; count: number; rated: number; mean: number }[] = [];
  for (const start of starts) {
    let last = filled.at(-1)?.start;
    for (let i = 0; last !== undefined && addDays(last, 7) < start && i < longestGap; i++) {
      last = addDays(last, 7);
      filled.push({ start: last, count: 0, rated: 0, mean: 0 });
    }
    filled.push({ start, ...(weeks.get(start)?.figures ?? { count: 0, rated: 0, mean: 0 }) });
  }
  return filled;
}
