import type { Lines } from './lines.ts';
import { dice } from './lines.ts';

/** Texts with more changed lines than this are compared by equality only, or not at all. */
export const MAX_INDEXED = 8_000;
/** A query looks at so many places where a bigram occurs, those of the rarest bigrams first. */
const MAX_VISITS = 100_000;
/** How many of the most similar lines a query gives. */
const MOST = 60;

export interface Alike {
  readonly line: number;
  readonly similarity: number;
}

/**
 * Finds, among some lines of a text, those similar to a given one: by bigram instead of by line, so
 * that a query costs the lines that share something with it and not all of them.
 */
export class LineIndex {
  readonly #lines: Lines;
  readonly #members: readonly number[];
  readonly #bySqueezed = new Map<string, number[]>();
  /** Members by bigram; the k-th occurrence of a bigram in a line is a key of its own. */
  #postings: Map<number, number[]> | undefined;
  readonly #common: Uint16Array;

  /** @param members Indexes of lines, rising; blank ones are left out. */
  constructor(lines: Lines, members: readonly number[]) {
    this.#lines = lines;
    this.#members = members.filter((line) => !lines.isBlank(line));
    this.#common = new Uint16Array(this.#members.length);
    for (const line of this.#members) {
      const same = this.#bySqueezed.get(lines.squeezed(line));
      if (same) same.push(line);
      else this.#bySqueezed.set(lines.squeezed(line), [line]);
    }
  }

  /**
   * The members at least so similar to line `i` of another text, most similar first, at most 60; of
   * equals the nearest.
   */
  alike(other: Lines, i: number, floor: number, maxVisits = MAX_VISITS): Alike[] {
    const equal = this.#bySqueezed.get(other.squeezed(i)) ?? [];
    const found: Alike[] = equal.map((line) => ({ line, similarity: 1 }));
    if (floor < 0.99 && equal.length < MOST && this.#members.length <= MAX_INDEXED) this.#collect(other, i, floor, maxVisits, found);
    const at = (i / other.count) * this.#lines.count;
    found.sort((x, y) => y.similarity - x.similarity || Math.abs(x.line - at) - Math.abs(y.line - at));
    return found.length > MOST ? found.slice(0, MOST) : found;
  }

  /** How many members equal line `i` of a text, white space aside. */
  equalTo(other: Lines, i: number): number {
    return this.#bySqueezed.get(other.squeezed(i))?.length ?? 0;
  }

  #collect(other: Lines, i: number, floor: number, maxVisits: number, found: Alike[]): void {
    const postings = (this.#postings ??= this.#build());
    const lists: (readonly number[])[] = [];
    let total = 0;
    forEachKey(other.bigrams(i), (key) => {
      const list = postings.get(key);
      if (!list) return;
      lists.push(list);
      total += list.length;
    });
    const complete = total <= maxVisits;
    if (!complete) lists.sort((x, y) => x.length - y.length);
    const common = this.#common;
    const touched: number[] = [];
    let visits = 0;
    for (const list of lists) {
      if ((visits += list.length) > maxVisits) break;
      for (const member of list) {
        if (common[member] === 0) touched.push(member);
        common[member] = (common[member] as number) + 1;
      }
    }
    const least = leastOfMost(touched, common, 2 * MOST);
    const likely: { line: number; shared: number }[] = [];
    for (const member of touched) {
      const shared = common[member] as number;
      if (shared >= least && likely.length < 4 * MOST) likely.push({ line: this.#members[member] as number, shared });
      common[member] = 0;
    }
    const length = other.bigrams(i).length;
    for (const { line, shared } of likely) {
      const similarity = complete ? (2 * shared) / (length + this.#lines.bigrams(line).length) : dice(other.bigrams(i), this.#lines.bigrams(line));
      if (similarity >= floor && this.#lines.squeezed(line) !== other.squeezed(i)) found.push({ line, similarity });
    }
  }

  #build(): Map<number, number[]> {
    const postings = new Map<number, number[]>();
    for (const [member, line] of this.#members.entries()) {
      forEachKey(this.#lines.bigrams(line), (key) => {
        const members = postings.get(key);
        if (members) members.push(member);
        else postings.set(key, [member]);
      });
    }
    return postings;
  }
}

/** Sorted bigrams as keys that are unique within the line. */
function forEachKey(bigrams: Uint32Array, use: (key: number) => void): void {
  let occurrence = 0;
  for (let k = 0; k < bigrams.length; k++) {
    occurrence = k > 0 && bigrams[k] === bigrams[k - 1] ? occurrence + 1 : 0;
    use((bigrams[k] as number) + occurrence * 0x100000000);
  }
}

/** The count that about `most` of the members reach. */
function leastOfMost(members: readonly number[], counts: Uint16Array, most: number): number {
  if (members.length <= most) return 0;
  const byCount: number[] = [];
  for (const member of members) {
    const count = counts[member] as number;
    byCount[count] = (byCount[count] ?? 0) + 1;
  }
  let reached = 0;
  for (let count = byCount.length - 1; count > 0; count--) if ((reached += byCount[count] ?? 0) >= most) return count;
  return 0;
}
