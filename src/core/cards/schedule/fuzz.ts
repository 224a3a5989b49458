/** A number in 0-1 from a text: FNV-1a with a final mix (both by their public definitions). Chance that can be repeated. */
export function chanceOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** Anki's: 15 % of what lies between 2.5 and 7 days, 10 % up to 20 days, 5 % beyond, and a day. */
const parts = [
  { from: 2.5, to: 7, share: 0.15 },
  { from: 7, to: 20, share: 0.1 },
  { from: 20, to: Infinity, share: 0.05 },
];

/** The intervals that may stand for `interval`: never below the one before when it is above it, so that a right answer does not go backwards. */
export function fuzzRange(interval: number, before: number, maximum: number): readonly [least: number, most: number] {
  if (interval < 2.5) return [interval, interval];
  const delta = parts.reduce((sum, { from, to, share }) => sum + share * Math.max(0, Math.min(interval, to) - from), 1);
  const most = Math.min(Math.round(interval + delta), maximum);
  const least = Math.max(2, Math.round(interval - delta), interval > before ? before + 1 : 0);
  return [Math.min(least, most), most];
}

/**
 * Spreads an interval: of the days in its range, one of those on which fewest cards are due, chosen by
 * a chance that belongs to the seed.
 * @param load Cards due that many days from now; when left out, all days are alike.
 */
export function spread(interval: number, before: number, maximum: number, seed: string, load: (days: number) => number = () => 0): number {
  const [least, most] = fuzzRange(interval, before, maximum);
  const loads = Array.from({ length: most - least + 1 }, (_, i) => ({ days: least + i, load: load(least + i) }));
  const fewest = Math.min(...loads.map((day) => day.load));
  const free = loads.filter((day) => day.load === fewest);
  return free[Math.floor(chanceOf(seed) * free.length)]?.days ?? interval;
}
