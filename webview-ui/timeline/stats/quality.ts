/** Figures in groups, and what may be said about them. */
import { count } from '../../shared/format.ts';

/** Some prompts: how many, how many of them rated, and their mean stars (0 without). */
export interface Group {
  readonly count: number;
  readonly rated: number;
  readonly mean: number;
}

export function sum(groups: readonly Group[]): Group {
  const rated = groups.reduce((total, group) => total + group.rated, 0);
  const stars = groups.reduce((total, group) => total + group.mean * group.rated, 0);
  return { count: groups.reduce((total, group) => total + group.count, 0), rated, mean: rated > 0 ? stars / rated : 0 };
}

/** Puts neighbours together, `size` at a time, keeping the first one's other properties. */
export function merge<G extends Group>(groups: readonly G[], size: number): G[] {
  const result: G[] = [];
  for (let i = 0; i < groups.length; i += size) {
    const part = groups.slice(i, i + size);
    if (part[0]) result.push({ ...part[0], ...sum(part) });
  }
  return result;
}

/** Standard deviation of single ratings. @param distribution How many have 1, 2, 3, 4, 5 stars. */
export function spread(distribution: readonly number[]): number {
  const n = distribution.reduce((total, some) => total + some, 0);
  if (n < 2) return 0;
  const mean = distribution.reduce((total, some, index) => total + some * (index + 1), 0) / n;
  return Math.sqrt(distribution.reduce((total, some, index) => total + some * (index + 1 - mean) ** 2, 0) / (n - 1));
}

export const stars = (mean: number) => mean.toFixed(1);

/** Ratings in each of two groups before they are compared at all. */
export const enough = 10;

export interface LengthGroup extends Group {
  readonly from: number;
  readonly to: number | null;
}

/**
 * Do longer prompts do better? The rated prompts are cut at the bound that halves them best (not where they differ
 * most, which would find a difference in noise); the two means differ when they are two standard errors apart.
 */
export function lengthSentence(lengths: readonly LengthGroup[], distribution: readonly number[]): string {
  let best: { readonly at: number; readonly short: Group; readonly long: Group } | undefined;
  for (let i = 1; i < lengths.length; i++) {
    const cut = { at: lengths[i]?.from ?? 0, short: sum(lengths.slice(0, i)), long: sum(lengths.slice(i)) };
    if (!best || Math.min(cut.short.rated, cut.long.rated) > Math.min(best.short.rated, best.long.rated)) best = cut;
  }
  const rated = sum(lengths).rated;
  if (!best || Math.min(best.short.rated, best.long.rated) < enough) {
    return `Too few ratings to say: ${count(rated)} so far. At least ${enough} shorter and ${enough} longer prompts must be rated before they can be compared.`;
  }
  const { at, short, long } = best;
  const numbers = `from ${count(at)} characters on the mean is ${stars(long.mean)} stars (${count(long.rated)} rated), below it is ${stars(short.mean)} (${count(short.rated)} rated)`;
  const error = spread(distribution) * Math.sqrt(1 / short.rated + 1 / long.rated);
  const difference = long.mean - short.mean;
  if (Math.abs(difference) <= 2 * error) return `No clear difference between short and long prompts: ${numbers}.`;
  return difference > 0 ? `Longer, more specific prompts do better: ${numbers}.` : `Shorter prompts do better: ${numbers}.`;
}

/** `Best: 10:00 with 4.2 stars (23 rated); weakest: …`, over groups with enough ratings. */
export function bestSentence<G extends Group>(groups: readonly G[], name: (group: G) => string): string {
  const known = groups.filter((group) => group.rated >= enough).sort((a, b) => b.mean - a.mean);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || first === last) return `Where at least ${enough} prompts are rated, the best and the weakest will be named here.`;
  const say = (group: G) => `${name(group)} with ${stars(group.mean)} stars (${count(group.rated)} rated)`;
  return `Best: ${say(first)}. Weakest: ${say(last)}.`;
}

/** `50 – 199`, `2,000 and more`; the upper bound is exclusive. */
export function lengthLabel({ from, to }: LengthGroup): string {
  if (to === null) return `${count(from)}+`;
  return to - from === 1 ? count(from) : `${count(from)}–${count(to - 1)}`;
}
