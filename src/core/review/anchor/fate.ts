import { ALIKE } from './align.ts';
import type { Pair } from './align.ts';
import type { Correspondence } from './correspondence.ts';
import type { Lines } from './lines.ts';
import { dice, similarity } from './lines.ts';
import { CONTEXT_LINES } from './record.ts';

/** New lines, 0-based and half-open, with how sure it is that they are the ones. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

/** What became of one old line. */
export type Fate =
  | ({ readonly kind: 'kept' | 'found' | 'replaced' } & Place)
  | { readonly kind: 'lost'; readonly candidates: readonly Place[] };

/**
 * The constants below were tuned on the tuning half of the corpus of `bench/anchors`.
 * "plain" holds for lines that say something, "poor" for the likes of "}" and "end".
 */
const TUNING = {
  /** A candidate elsewhere in the file has to be this similar to be looked at. */
  lookedAt: { plain: 0.34, poor: 0.99 },
  /** Share of the line's own text in the score; the rest is its neighbours'. */
  ownShare: { plain: 0.5, poor: 0.25 },
  accepted: { plain: 0.58, poor: 0.7 },
  /** A pair of the alignment is accepted from this similarity on even when its neighbours changed. */
  aligned: { plain: ALIKE, poor: 0.6 },
  /** From this similarity on a pair needs no context; below it, this much. */
  alikeAlone: { plain: 0.7, poor: 2 },
  someContext: 0.3,
  /** Distance to the second best that makes the best one clear. */
  margin: 0.03,
  sure: 0.9,
  inPlaceBonus: 0.1,
  proximityBonus: 0.03,
};
/** Weights of the first, second and third neighbour. */
const NEIGHBOUR_WEIGHTS = [0.5, 0.3, 0.2];

/** @param old Index of a non-blank line of the old text. */
export function fateOf(c: Correspondence, old: number): Fate {
  const fate = ownFate(c, old);
  if (fate.kind !== 'lost' || (c.partner[old] ?? -1) >= 0) return fate;
  return amongNeighbours(c, old) ?? fate;
}

/** How far the neighbours that tell where a line went may be away from it. */
const NEIGHBOURHOOD = 6;

/**
 * A line that alone says too little, between lines that moved or changed together: it is where they
 * leave room for it.
 */
function amongNeighbours(c: Correspondence, old: number): Fate | undefined {
  const change = c.changeAt(old);
  if (!change) return undefined;
  const shifts = [-1, 1].map((step) => {
    for (const i of c.old.neighbours(old, step as -1 | 1, 3)) {
      if (Math.abs(i - old) > NEIGHBOURHOOD) break;
      const fate = ownFate(c, i);
      if (fate.kind === 'found' && c.old.isInformative(i)) return { shift: fate.from - i, kept: false };
      if (fate.kind === 'kept') return { shift: fate.from - i, kept: true };
    }
    return undefined;
  });
  const [up, down] = shifts;
  for (const side of [up, down]) {
    if (!side) continue;
    const line = old + side.shift;
    const agreed = up?.shift === down?.shift;
    if (!c.isAdded(line) || c.new.isBlank(line)) continue;
    const taken = c.takenBy(line);
    const alike = similarity(c.old, old, c.new, line);
    if (taken && taken.similarity > alike) continue;
    if (alike >= (agreed ? 0.25 : 0.6)) return { kind: 'found', from: line, to: line + 1, score: (alike + 1) / 2 };
    // Between unchanged lines, only a single line can be said to have been replaced by another.
    if (agreed && !(up?.kept && down?.kept)) return { kind: 'replaced', from: line, to: line + 1, score: alike };
  }
  return undefined;
}

function ownFate(c: Correspondence, old: number): Fate {
  const kept = c.partner[old] ?? -1;
  if (kept >= 0) {
    const twins = c.twins.get(old);
    if (twins && (twins.copied || c.old.isInformative(old))) {
      return { kind: 'lost', candidates: [...twins.lines].map((line) => ({ from: line, to: line + 1, score: 1 })) };
    }
    return { kind: 'kept', from: kept, to: kept + 1, score: 1 };
  }
  const worth = c.old.isInformative(old) ? 'plain' : 'poor';
  const pair = c.pairOf(old);
  const places = candidatesFor(c, old, worth, pair);
  const best = places[0];
  const second = places[1];
  const clear = best && (best.score >= TUNING.sure || best.score - (second?.score ?? 0) >= TUNING.margin);
  if (best && clear && best.score >= TUNING.accepted[worth] && isMutual(c, old, best, worth)) return { kind: 'found', ...best };
  if (pair && pair.similarity >= TUNING.aligned[worth] && (pair.similarity >= TUNING.alikeAlone[worth] || contextSimilarity(c.old, old, c.new, pair.from, pair.to - 1) >= TUNING.someContext)) return { kind: 'found', from: pair.from, to: pair.to, score: pair.similarity };
  const change = c.changeAt(old);
  if (change && change.a1 - change.a0 === 1 && change.b1 - change.b0 === 1 && !c.new.isBlank(change.b0)) {
    return { kind: 'replaced', from: change.b0, to: change.b1, score: similarity(c.old, old, c.new, change.b0) };
  }
  return { kind: 'lost', candidates: places.slice(0, 5) };
}

