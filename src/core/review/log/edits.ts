import type { Edit } from './types.ts';

/**
 * Applies edits, given in any order, to the text they were made for. Insertions at one place keep
 * their order; at the start of a replaced span they come before the replacement.
 *
 * @throws Error when two edits overlap or one lies outside the text: a bug of the caller.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) {
      throw new Error(`edit [${edit.start}, ${edit.end}) overlaps another or lies outside the text`);
    }
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
