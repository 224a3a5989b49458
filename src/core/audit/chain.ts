/**
 * The chain of a file of lines that many processes append to at once, without a lock.
 *
 * Each line begins with what its writer saw: how many bytes of the file, and the chained hash of all
 * lines in them. Two that write at the same moment saw the same; both are right. Whatever is later
 * removed, changed or moved in what anybody saw contradicts the lines after it. (A chain in which each
 * line names just its predecessor would need a lock, or lose the line that two writers were beside.)
 *
 * Blank lines do not count, so that a writer who finds a torn line may begin with a line break.
 */

/** The hash of the lines up to here, and this one: lower-case hex. */
export type Link = (before: string, line: Uint8Array) => string;

/** The start of a file's chain; its name is in it, so that files cannot be exchanged. */
export function chainStart(link: Link, name: string, encode: (text: string) => Uint8Array): string {
  return link('wheelhouse audit 1', encode(name));
}

/** A point in a file, and the chain up to it. */
export interface Seen {
  /** Bytes: behind a line break, or 0. */
  readonly end: number;
  readonly chain: string;
}

export function seenText({ end, chain }: Seen): string {
  return `${end}:${chain}`;
}

const SEEN = /^(\d{1,15}):([0-9a-f]{32})$/;

export function parseSeen(text: unknown): Seen | undefined {
  const [, end, chain] = (typeof text === 'string' && SEEN.exec(text)) || [];
  return end === undefined || chain === undefined ? undefined : { end: Number(end), chain };
}

export interface ChainBreak {
  /** 1 for the first line of the file: the line that is wrong, or the first of those that can be. */
  readonly line: number;
  /** The last of them. */
  readonly until: number;
  /** `missing`: removed, shortened or moved; `foreign`: not written by Wheelhouse; `cut`: the file once was longer. */
  readonly kind: 'changed' | 'missing' | 'added' | 'foreign' | 'cut';
}

export interface ChainLine {
  readonly bytes: Uint8Array;
  /** 1 for the first, blank ones counted. */
  readonly number: number;
  /** Where it begins in the file, and where the next one does. */
  readonly start: number;
  readonly end: number;
  /** What its writer saw; else `foreign` for a line that is not ours, `torn` for the beginning of one of ours. */
  readonly prev: Seen | 'foreign' | 'torn';
}

interface Point {
  readonly chain: string;
  /** Of the line that ends there. */
  readonly number: number;
}

/** Follows the chain of one file, line by line. After the first break nothing more is said of the file. */
export class ChainReader {
  readonly #link: Link;
  readonly #points = new Map<number, Point>();
  #last: Seen;
  #number = 0;
  #agreed = 0;
  #broken: ChainBreak | undefined;
  #torn = 0;

  constructor(link: Link, start: string) {
    this.#link = link;
    this.#last = { end: 0, chain: start };
    this.#points.set(0, { chain: start, number: 0 });
  }

  add(line: ChainLine): void {
    if (line.prev === 'torn') this.#torn++;
    else this.#broken ??= line.prev === 'foreign' ? { line: line.number, until: line.number, kind: 'foreign' } : this.#check(line, line.prev);
    this.#last = { end: line.end, chain: this.#link(this.#last.chain, line.bytes) };
    this.#number = line.number;
    this.#points.set(line.end, { chain: this.#last.chain, number: line.number });
  }

  /** A last line without its line break: nobody has seen it as a line yet. */
  addUnfinished(line: ChainLine): void {
    if (line.prev === 'foreign') this.#broken ??= { line: line.number, until: line.number, kind: 'foreign' };
    else this.#torn++;
  }

  /** What somebody else says about this file: that it once had this chain at this point. */
  witness(head: Seen): ChainBreak | undefined {
    this.#broken ??= this.#contradiction(head, this.#number);
    return this.#broken;
  }

  #check(line: ChainLine, prev: Seen): ChainBreak | undefined {
    if (prev.end > line.start) return { line: this.#agreed + 1, until: line.number, kind: 'missing' };
    return this.#contradiction(prev, line.number - 1);
  }

  #contradiction(head: Seen, until: number): ChainBreak | undefined {
    const point = this.#points.get(head.end);
    if (point?.chain === head.chain) {
      this.#agreed = Math.max(this.#agreed, point.number);
      return undefined;
    }
    if (head.end > this.#last.end) return { line: this.#number, until: this.#number, kind: 'cut' };
    if (point !== undefined) return { line: Math.min(this.#agreed + 1, point.number), until: point.number, kind: 'changed' };
    return { line: this.#agreed + 1, until: Math.max(until, this.#agreed + 1), kind: 'added' };
  }

  /** The whole of what was added. */
  get seen(): Seen {
    return this.#last;
  }

  get broken(): ChainBreak | undefined {
    return this.#broken;
  }

  /** How many lines were cut off while they were written: their processes were killed, or the disk was full. */
  get torn(): number {
    return this.#torn;
  }
}
