import type { Pair } from './align.ts';
import { ALIKE, alignable, alignStretch } from './align.ts';
import { diffStretch, internLines } from './lineDiff.ts';
import type { Stretch } from './lineDiff.ts';
import { LineIndex } from './lineIndex.ts';
import { Lines, squeeze } from './lines.ts';
import type { Twins } from './slides.ts';
import { settleSlides } from './slides.ts';

/** A run of equal lines between changes that says less than this many word characters proves nothing. */
const ISLAND_WORDS = 6;
/** A pair of lines from this similarity on is one line that was edited. */
const CHANGED_A_LITTLE = 0.7;
/** How far the nearest surviving line of a deleted one is looked for. */
const MAX_WALK = 5_000;

/**
 * Which line of the new text is which line of the old one, as far as order tells: equal lines by
 * diff, changed ones by alignment within the stretch that was replaced. Moves across stretches are
 * the business of `fate.ts`.
 */
export class Correspondence {
  readonly old: Lines;
  readonly new: Lines;
  /** For every old line its equal partner, or -1. Rises. */
  readonly partner: Int32Array;
  /** Old lines of which an insertion made an indistinguishable copy. */
  readonly twins: Twins;
  /** What differs, in order: old lines on one side, new ones on the other; one side may be empty. */
  readonly changes: readonly Stretch[];
  readonly #changeOf: Int32Array;
  readonly #pairs = new Map<number, readonly Pair[]>();
  #alignable: ReadonlySet<Stretch> | undefined;
  #allPairs: ReadonlyMap<number, Pair> | undefined;
  #takenBy: Map<number, Pair> | undefined;
  #keptShare: number | undefined;
  #added: LineIndex | undefined;
  #removed: LineIndex | undefined;
  readonly #equalInNew: Uint8Array;

  constructor(oldTexts: readonly string[], newTexts: readonly string[]) {
    this.old = new Lines(oldTexts);
    this.new = new Lines(newTexts);
    this.partner = new Int32Array(oldTexts.length).fill(-1);
    const [a, b] = internLines(oldTexts, newTexts, (line) => line.trimEnd());
    diffStretch(a, b, { a0: 0, a1: a.length, b0: 0, b1: b.length }, this.partner);
    this.twins = settleSlides(a, b, oldTexts, newTexts, this.partner);
    this.#pairReindented(oldTexts, newTexts);
    this.#releaseIslands();
    this.changes = this.#stretches();
    this.#equalInNew = new Uint8Array(newTexts.length);
    for (const line of this.partner) if (line >= 0) this.#equalInNew[line] = 1;
    this.#changeOf = new Int32Array(oldTexts.length).fill(-1);
    for (const [index, { a0, a1 }] of this.changes.entries()) this.#changeOf.fill(index, a0, a1);
  }

  /** The share of the old text's words that stand unchanged and in order in the new one, 0 to 1. */
  get keptShare(): number {
    if (this.#keptShare === undefined) {
      let kept = 0;
      let all = 0;
      for (let i = 0; i < this.old.count; i++) {
        all += this.old.words(i);
        if ((this.partner[i] as number) >= 0) kept += this.old.words(i);
      }
      this.#keptShare = all === 0 ? 0 : kept / all;
    }
    return this.#keptShare;
  }

  /** The same with lines that were changed a little, 0 to 1. Dearer. */
  get survivingShare(): number {
    this.takenBy(0);
    let changed = 0;
    let all = 0;
    for (let i = 0; i < this.old.count; i++) {
      all += this.old.words(i);
      if ((this.partner[i] as number) < 0 && (this.pairOf(i)?.similarity ?? 0) >= CHANGED_A_LITTLE) changed += this.old.words(i);
    }
    return all === 0 ? 0 : this.keptShare + changed / all;
  }

