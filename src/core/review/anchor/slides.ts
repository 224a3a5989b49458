/*
 * A block that was inserted next to equal lines can be told from them in several ways: in
 * `f {x} f {x}` either half may be the new one. A diff picks one of them blindly.
 */
import { indentOf } from './lines.ts';

/** For lines of the old text that an insertion repeated: where they stand, and whether the whole insertion is a copy. */
export type Twins = Map<number, { readonly lines: Set<number>; copied: boolean }>;

/**
 * Moves every pure insertion or deletion to where it looks most like a whole block, and finds the
 * old lines that an insertion has duplicated.
 * Source: the idea of git's indent heuristic (Michael Haggerty, "diff: improve positioning of
 * add/delete blocks in diffs", 2016), with fewer and simpler costs.
 */
export function settleSlides(a: Int32Array, b: Int32Array, aText: readonly string[], bText: readonly string[], partner: Int32Array): Twins {
  const twins: Twins = new Map();
  let nextB = 0;
  for (let i = 0; i <= a.length; i++) {
    const j = i < a.length ? (partner[i] as number) : b.length;
    if (j < 0) continue;
    if (j > nextB && (i === 0 || (partner[i - 1] as number) === nextB - 1)) nextB = settleInsertion(a, b, bText, partner, twins, i, nextB, j);
    else nextB = j;
    nextB = i < a.length ? (partner[i] as number) + 1 : b.length;
  }
  settleDeletions(a, aText, partner);
  return twins;
}

/** New lines [b0, b1) stand between the old lines i-1 and i, which are paired with b0-1 and b1. */
function settleInsertion(a: Int32Array, b: Int32Array, bText: readonly string[], partner: Int32Array, twins: Twins, i: number, b0: number, b1: number): number {
  const size = b1 - b0;
  let up = 0;
  while (i - 1 - up >= 0 && partner[i - 1 - up] === b0 - 1 - up && b[b0 - 1 - up] === b[b1 - 1 - up]) up++;
  let down = 0;
  while (i + down < a.length && partner[i + down] === b1 + down && b[b0 + down] === b[b1 + down]) down++;
  if (up + down === 0) return b1;
  const best = bestShift(bText, b0, b1, up, down);
  if (best < 0) for (let s = 1; s <= -best; s++) partner[i - s] = b1 - s;
  for (let s = 0; s < best; s++) partner[i + s] = b0 + s;
  for (let s = -up; s < down; s++) {
    const both = twins.get(i + s) ?? { lines: new Set<number>(), copied: false };
    both.lines.add(b0 + s).add(b0 + s + size);
    both.copied ||= up + down >= size;
    twins.set(i + s, both);
  }
  return b1 + best;
}

/** Old lines [a0, a1) were deleted between two paired lines: slide the gap likewise. */
function settleDeletions(a: Int32Array, aText: readonly string[], partner: Int32Array): void {
  for (let a0 = 0; a0 < a.length; a0++) {
    if (partner[a0] !== -1) continue;
    let a1 = a0;
    while (a1 < a.length && partner[a1] === -1) a1++;
    const before = a0 > 0 ? (partner[a0 - 1] as number) : -1;
    const isPure = a1 < a.length && partner[a1] === before + 1;
    if (isPure) {
      let up = 0;
      while (a0 - 1 - up >= 0 && partner[a0 - 1 - up] === before - up && before - up >= 0 && a[a0 - 1 - up] === a[a1 - 1 - up]) up++;
      let down = 0;
      while (a1 + down < a.length && partner[a1 + down] === before + 1 + down && a[a0 + down] === a[a1 + down]) down++;
      const best = up + down === 0 ? 0 : bestShift(aText, a0, a1, up, down);
      for (let s = 1; s <= -best; s++) {
        partner[a1 - s] = partner[a0 - s] as number;
        partner[a0 - s] = -1;
      }
      for (let s = 0; s < best; s++) {
        partner[a0 + s] = partner[a1 + s] as number;
        partner[a1 + s] = -1;
      }
      a1 += Math.max(0, best);
    }
    a0 = a1;
  }
}

/** How far to slide the block [from, to): the least cost of its two edges, of equals the lowest. */
function bestShift(text: readonly string[], from: number, to: number, up: number, down: number): number {
  let best = 0;
  let bestCost = Infinity;
  for (let shift = -up; shift <= down; shift++) {
    const cost = edgeCost(text, from + shift) + edgeCost(text, to + shift);
    if (cost <= bestCost) {
      bestCost = cost;
      best = shift;
    }
  }
  return best;
}

const CLOSER = /^\s*(?:[\])}]|end\b|<\/)/;

/** How unlikely it is that a block begins or ends right above this line. */
function edgeCost(text: readonly string[], index: number): number {
  const line = text[index];
  if (line === undefined) return 0;
  const followsBlank = index === 0 || /^\s*$/.test(text[index - 1] ?? '');
  let next = index;
  while (next < text.length && next < index + 5 && /^\s*$/.test(text[next] as string)) next++;
  const indent = Math.min(indentOf(text[next] ?? ''), 40);
  return indent + (CLOSER.test(text[next] ?? '') ? 3 : 0) - (followsBlank ? 2 : 0) + (next > index ? 0.5 : 0);
}
