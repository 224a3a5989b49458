import { bothSides, CONTEXT_LINES, weighted } from './context.ts';
import type { Lines } from './lines.ts';
import { bigramsOf, dice, squeeze, wordCharacters } from './lines.ts';
import type { Anchor, Candidate } from './types.ts';

/**
 * Without the old text it is unknown what was deleted, so a quote needs more to be believed than a
 * line of a diff does.
 */
const FLOOR = { plain: 0.72, poor: 0.82 };
const MARGIN = 0.04;
const LOOKED_AT = 0.34;

export interface Found {
  /** Present when one place is clearly the best. */
  readonly place?: Candidate;
  /** All that were close, best first. */
  readonly candidates: readonly Candidate[];
}

/** Looks for the quote of an anchor, with its context, in a text whose older version is not at hand. */
export function searchQuote(anchor: Anchor, current: Lines): Found {
  const quote = anchor.quote.split('\n').map(squeeze);
  const length = anchor.range.end - anchor.range.start + 1;
  // Of a long range only the first quoted half is looked for as a block.
  const head = length > quote.length ? quote.slice(0, quote.length / 2) : quote;
  const quoted = bigramsOf(head.join(''));
  const poor = head.every((line) => wordCharacters(line) < 6);
  const share = poor ? 0.25 : 0.5;
  const key = head.findIndex((line) => line === longest(head));
  const keyBigrams = bigramsOf(head[key] ?? '');
  const before = anchor.before.map((line) => bigramsOf(squeeze(line))).reverse();
  const after = anchor.after.map((line) => bigramsOf(squeeze(line)));

  const found: Candidate[] = [];
  for (let at = 0; at < current.count; at++) {
    if (head.length > 1 || head[0] !== current.squeezed(at)) {
      if (head[key] !== current.squeezed(at) && dice(keyBigrams, current.bigrams(at)) < LOOKED_AT) continue;
    }
    const first = at - key;
    const last = first + head.length - 1;
    if (first < 0 || last >= current.count) continue;
    let text = '';
    for (let i = first; i <= last; i++) text += current.squeezed(i);
    const own = text === head.join('') ? 1 : dice(quoted, bigramsOf(text));
    const end = Math.min(first + length - 1, current.count - 1);
    const up = weighted(before, current.neighbours(first, -1, CONTEXT_LINES), (there, here) => alike(there, current.bigrams(here)));
    const down = weighted(after, current.neighbours(end, 1, CONTEXT_LINES), (there, here) => alike(there, current.bigrams(here)));
    const context = bothSides(up, down);
    const score = share * own + (1 - share) * context;
    if (score > 0.4) found.push({ range: { start: first + 1, end: end + 1 }, score });
  }
  found.sort((x, y) => y.score - x.score);
  const [best, second] = found;
  const candidates = found.slice(0, 5);
  const floor = poor ? FLOOR.poor : FLOOR.plain;
  if (best && best.score >= floor && best.score - (second?.score ?? 0) >= MARGIN) return { place: best, candidates };
  return { candidates };
}

function longest(lines: readonly string[]): string {
  return lines.reduce((best, line) => (line.length > best.length ? line : best), '');
}

/** A one-character line ("}") has no bigrams; two of them count as the same. */
function alike(a: Uint32Array, b: Uint32Array): number {
  return a.length === 0 && b.length === 0 ? 1 : dice(a, b);
}