  /** The change that an old line without an equal partner lies in. */
  changeAt(old: number): Stretch | undefined {
    return this.changes[this.#changeOf[old] ?? -1];
  }

  /** What an old line without equal partner became within its own change. */
  pairOf(old: number): Pair | undefined {
    if (this.#allPairs) return this.#allPairs.get(old);
    const index = this.#changeOf[old] ?? -1;
    return index < 0 ? undefined : this.#pairsOf(index).find((pair) => pair.old === old);
  }

  /** New lines that no old line is equal to. */
  get added(): LineIndex {
    return (this.#added ??= new LineIndex(this.new, this.changes.flatMap(({ b0, b1 }) => numbers(b0, b1))));
  }

  /** Old lines that no new line is equal to. */
  get removed(): LineIndex {
    return (this.#removed ??= new LineIndex(this.old, this.changes.flatMap(({ a0, a1 }) => numbers(a0, a1))));
  }

  /** Whether a changed old line and a changed new one are the only changed lines of this text on their sides. */
  isSole(old: number, line: number): boolean {
    return this.removed.equalTo(this.old, old) === 1 && this.added.equalTo(this.new, line) === 1;
  }

  /** Whether a line of the new text exists and no old line is equal to it. */
  isAdded(line: number): boolean {
    return this.#equalInNew[line] === 0;
  }

  /** The pair, if any, that makes a new line the successor of an old one. */
  takenBy(line: number): Pair | undefined {
    if (!this.#takenBy) {
      this.#takenBy = new Map();
      for (const index of this.changes.keys()) {
        for (const pair of this.#pairsOf(index)) for (let j = pair.from; j < pair.to; j++) this.#takenBy.set(j, pair);
      }
      this.#allPairs = new Map([...this.#pairs.values()].flat().map((pair) => [pair.old, pair]));
    }
    return this.#takenBy.get(line);
  }

  /** The new line next to which an old line was, 0-based. */
  nearest(old: number): number {
    const pair = this.pairOf(old);
    if (pair) return pair.from;
    for (let distance = 1; distance < MAX_WALK; distance++) {
      const above = this.partner[old - distance] ?? -1;
      if (above >= 0) return above;
      const below = this.partner[old + distance] ?? -1;
      if (below >= 0) return below;
    }
    return Math.min(old, this.new.count - 1);
  }

  #pairsOf(index: number): readonly Pair[] {
    let pairs = this.#pairs.get(index);
    if (!pairs) {
      const change = this.changes[index] as Stretch;
      this.#alignable ??= alignable(this.changes);
      pairs = this.#alignable.has(change) ? alignStretch(this.old, this.new, change).filter((pair) => pair.similarity >= ALIKE) : [];
      this.#pairs.set(index, pairs);
    }
    return pairs;
  }

  /** Within changes, pairs lines that differ in white space only. */
  #pairReindented(oldTexts: readonly string[], newTexts: readonly string[]): void {
    const both = this.#stretches().filter(({ a0, a1, b0, b1 }) => a1 > a0 && b1 > b0);
    if (both.length === 0) return;
    const [a, b] = internLines(oldTexts, newTexts, squeeze);
    for (const stretch of both) diffStretch(a, b, stretch, this.partner);
  }

  /** Gives back runs that may be equal by chance, a brace between two changes, to the alignment. */
  #releaseIslands(): void {
    const { partner } = this;
    let i = 0;
    let previousEnd = { a: 0, b: 0 };
    const release: [number, number][] = [];
    while (i < partner.length) {
      if ((partner[i] as number) < 0) {
        i++;
        continue;
      }
      const from = i;
      let words = 0;
      do words += this.old.words(i++);
      while (i < partner.length && partner[i] === (partner[i - 1] as number) + 1 && words < 1e6);
      const b0 = partner[from] as number;
      const end = { a: i, b: (partner[i - 1] as number) + 1 };
      if (words < ISLAND_WORDS) {
        let nextA = i;
        while (nextA < partner.length && (partner[nextA] as number) < 0) nextA++;
        const nextB = nextA < partner.length ? (partner[nextA] as number) : this.new.count;
        const above = [from - previousEnd.a, b0 - previousEnd.b] as const;
        const below = [nextA - end.a, nextB - end.b] as const;
        const changed = above[0] + above[1] > 0 && below[0] + below[1] > 0;
        if (changed && above[0] + below[0] > 0 && above[1] + below[1] > 0) release.push([from, i]);
      }
      previousEnd = end;
    }
    for (const [from, to] of release) partner.fill(-1, from, to);
  }

  #stretches(): Stretch[] {
    const found: Stretch[] = [];
    let a0 = 0;
    let b0 = 0;
    for (let i = 0; i <= this.partner.length; i++) {
      const j = i < this.partner.length ? (this.partner[i] as number) : this.new.count;
      if (j < 0) continue;
      if (i > a0 || j > b0) found.push({ a0, a1: i, b0, b1: j });
      a0 = i + 1;
      b0 = j + 1;
    }
    return found;
  }
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
