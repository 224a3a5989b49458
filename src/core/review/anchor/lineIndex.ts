import type { Lines } from './lines.ts';

/** Texts with more changed lines than this are compared by equality only, or not at all. */
export const MAX_INDEXED = 20_000;
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

  /** The members at least so similar to line `i` of another text, most similar first, at most 60; of equals the nearest. */
  alike(other: Lines, i: number, floor: number): Alike[] {
    const equal = this.#bySqueezed.get(other.squeezed(i)) ?? [];
    const found: Alike[] = equal.map((line) => ({ line, similarity: 1 }));
    if (floor < 0.99 && this.#members.length <= MAX_INDEXED) this.#collect(other.bigrams(i), other.squeezed(i), floor, found);
    const at = (i / other.count) * this.#lines.count;
    found.sort((x, y) => y.similarity - x.similarity || Math.abs(x.line - at) - Math.abs(y.line - at));
    return found.length > MOST ? found.slice(0, MOST) : found;
  }

  #collect(bigrams: Uint32Array, squeezed: string, floor: number, found: Alike[]): void {
    this.#postings ??= this.#build();
    const common = this.#common;
    const touched: number[] = [];
    forEachKey(bigrams, (key) => {
      for (const member of this.#postings?.get(key) ?? []) {
        if (common[member] === 0) touched.push(member);
        common[member] = (common[member] as number) + 1;
      }
    });
    for (const member of touched) {
      const line = this.#members[member] as number;
      const similarity = (2 * (common[member] as number)) / (bigrams.length + this.#lines.bigrams(line).length);
      if (similarity >= floor && this.#lines.squeezed(line) !== squeezed) found.push({ line, similarity });
      common[member] = 0;
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
