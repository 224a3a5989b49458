/** Ways to follow a line: the obvious ones as baselines, and the product's. */
import { diffStretch, internLines } from '../../src/core/review/anchor/lineDiff.ts';
import type { Anchor, LineRange, Resolution } from '../../src/core/review/anchor/index.ts';
import { recordAnchor, resolveAnchors } from '../../src/core/review/anchor/index.ts';
import { dice, Lines } from '../../src/core/review/anchor/lines.ts';

/** Takes 1-based lines of one old text; gives where they are in the new text, or undefined for "gone or unknown". */
export type Method = (before: readonly string[], after: readonly string[], lines: readonly number[]) => Answer[];

/** Lines, 1-based and inclusive; more than one when a formatter wrapped the line. */
export type Answer = LineRange | undefined;

const oneLine = (line: number): LineRange => ({ start: line, end: line });

const byNumber: Method = (_, after, lines) => lines.map((line) => oneLine(Math.min(line, after.length)));

const byDiff: Method = (before, after, lines) => {
  const [a, b] = internLines(before, after, (line) => line);
  const partner = new Int32Array(a.length).fill(-1);
  diffStretch(a, b, { a0: 0, a1: a.length, b0: 0, b1: b.length }, partner);
  return lines.map((line) => ((partner[line - 1] as number) < 0 ? undefined : oneLine((partner[line - 1] as number) + 1)));
};

/** The line that resembles the quoted one most, three neighbours on either side counting as much as itself. */
const byQuote = (floor: number): Method => (before, after, lines) => {
  const old = new Lines(before);
  const current = new Lines(after);
  return lines.map((line) => {
    const quote = old.bigrams(line - 1);
    const around = [-1, 1].map((step) => old.neighbours(line - 1, step as -1 | 1, 3));
    let best = 0;
    let bestAt: number | undefined;
    for (let at = 0; at < current.count; at++) {
      if (current.isBlank(at)) continue;
      const own = old.squeezed(line - 1) === current.squeezed(at) ? 1 : dice(quote, current.bigrams(at));
      if (own < 0.3) continue;
      let context = 0;
      for (const [side, step] of [-1, 1].entries()) {
        const there = current.neighbours(at, step as -1 | 1, 3);
        for (const [k, i] of (around[side] as number[]).entries()) {
          if (there[k] !== undefined) context += dice(old.bigrams(i), current.bigrams(there[k])) / 6;
        }
      }
      const score = (own + context) / 2 - 0.01 * Math.abs(at / current.count - line / old.count);
      if (score > best) [best, bestAt] = [score, at + 1];
    }
    return best >= floor && bestAt !== undefined ? oneLine(bestAt) : undefined;
  });
};

export function anchorsOf(before: string, lines: readonly number[]): Anchor[] {
  return lines.map((line) => recordAnchor(before, { start: line, end: line }, { path: 'file', blob: '', dirty: false }));
}

export function resolveLines(before: readonly string[], after: readonly string[], lines: readonly number[], withSnapshot = true): Resolution[] {
  const old = before.join('\n');
  return resolveAnchors(anchorsOf(old, lines), withSnapshot ? old : undefined, after.join('\n'));
}

export const OURS = 'wheelhouse';

export const METHODS: Readonly<Record<string, Method>> = {
  'line number': byNumber,
  'diff only': byDiff,
  'quote, always attach': byQuote(0),
  'quote with floor': byQuote(0.6),
  'wheelhouse without snapshot': (before, after, lines) => resolveLines(before, after, lines, false).map(({ range }) => range),
  [OURS]: (before, after, lines) => resolveLines(before, after, lines).map(({ range }) => range),
};
