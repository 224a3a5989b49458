import type { Lines } from './lines.ts';
import { similarity } from './lines.ts';

/** Non-blank lines that count as context above and below. */
export const CONTEXT_LINES = 3;
/** Weights of the first, second and third neighbour. */
export const NEIGHBOUR_WEIGHTS: readonly number[] = [0.5, 0.3, 0.2];

/** How alike the non-blank neighbours of an old line and of some new lines are, 0 to 1. */
export function contextSimilarity(a: Lines, i: number, b: Lines, first: number, last: number): number {
  const up = weighted(a.neighbours(i, -1, CONTEXT_LINES), b.neighbours(first, -1, CONTEXT_LINES), (x, y) => similarity(a, x, b, y));
  const down = weighted(a.neighbours(i, 1, CONTEXT_LINES), b.neighbours(last, 1, CONTEXT_LINES), (x, y) => similarity(a, x, b, y));
  return bothSides(up, down);
}

/** One side alone counts nearly as much as both: at the edge of a moved block the other one has changed. */
export function bothSides(up: number, down: number): number {
  return Math.max((up + down) / 2, 0.85 * Math.max(up, down));
}

/** What it counts that both have no such neighbour, being at the edge of their file. */
const EDGE = 0.7;

/** Compares two lists of neighbours, nearest first. */
export function weighted<T, U>(one: readonly T[], other: readonly U[], alike: (x: T, y: U) => number): number {
  let sum = 0;
  for (const [k, weight] of NEIGHBOUR_WEIGHTS.entries()) {
    const x = one[k];
    const y = other[k];
    if (x === undefined && y === undefined) sum += weight * EDGE;
    else if (x !== undefined && y !== undefined) sum += weight * alike(x, y);
  }
  return sum;
}
