import type { ReviewItem } from '../../../core/review/index.ts';
import { byPlace, wantsAttention } from './wording.ts';

/**
 * The comment that follows (or precedes) a place: down the file, then through the other files in
 * the order of their paths, and around.
 * @param from The cursor; undefined when no file is open.
 */
export function neighbour(items: readonly ReviewItem[], from: { path: string; line: number } | undefined, direction: 'next' | 'previous'): ReviewItem | undefined {
  const order = items.filter((item) => wantsAttention(item) && item.status !== 'file-gone').sort(byPlace);
  if (direction === 'previous') order.reverse();
  if (!from) return order[0];
  const isBeyond = (item: ReviewItem) => {
    const way = item.path === from.path ? item.range.start - from.line : item.path < from.path ? -1 : 1;
    return direction === 'next' ? way > 0 : way < 0;
  };
  return order.find(isBeyond) ?? order[0];
}
