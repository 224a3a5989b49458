/** Stars in three depths: the nearer, the larger, the brighter and the faster. */

export interface Star {
  /** 0 to 1 of the stage. */
  readonly x: number;
  readonly y: number;
  /** 0 far, 1 between, 2 near. */
  readonly depth: 0 | 1 | 2;
  /** 0 to 1. */
  readonly light: number;
}

/** Shares of the stage's height that each depth moves in a second. */
export const drift = [0.004, 0.011, 0.026] as const;
/** Pixels. */
export const size = [1, 1.5, 2.2] as const;

/** @param random 0 to 1; a fixed seed gives the same sky every time. */
export function starField(count: number, random: () => number): Star[] {
  return Array.from({ length: count }, (_, index) => {
    // Six of ten are far, three between, one near.
    const depth = index % 10 < 6 ? 0 : index % 10 < 9 ? 1 : 2;
    return { x: random(), y: random(), depth, light: 0.35 + 0.65 * random() * (0.5 + depth / 4) };
  });
}

/** @param seconds Since the beginning. @returns 0 to 1 from the top: stars rise, and come again from below. */
export function heightOf(star: Star, seconds: number): number {
  const y = (star.y - drift[star.depth] * seconds) % 1;
  return y < 0 ? y + 1 : y;
}

/** A small generator with a seed (mulberry32, Tommy Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