/** The places that an old line may have gone to, best first. */
function candidatesFor(c: Correspondence, old: number, worth: 'plain' | 'poor', pair: Pair | undefined): Place[] {
  const places: Place[] = [];
  if (pair) {
    const context = contextSimilarity(c.old, old, c.new, pair.from, pair.to - 1);
    places.push({ from: pair.from, to: pair.to, score: combine(c, old, pair.from, worth, pair.similarity, context) + TUNING.inPlaceBonus });
  }
  const bigrams = c.old.bigrams(old);
  const squeezed = c.old.squeezed(old);
  const floor = TUNING.lookedAt[worth];
  for (const line of c.added) {
    if (pair && line >= pair.from && line < pair.to) continue;
    const other = c.new.bigrams(line);
    // The coefficient cannot exceed this.
    if (2 * Math.min(bigrams.length, other.length) < floor * (bigrams.length + other.length)) continue;
    const alike = c.new.squeezed(line) === squeezed ? 1 : dice(bigrams, other);
    if (alike < floor) continue;
    const taken = c.takenBy(line);
    if (taken && taken.similarity >= alike) continue;
    places.push({ from: line, to: line + 1, score: combine(c, old, line, worth, alike, contextSimilarity(c.old, old, c.new, line, line)) });
  }
  return places.sort((x, y) => y.score - x.score);
}

/** Whether no other lost line has a better claim to the place. */
function isMutual(c: Correspondence, old: number, place: Place, worth: 'plain' | 'poor'): boolean {
  if (place.to - place.from > 1) return true;
  const bigrams = c.new.bigrams(place.from);
  for (const change of c.changes) {
    for (let rival = change.a0; rival < change.a1; rival++) {
      if (rival === old || c.old.isBlank(rival)) continue;
      const own = c.pairOf(rival);
      if (own && own.from !== place.from && own.similarity >= 0.6) continue;
      const alike = c.old.squeezed(rival) === c.new.squeezed(place.from) ? 1 : dice(bigrams, c.old.bigrams(rival));
      if (alike < TUNING.lookedAt[worth]) continue;
      const claim = combine(c, rival, place.from, worth, alike, contextSimilarity(c.old, rival, c.new, place.from, place.from));
      if (claim > place.score + TUNING.margin) return false;
    }
  }
  return true;
}

function combine(c: Correspondence, old: number, line: number, worth: 'plain' | 'poor', alike: number, context: number): number {
  const share = TUNING.ownShare[worth];
  const distance = Math.abs(line / c.new.count - old / c.old.count);
  return share * alike + (1 - share) * context + TUNING.proximityBonus * (1 - distance);
}

/** How alike the non-blank neighbours of an old line and of a stretch of new lines are, 0 to 1. */
export function contextSimilarity(a: Lines, i: number, b: Lines, first: number, last: number): number {
  const up = sideSimilarity(a, a.neighbours(i, -1, CONTEXT_LINES), b, b.neighbours(first, -1, CONTEXT_LINES));
  const down = sideSimilarity(a, a.neighbours(i, 1, CONTEXT_LINES), b, b.neighbours(last, 1, CONTEXT_LINES));
  return Math.max((up + down) / 2, 0.85 * Math.max(up, down));
}

function sideSimilarity(a: Lines, above: readonly number[], b: Lines, other: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < CONTEXT_LINES; k++) {
    const i = above[k];
    const j = other[k];
    const weight = NEIGHBOUR_WEIGHTS[k] as number;
    // Both at the edge of the file: that is alike too.
    if (i === undefined && j === undefined) sum += weight;
    else if (i !== undefined && j !== undefined) sum += weight * similarity(a, i, b, j);
  }
  return sum;
}
