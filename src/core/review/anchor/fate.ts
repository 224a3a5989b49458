import type { Pair } from './align.ts';
import { contextSimilarity } from './context.ts';
import type { Correspondence } from './correspondence.ts';
import { similarity } from './lines.ts';

/** New lines, 0-based and half-open, with how sure it is that they are the ones. */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** 0 to 1, a little more with every bonus. */
  readonly score: number;
}

/** What became of one old line. */
export type Fate =
  /** `kept`: equal in the new text; `found`: changed or moved; `replaced`: by something unlike it. */
  | ({ readonly kind: 'kept' | 'found' | 'replaced' } & Place)
  | { readonly kind: 'lost'; readonly candidates: readonly Place[] };

/**
 * Tuned on the tuning half of the corpus of `bench/anchors` and on the histories of psf/requests and
 * expressjs/express; reported on the other half and on other repositories.
 * "plain" holds for lines that say something, "poor" for the likes of "}" and "end".
 */
const TUNING = {
  /** A line elsewhere in the file has to be this similar to be looked at. */
  lookedAt: { plain: 0.34, poor: 0.99 },
  /** Share of the line's own text in the score; the rest is its neighbours'. */
  ownShare: { plain: 0.5, poor: 0.25 },
  accepted: { plain: 0.58, poor: 0.7 },
  /** A pair of the alignment needs this similarity, and this much of its context ... */
  aligned: { plain: 0.4, poor: 0.6 },
  alignedContext: 0.3,
  /** ... unless it is this similar. */
  alignedAlone: { plain: 0.7, poor: 2 },
  /** Distance to the second best that makes the best one clear, unless it is sure anyway. */
  margin: 0.03,
  sure: 0.9,
  inPlaceBonus: 0.1,
  proximityBonus: 0.03,
  /** For a line with so many word characters that disappeared once and appeared once elsewhere, unchanged. */
  soleBonus: 0.12,
  soleWords: 12,
  /**
   * Where less than this share of a text is left, it is another text that only resembles the old one:
   * even equal lines need their context then, and all else a higher score.
   */
  sameText: 0.2,
  strictContext: 0.75,
  strictExtra: 0.2,
  /** Shorter texts have too few words to tell. */
  strictFromLines: 30,
  /** A line between two that moved alike, and one beside a single such line. */
  between: 0.25,
  beside: 0.6,
};

/** How far the neighbours that tell where a line went may be away from it. */
const NEIGHBOURHOOD = 6;

type Worth = 'plain' | 'poor';

/** Finds what became of the lines of an old text, one by one. */
export class Fates {
  readonly #c: Correspondence;
  readonly #strict: boolean;
  readonly #own = new Map<number, Fate>();

  constructor(correspondence: Correspondence) {
    this.#c = correspondence;
    const { old, keptShare } = correspondence;
    this.#strict = old.count >= TUNING.strictFromLines && keptShare < TUNING.sameText && correspondence.survivingShare < TUNING.sameText;
  }

  /** @param old 0-based index of a non-blank line of the old text. */
  of(old: number): Fate {
    const fate = this.#ownFate(old);
    if (fate.kind !== 'lost' || (this.#c.partner[old] as number) >= 0) return fate;
    return this.#amongNeighbours(old) ?? fate;
  }

  #ownFate(old: number): Fate {
    let fate = this.#own.get(old);
    if (!fate) this.#own.set(old, (fate = (this.#c.partner[old] as number) >= 0 ? this.#keptFate(old) : this.#changedFate(old)));
    return fate;
  }

  #keptFate(old: number): Fate {
    const c = this.#c;
    const line = c.partner[old] as number;
    const twins = c.twins.get(old);
    // Of a block and its adjacent copy nobody can tell which one is the original.
    if (twins && (twins.copied || c.old.isInformative(old))) {
      return { kind: 'lost', candidates: [...twins.lines].map((from) => ({ from, to: from + 1, score: 1 })) };
    }
    if (this.#strict) {
      const context = contextSimilarity(c.old, old, c.new, line, line);
      if (context < TUNING.strictContext) return { kind: 'lost', candidates: [{ from: line, to: line + 1, score: (1 + context) / 2 }] };
    }
    return { kind: 'kept', from: line, to: line + 1, score: 1 };
  }

