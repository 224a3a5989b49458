import { Correspondence } from './correspondence.ts';
import type { Fate, Place } from './fate.ts';
import { Fates } from './fate.ts';
import { Lines, splitLines } from './lines.ts';
import { quoteOf } from './record.ts';
import { searchQuote } from './search.ts';
import type { Anchor, Candidate, LineRange, Resolution } from './types.ts';

/** Of a longer range, this many lines at either end are followed one by one. */
const FOLLOWED_AT_ENDS = 60;
/** The share of a range's text that has to be found again. */
const ENOUGH = 0.3;

/**
 * Finds where the anchors of one file are now.
 * @param anchors Anchors recorded on the same text.
 * @param snapshot That text; undefined when it is lost, then quote and context have to do.
 * @param current The file as it is now; undefined when there is no file.
 * @returns One resolution per anchor, in the same order.
 */
export function resolveAnchors(anchors: readonly Anchor[], snapshot: string | undefined, current: string | undefined): Resolution[] {
  if (current === undefined) return anchors.map(() => ({ status: 'file-gone', score: 0 }));
  // Not a text any more (and a NUL in both would be a file that nobody comments on).
  if (current.includes('\0') && !snapshot?.includes('\0')) return anchors.map(() => ({ status: 'orphan', score: 0, nearestLine: 1 }));
  const newTexts = splitLines(current);
  const oldTexts = snapshot === undefined ? undefined : splitLines(snapshot);
  let followed: { c: Correspondence; fates: Fates } | undefined;
  let searched: Lines | undefined;
  return anchors.map((anchor) => {
    // A snapshot that does not hold the quote is not the anchor's.
    if (oldTexts && quoteOf(oldTexts.slice(anchor.range.start - 1, anchor.range.end)) === anchor.quote) {
      if (snapshot === current) return { status: 'exact', range: anchor.range, score: 1 };
      if (!followed) {
        const c = new Correspondence(oldTexts, newTexts);
        followed = { c, fates: new Fates(c) };
      }
      return resolveRange(followed.c, followed.fates, anchor.range);
    }
    return resolveByQuote(anchor, (searched ??= new Lines(newTexts)));
  });
}

function resolveRange(c: Correspondence, fates: Fates, range: LineRange): Resolution {
  const followed: { line: number; fate: Fate }[] = [];
  for (let line = range.start - 1; line < range.end; line++) {
    if (line - range.start >= FOLLOWED_AT_ENDS && range.end - line > FOLLOWED_AT_ENDS) continue;
    if (!c.old.isBlank(line)) followed.push({ line, fate: fates.of(line) });
  }
  if (followed.length === 0) return resolveBlank(c, range);

  const weight = (line: number): number => 0.3 + c.old.words(line);
  const whole = followed.reduce((sum, { line }) => sum + weight(line), 0);
  const cluster = bestCluster(range, followed, weight);
  const found = cluster.reduce((sum, { line }) => sum + weight(line), 0);
  const first = cluster[0];
  const last = cluster.at(-1);
  if (!first || !last || found < ENOUGH * whole) return orphan(c, range, followed);

  const place = { start: first.place.from + 1, end: last.place.to };
  const score = cluster.reduce((sum, { line, place: { score: s } }) => sum + weight(line) * Math.min(1, s), 0) / whole;
  if (sameText(c, range, place)) {
    return place.start === range.start && place.end === range.end ? { status: 'exact', range: place, score: 1 } : { status: 'moved', range: place, score: Math.min(1, score) };
  }
  const replaced = followed.every(({ fate }) => fate.kind === 'replaced' || fate.kind === 'lost');
  return { status: replaced ? 'rewritten' : 'edited', range: place, score: Math.min(1, score) };
}

interface Located {
  readonly line: number;
  readonly place: Place;
}

/**
 * The lines of a range that stayed together: of the found ones, those in order and near one another
 * that carry the most text. A range that was torn apart is not stretched over everything between.
 */
function bestCluster(range: LineRange, followed: readonly { line: number; fate: Fate }[], weight: (line: number) => number): Located[] {
  const reach = range.end - range.start + 6;
  let best: Located[] = [];
  let bestWeight = 0;
  let open: Located[] = [];
  let openWeight = 0;
  const close = (): void => {
    if (openWeight > bestWeight) [best, bestWeight] = [open, openWeight];
    [open, openWeight] = [[], 0];
  };
  for (const { line, fate } of followed) {
    if (fate.kind === 'lost') continue;
    const previous = open.at(-1);
    if (previous && (fate.from < previous.place.from || fate.from - previous.place.to > reach + (line - previous.line))) close();
    open.push({ line, place: fate });
    openWeight += weight(line);
  }
  close();
  return best;
}

/** Nothing but blank lines was anchored: they are where their neighbours are. */
function resolveBlank(c: Correspondence, range: LineRange): Resolution {
  const start = c.partner[range.start - 1] ?? -1;
  const end = c.partner[range.end - 1] ?? -1;
  if (start < 0 || end - start !== range.end - range.start) return { status: 'orphan', score: 0, nearestLine: c.nearest(range.start - 1) + 1 };
  const place = { start: start + 1, end: end + 1 };
  return { status: place.start === range.start ? 'exact' : 'moved', range: place, score: 1 };
}

function orphan(c: Correspondence, range: LineRange, followed: readonly { line: number; fate: Fate }[]): Resolution {
  const candidates: Candidate[] = [];
  const heaviest = followed.reduce((x, y) => (c.old.words(y.line) > c.old.words(x.line) ? y : x));
  const places = heaviest.fate.kind === 'lost' ? heaviest.fate.candidates : [heaviest.fate];
  for (const { from, score } of places) {
    const start = Math.max(0, from - (heaviest.line - (range.start - 1)));
    candidates.push({ range: { start: start + 1, end: Math.min(start + 1 + range.end - range.start, c.new.count) }, score: Math.min(1, score) });
  }
  return { status: 'orphan', score: candidates[0]?.score ?? 0, nearestLine: c.nearest(heaviest.line) + 1, ...(candidates.length > 0 && { candidates }) };
}

function sameText(c: Correspondence, before: LineRange, after: LineRange): boolean {
  if (before.end - before.start !== after.end - after.start) return false;
  for (let k = 0; k <= before.end - before.start; k++) {
    if (c.old.text(before.start - 1 + k).trim() !== c.new.text(after.start - 1 + k).trim()) return false;
  }
  return true;
}

function resolveByQuote(anchor: Anchor, current: Lines): Resolution {
  const { place, candidates } = searchQuote(anchor, current);
  if (!place) {
    const nearestLine = Math.min(anchor.range.start, current.count);
    return { status: 'orphan', score: candidates[0]?.score ?? 0, nearestLine, ...(candidates.length > 0 && { candidates }) };
  }
  const { range } = place;
  if (quoteOf(current.texts.slice(range.start - 1, range.end)) !== anchor.quote) return { status: 'edited', ...place };
  return { status: range.start === anchor.range.start ? 'exact' : 'moved', ...place };
}
