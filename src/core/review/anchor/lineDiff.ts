/**
 * A line diff that prefers meaning to brevity: patience diff (Bram Cohen, described in the Bazaar
 * sources and at https://bramcohen.livejournal.com/73318.html) on lines that occur once on each
 * side, and Myers' greedy algorithm (E. W. Myers, "An O(ND) Difference Algorithm and Its
 * Variations", 1986) between them. Memory is linear in the lines plus a constant.
 */

/** Edits that Myers may spend on one stretch. Beyond, the stretch counts as replaced as a whole. */
const MAX_EDITS = 300;
/** How often patience may split a stretch again; only made-up input gets there. */
const MAX_DEPTH = 48;

/** Line numbers of two texts such that equal keys have equal numbers. */
export function internLines(a: readonly string[], b: readonly string[], key: (line: string) => string): [Int32Array, Int32Array] {
  const ids = new Map<string, number>();
  const intern = (lines: readonly string[]): Int32Array => {
    const out = new Int32Array(lines.length);
    for (let i = 0; i < lines.length; i++) {
      const k = key(lines[i] as string);
      let id = ids.get(k);
      if (id === undefined) ids.set(k, (id = ids.size));
      out[i] = id;
    }
    return out;
  };
  return [intern(a), intern(b)];
}

/** Half-open stretches of the old (a) and of the new (b) text. */
export interface Stretch {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

/**
 * Pairs equal lines of a stretch, in order, and writes the partner of every old line into `partner`
 * (-1 stays where there is none).
 */
export function diffStretch(a: Int32Array, b: Int32Array, whole: Stretch, partner: Int32Array): void {
  const counts = new Counts();
  const todo: (Stretch & { depth: number })[] = [{ ...whole, depth: 0 }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    let { a0, a1, b0, b1 } = next;
    while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) partner[a0++] = b0++;
    while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) partner[--a1] = --b1;
    if (a0 === a1 || b0 === b1) continue;
    const stretch = { a0, a1, b0, b1 };
    const fixed = next.depth < MAX_DEPTH ? counts.uniquePairs(a, b, stretch) : [];
    if (fixed.length === 0) {
      myers(a, b, stretch, partner);
      continue;
    }
    let fromA = a0;
    let fromB = b0;
    for (const [i, j] of fixed) {
      partner[i] = j;
      if (i > fromA && j > fromB) todo.push({ a0: fromA, a1: i, b0: fromB, b1: j, depth: next.depth + 1 });
      fromA = i + 1;
      fromB = j + 1;
    }
    if (a1 > fromA && b1 > fromB) todo.push({ a0: fromA, a1, b0: fromB, b1, depth: next.depth + 1 });
  }
}

/** Counts occurrences per stretch, and forgets them in time proportional to the stretch. */
class Counts {
  readonly #old = new Map<number, number>();
  readonly #new = new Map<number, number>();

  /** The longest rising chain of the lines that occur exactly once on each side. */
  uniquePairs(a: Int32Array, b: Int32Array, { a0, a1, b0, b1 }: Stretch): [number, number][] {
    this.#old.clear();
    this.#new.clear();
    // Position, or -1 once it was seen twice.
    for (let i = a0; i < a1; i++) this.#old.set(a[i] as number, this.#old.has(a[i] as number) ? -1 : i);
    for (let j = b0; j < b1; j++) this.#new.set(b[j] as number, this.#new.has(b[j] as number) ? -1 : j);
    const pairs: [number, number][] = [];
    for (const [id, i] of this.#old) {
      const j = this.#new.get(id);
      if (i >= 0 && j !== undefined && j >= 0) pairs.push([i, j]);
    }
    // A Map keeps the order of first insertion, so the pairs rise in the old text already.
    return longestRising(pairs);
  }
}

/** The longest subsequence whose second members rise (patience sorting, n log n). */
export function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length);
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] as number] as [number, number])[1] < pair[1]) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = index;
  }
  const chain: [number, number][] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] as number) chain.push(pairs[at] as [number, number]);
  return chain.reverse();
}

/** Myers' greedy forward search with its trace; gives up silently after MAX_EDITS. */
function myers(a: Int32Array, b: Int32Array, { a0, a1, b0, b1 }: Stretch, partner: Int32Array): void {
  const n = a1 - a0;
  const m = b1 - b0;
  const limit = Math.min(n + m, MAX_EDITS);
  const furthest = new Int32Array(2 * limit + 3);
  const middle = limit + 1;
  const trace: Int32Array[] = [];
  for (let d = 0; d <= limit; d++) {
    trace.push(furthest.slice(middle - d - 1, middle + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest[middle + k - 1] as number) < (furthest[middle + k + 1] as number));
      let x = down ? (furthest[middle + k + 1] as number) : (furthest[middle + k - 1] as number) + 1;
      while (x < n && x - k < m && a[a0 + x] === b[b0 + x - k]) x++;
      furthest[middle + k] = x;
      if (x >= n && x - k >= m) {
        walkBack(trace, n, m, (i, j) => (partner[a0 + i] = b0 + j));
        return;
      }
    }
  }
}

function walkBack(trace: readonly Int32Array[], n: number, m: number, pair: (i: number, j: number) => void): void {
  let x = n;
  let y = m;
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] as Int32Array;
    const at = (k: number): number => furthest[k + d + 1] as number;
    const k = x - y;
    const previousK = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
    const previousX = d === 0 ? 0 : at(previousK);
    const previousY = d === 0 ? 0 : previousX - previousK;
    while (x > previousX && y > previousY) pair(--x, --y);
    x = previousX;
    y = previousY;
  }
}
