import { splitLines } from './lines.ts';
import type { LineRange, TextChange } from './types.ts';

/**
 * Moves a range along with what is typed in an open editor. Cheap, and blind to meaning: resolve
 * again after a pause, on save, on undo, and after a change that replaces the whole document.
 *
 * @param changes The content changes of one event, in any order. VS Code gives them in the positions
 *   of the document before the event, and they do not overlap.
 * @returns undefined when no character of the range is left; then resolve at once.
 */
export function followEdits(range: LineRange, changes: readonly TextChange[]): LineRange | undefined {
  // From the bottom up, no change moves the positions of those still to come.
  const upwards = [...changes].sort((x, y) => y.range.start.line - x.range.start.line || y.range.start.character - x.range.start.character);
  let followed: LineRange | undefined = { start: range.start - 1, end: range.end - 1 };
  for (const change of upwards) followed &&= followChange(followed, change);
  return followed && { start: followed.start + 1, end: followed.end + 1 };
}

/** The same for one change and a 0-based range. */
function followChange({ start, end }: LineRange, change: TextChange): LineRange | undefined {
  const { start: from, end: to } = change.range;
  const added = splitLines(change.text).length - 1;
  const shift = added - (to.line - from.line);
  if (from.line > end) return { start, end };
  if (to.line < start || (to.line === start && to.character === 0)) return { start: start + shift, end: end + shift };

  const beginsBefore = from.line < start || (from.line === start && from.character === 0);
  if (beginsBefore && to.line > end) return undefined;
  // What replaces text from the range's first character on stays in the range; what is left of a
  // first line whose beginning went together with lines above it ends up behind the new text.
  const newStart = from.line < start ? from.line + added : start;

  const isInsertion = from.line === to.line && from.character === to.character;
  let newEnd: number;
  // A new line after the last one: nearly always Enter at its end, which does not belong to it.
  if (isInsertion && from.line === end && from.character > 0) newEnd = end;
  else if (to.line <= end) newEnd = end + shift;
  // Whole lines up to the end of the range and no further: their replacement belongs to the range.
  else if (to.line === end + 1 && to.character === 0) newEnd = from.line + added - 1 + (from.character > 0 && added === 0 ? 1 : 0);
  else newEnd = from.character > 0 ? from.line : from.line - 1;
  return { start: newStart, end: Math.max(newStart, newEnd) };
}
