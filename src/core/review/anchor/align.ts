import type { Lines } from './lines.ts';
import { bigramsOf, dice, similarity } from './lines.ts';
import type { Stretch } from './lineDiff.ts';
import { longestRising } from './lineDiff.ts';
import { LineIndex, MAX_INDEXED } from './lineIndex.ts';

/** Below this, two lines are no versions of one another. */
export const ALIKE = 0.4;
/** Stretches with more pairs of lines than this are cut before they are aligned. */
const MAX_CELLS = 40_000;
/** Between such cuts, a line's counterpart is clear when it is this similar and ahead of the second by the margin. */
const CLEAR = 0.6;
const CLEAR_MARGIN = 0.15;
/** What the search for one such counterpart may cost. */
const CUT_VISITS = 20_000;
/** All stretches of a file together: the pairs of lines to compare. Beyond, the largest ones are not aligned. */
const MAX_TOTAL_CELLS = 3_000_000;
/** A statement that a formatter wrapped or joined: at most so many lines for one. */
const MAX_WRAPPED = 6;
const WRAPPED_ALIKE = 0.8;

/** An old line and the new lines (half-open) that it became. */
export interface Pair {
  readonly old: number;
  readonly from: number;
  readonly to: number;
  readonly similarity: number;
}

/**
 * Pairs the lines of a changed stretch, in order, such that the sum of how alike the pairs are,
 * weighted by how much a line says, is greatest (global alignment after Needleman and Wunsch, 1970,
 * with a free gap). One line may pair with several when a formatter wrapped or joined them.
 *
 * A stretch too large for that is first cut at lines that have one clear counterpart; what is still
 * too large then counts as replaced, without pairs.
 */
export function alignStretch(a: Lines, b: Lines, stretch: Stretch): Pair[] {
  const { a0, a1, b0, b1 } = stretch;
  if ((a1 - a0) * (b1 - b0) <= MAX_CELLS) return align(a, b, stretch);
  if (Math.max(a1 - a0, b1 - b0) > MAX_INDEXED) return [];
  const pairs: Pair[] = [];
  let fromA = a0;
  let fromB = b0;
  const upTo = (toA: number, toB: number): void => {
    if ((toA - fromA) * (toB - fromB) <= MAX_CELLS) pairs.push(...align(a, b, { a0: fromA, a1: toA, b0: fromB, b1: toB }));
  };
  for (const { old, from, to, similarity: s } of clearPairs(a, b, stretch)) {
    upTo(old, from);
    pairs.push({ old, from, to, similarity: s });
    fromA = old + 1;
    fromB = to;
  }
  upTo(a1, b1);
  return pairs;
}

/** Which stretches are small enough, all together, to be aligned. The smallest ones come first. */
export function alignable(stretches: readonly Stretch[]): ReadonlySet<Stretch> {
  const cost = ({ a0, a1, b0, b1 }: Stretch): number => Math.min((a1 - a0) * (b1 - b0), (a1 - a0 + b1 - b0) * Math.sqrt(MAX_CELLS));
  const chosen = new Set<Stretch>();
  let total = 0;
  for (const stretch of stretches.toSorted((x, y) => cost(x) - cost(y))) {
    total += cost(stretch);
    if (total > MAX_TOTAL_CELLS) break;
    chosen.add(stretch);
  }
  return chosen;
}

/** Patience for lines that are not equal: pairs that have no near second, in order. */
function clearPairs(a: Lines, b: Lines, { a0, a1, b0, b1 }: Stretch): Pair[] {
  const index = new LineIndex(b, Array.from({ length: b1 - b0 }, (_, j) => b0 + j));
  const likeness = new Map<number, number>();
  const pairs: [number, number][] = [];
  for (let i = a0; i < a1; i++) {
    if (!a.isInformative(i)) continue;
    const [best, second] = index.alike(a, i, ALIKE, CUT_VISITS);
    if (!best || best.similarity < CLEAR || best.similarity - (second?.similarity ?? 0) < CLEAR_MARGIN) continue;
    pairs.push([i, best.line]);
    likeness.set(i, best.similarity);
  }
  return longestRising(pairs).map(([old, from]) => ({ old, from, to: from + 1, similarity: likeness.get(old) ?? 0 }));
}

