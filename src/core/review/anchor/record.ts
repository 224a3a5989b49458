import { WheelhouseError } from '../../base/errors.ts';
import { CONTEXT_LINES } from './context.ts';
import { Lines, splitLines } from './lines.ts';
import type { Anchor, AnchorSource, LineRange } from './types.ts';

const QUOTED_LINES = 20;

/** The quote of an anchor: all lines, or of more than 20 the first 10 and the last 10. */
export function quoteOf(lines: readonly string[]): string {
  if (lines.length <= QUOTED_LINES) return lines.join('\n');
  return [...lines.slice(0, QUOTED_LINES / 2), ...lines.slice(-QUOTED_LINES / 2)].join('\n');
}

/**
 * Writes down what a comment is attached to.
 * @param text The whole text in the editor, saved or not.
 * @throws WheelhouseError `invalid-input` when the range does not lie within the text.
 */
export function recordAnchor(text: string, range: LineRange, source: AnchorSource): Anchor {
  const lines = new Lines(splitLines(text));
  const { start, end } = range;
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 1 || end < start || end > lines.count) {
    throw new WheelhouseError('invalid-input', `Lines ${start}–${end} do not exist in ${source.path}, which has ${lines.count}. Pick lines within the file.`);
  }
  return {
    ...source,
    range: { start, end },
    quote: quoteOf(lines.texts.slice(start - 1, end)),
    before: lines.neighbours(start - 1, -1, CONTEXT_LINES).map((i) => lines.text(i)).reverse(),
    after: lines.neighbours(end - 1, 1, CONTEXT_LINES).map((i) => lines.text(i)),
  };
}
