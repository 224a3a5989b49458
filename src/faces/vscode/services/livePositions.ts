import type { ReviewItem } from '../../../core/review/index.ts';
// Needed at every key stroke, so it is loaded with this file, and none of the rest of the core.
import { followEdits, type TextChange } from '../../../core/review/light.ts';

interface DocumentChange {
  readonly contentChanges: readonly TextChange[];
}

/**
 * Moves the comments of a file along with an edit.
 * @returns All comments; whether one of them has no text left, and so must be looked up at once.
 */
export function followDocument(items: readonly ReviewItem[], path: string, change: DocumentChange): { items: readonly ReviewItem[]; moved: boolean; lost: boolean } {
  const state = { moved: false, lost: false };
  const followed = items.map((item) => {
    if (item.path !== path || item.range.start === 0) return item;
    const range = followEdits(item.range, change.contentChanges);
    if (!range) {
      state.lost = true;
      return item;
    }
    if (range.start === item.range.start && range.end === item.range.end) return item;
    state.moved = true;
    return { ...item, range };
  });
  return { items: followed, ...state };
}