function align(a: Lines, b: Lines, { a0, a1, b0, b1 }: Stretch): Pair[] {
  const rows = a1 - a0;
  const columns = b1 - b0;
  if (rows === 0 || columns === 0) return [];
  const width = columns + 1;
  const total = new Float64Array((rows + 1) * width);
  // Where a cell came from: 0 left, 1 up, else 2 + rows taken * 8 + columns taken.
  const step = new Uint8Array((rows + 1) * width);
  const alike = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) alike[i * columns + j] = alikeness(a, a0 + i, b, b0 + j);
  }
  const inPlace = rows === columns ? 0.1 : 0;
  for (let i = 1; i <= rows; i++) {
    for (let j = 1; j <= columns; j++) {
      const cell = i * width + j;
      let best = total[cell - 1] as number;
      let from = 0;
      if ((total[cell - width] as number) > best) {
        best = total[cell - width] as number;
        from = 1;
      }
      const offer = (takenRows: number, takenColumns: number, likeness: number): void => {
        const value = (total[(i - takenRows) * width + j - takenColumns] as number) + likeness;
        if (value > best + 1e-9) {
          best = value;
          from = 2 + takenRows * 8 + takenColumns;
        }
      };
      const s = alike[(i - 1) * columns + j - 1] as number;
      if (s >= ALIKE) offer(1, 1, weight(a, a0 + i - 1) * (s - 0.3 + (i === j ? inPlace : 0)));
      if (s > 0 && s < 0.97) {
        for (let k = 2; k <= MAX_WRAPPED && k <= j; k++) {
          const w = wrapped(a, a0 + i - 1, a0 + i, b, b0 + j - k, b0 + j);
          if (w >= WRAPPED_ALIKE) offer(1, k, weight(a, a0 + i - 1) * (w - 0.2));
        }
        for (let k = 2; k <= MAX_WRAPPED && k <= i; k++) {
          const w = wrapped(a, a0 + i - k, a0 + i, b, b0 + j - 1, b0 + j);
          if (w >= WRAPPED_ALIKE) offer(k, 1, weight(b, b0 + j - 1) * (w - 0.2));
        }
      }
      total[cell] = best;
      step[cell] = from;
    }
  }
  const pairs: Pair[] = [];
  for (let i = rows, j = columns; i > 0 && j > 0; ) {
    const from = step[i * width + j] as number;
    if (from === 0) j--;
    else if (from === 1) i--;
    else {
      const takenRows = (from - 2) >> 3;
      const takenColumns = (from - 2) & 7;
      const single = takenRows === 1 && takenColumns === 1;
      const s = single ? (alike[(i - 1) * columns + j - 1] as number) : wrapped(a, a0 + i - takenRows, a0 + i, b, b0 + j - takenColumns, b0 + j);
      for (let r = 0; r < takenRows; r++) pairs.push({ old: a0 + i - 1 - r, from: b0 + j - takenColumns, to: b0 + j, similarity: s });
      i -= takenRows;
      j -= takenColumns;
    }
  }
  return pairs.reverse();
}

/** Blank lines resemble nothing: they follow their neighbours. */
function alikeness(a: Lines, i: number, b: Lines, j: number): number {
  return a.isBlank(i) || b.isBlank(j) ? 0 : similarity(a, i, b, j);
}

/** What a pair counts: a brace little, a full line one. */
function weight(lines: Lines, index: number): number {
  return Math.min(1, 0.05 + lines.words(index) / 20);
}

/**
 * How alike the joined lines are, one side being a single line; 0 when the other side's ends are no
 * part of it, so that a short line that was added next to it is not taken for a piece of it.
 */
function wrapped(a: Lines, a0: number, a1: number, b: Lines, b0: number, b1: number): number {
  let lengthA = 0;
  let lengthB = 0;
  for (let i = a0; i < a1; i++) lengthA += a.squeezed(i).length;
  for (let j = b0; j < b1; j++) lengthB += b.squeezed(j).length;
  if (lengthA < 8 || lengthA > 1.3 * lengthB || lengthB > 1.3 * lengthA) return 0;
  const areParts = a1 - a0 === 1 ? endsArePartsOf(a.squeezed(a0), b, b0, b1) : endsArePartsOf(b.squeezed(b0), a, a0, a1);
  if (!areParts) return 0;
  let textA = '';
  let textB = '';
  for (let i = a0; i < a1; i++) textA += a.squeezed(i);
  for (let j = b0; j < b1; j++) textB += b.squeezed(j);
  return dice(bigramsOf(textA), bigramsOf(textB));
}

function endsArePartsOf(whole: string, lines: Lines, from: number, to: number): boolean {
  // A formatter adds separators at the ends of lines.
  const isPart = (index: number): boolean => !lines.isBlank(index) && whole.includes(lines.squeezed(index).replace(/[,;]$/, ''));
  return isPart(from) && isPart(to - 1);
}
