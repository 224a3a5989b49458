/** How long a prompt stays on the screen while a stretch of time plays by itself. */

export const speeds = [1, 2, 10] as const;
export type Speed = (typeof speeds)[number];

/** 238 words a minute, with 5 letters and a space each (Brysbaert 2019, silent reading of English). */
const readingPerSecond = (238 * 6) / 60;
const shortest = 1500;
const longest = 12_000;
/** A minute between two prompts is a second of pause, up to this. */
const longestPause = 4000;
/** At ten times the speed, one must still see that something was there. */
const leastVisible = 250;

/**
 * @param length Characters of the prompt.
 * @param gap Milliseconds until the next prompt.
 * @param speed A factor. @returns Milliseconds: the time to read, then a pause that is longer after a longer gap.
 */
export function holdTime(length: number, gap: number, speed: number): number {
  const reading = Math.min(Math.max((length / readingPerSecond) * 1000, shortest), longest);
  const pause = Math.min(Math.max(gap, 0) / 60, longestPause);
  return Math.max((reading + pause) / speed, leastVisible);
}
