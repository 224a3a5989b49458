/** Where the prompts of a stretch of time stand on a strip. */

/** A mark on the strip: one pixel, however many prompts. */
export interface Mark {
  /** Pixels from the left. */
  readonly x: number;
  /** The best rating among its prompts. */
  readonly rating: number;
}

/** From the first to the last prompt; a stretch without length has its prompts in the middle. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** @returns 0 to 1. */
export function placeOf(at: number, { from, to }: Stretch): number {
  return to > from ? Math.min(Math.max((at - from) / (to - from), 0), 1) : 0.5;
}

/** @param times Rising. @param ratings Of the same prompts. */
export function marks(times: ArrayLike<number>, ratings: ArrayLike<number>, stretch: Stretch, width: number): Mark[] {
  const result: Mark[] = [];
  let x = -1;
  let rating = 0;
  for (let i = 0; i < times.length; i++) {
    const here = Math.round(placeOf(times[i] ?? 0, stretch) * width);
    if (here !== x) {
      if (x >= 0) result.push({ x, rating });
      x = here;
      rating = 0;
    }
    rating = Math.max(rating, ratings[i] ?? 0);
  }
  if (x >= 0) result.push({ x, rating });
  return result;
}

/** @param times Rising, not empty. @returns The index of the prompt nearest to a place of the strip (0 to 1). */
export function nearest(times: ArrayLike<number>, { from, to }: Stretch, place: number): number {
  const wanted = from + place * (to - from);
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const before = times[low - 1];
  return before !== undefined && wanted - before < (times[low] ?? 0) - wanted ? low - 1 : low;
}