  #changedFate(old: number): Fate {
    const c = this.#c;
    const worth = c.old.isInformative(old) ? 'plain' : 'poor';
    const pair = c.pairOf(old);
    const places = this.#places(old, worth, pair);
    const [best, second] = places;
    const clear = best && (best.score >= TUNING.sure || best.score - (second?.score ?? 0) >= TUNING.margin);
    if (clear && best.score >= TUNING.accepted[worth] + (this.#strict ? TUNING.strictExtra : 0) && this.#isMutual(old, best, worth)) return { kind: 'found', ...best };
    if (pair && this.#isCredible(pair, worth)) return { kind: 'found', from: pair.from, to: pair.to, score: pair.similarity };
    const change = c.changeAt(old);
    if (change && change.a1 - change.a0 === 1 && change.b1 - change.b0 === 1 && !c.new.isBlank(change.b0)) {
      return { kind: 'replaced', from: change.b0, to: change.b1, score: similarity(c.old, old, c.new, change.b0) };
    }
    return { kind: 'lost', candidates: places.slice(0, 5) };
  }

  /** The places that an old line may have gone to, best first. */
  #places(old: number, worth: Worth, pair: Pair | undefined): Place[] {
    const c = this.#c;
    const places: Place[] = [];
    if (pair) places.push({ from: pair.from, to: pair.to, score: this.#score(old, pair.from, pair.to - 1, worth, pair.similarity) + TUNING.inPlaceBonus });
    for (const { line, similarity: alike } of c.added.alike(c.old, old, TUNING.lookedAt[worth])) {
      if (pair && line >= pair.from && line < pair.to) continue;
      const taken = c.takenBy(line);
      if (taken && taken.similarity >= alike) continue;
      const sole = alike === 1 && c.old.words(old) >= TUNING.soleWords && c.isSole(old, line);
      places.push({ from: line, to: line + 1, score: this.#score(old, line, line, worth, alike) + (sole ? TUNING.soleBonus : 0) });
    }
    return places.sort((x, y) => y.score - x.score);
  }

  #score(old: number, first: number, last: number, worth: Worth, alike: number): number {
    const c = this.#c;
    const share = TUNING.ownShare[worth];
    const distance = Math.abs(first / c.new.count - old / c.old.count);
    return share * alike + (1 - share) * contextSimilarity(c.old, old, c.new, first, last) + TUNING.proximityBonus * (1 - distance);
  }

  #isCredible(pair: Pair, worth: Worth): boolean {
    if (pair.similarity < TUNING.aligned[worth]) return false;
    if (!this.#strict && pair.similarity >= TUNING.alignedAlone[worth]) return true;
    return contextSimilarity(this.#c.old, pair.old, this.#c.new, pair.from, pair.to - 1) >= (this.#strict ? TUNING.strictContext : TUNING.alignedContext);
  }

  /** Whether no other lost line has a better claim to the place. */
  #isMutual(old: number, place: Place, worth: Worth): boolean {
    if (place.to - place.from > 1) return true;
    const c = this.#c;
    return c.removed.alike(c.new, place.from, TUNING.lookedAt[worth]).every(({ line: rival, similarity: alike }) => {
      if (rival === old) return true;
      const own = c.pairOf(rival);
      if (own && own.from !== place.from && own.similarity >= 0.6) return true;
      return this.#score(rival, place.from, place.from, worth, alike) <= place.score + TUNING.margin;
    });
  }

  /**
   * A line that alone says too little, next to lines that moved or changed together: it is where
   * they leave room for it.
   */
  #amongNeighbours(old: number): Fate | undefined {
    const c = this.#c;
    const up = this.#neighbourShift(old, -1);
    const down = this.#neighbourShift(old, 1);
    const agreed = up?.shift === down?.shift;
    for (const side of [up, down]) {
      if (!side) continue;
      const line = old + side.shift;
      if (!c.isAdded(line) || c.new.isBlank(line)) continue;
      const alike = similarity(c.old, old, c.new, line);
      if ((c.takenBy(line)?.similarity ?? 0) > alike) continue;
      if (alike >= (agreed ? TUNING.between : TUNING.beside)) return { kind: 'found', from: line, to: line + 1, score: (alike + 1) / 2 };
      // Between unchanged lines, only a single line can be said to have been replaced by another.
      if (agreed && !(up?.kept && down?.kept)) return { kind: 'replaced', from: line, to: line + 1, score: alike };
    }
    return undefined;
  }

  /** By how many lines the nearest neighbour on one side that can be trusted moved. */
  #neighbourShift(old: number, step: -1 | 1): { shift: number; kept: boolean } | undefined {
    for (const i of this.#c.old.neighbours(old, step, 3)) {
      if (Math.abs(i - old) > NEIGHBOURHOOD) return undefined;
      const fate = this.#ownFate(i);
      const kept = fate.kind === 'kept';
      if (kept || (fate.kind === 'found' && this.#c.old.isInformative(i))) return { shift: fate.from - i, kept };
    }
    return undefined;
  }
}
