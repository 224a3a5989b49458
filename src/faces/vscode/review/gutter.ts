import type { ReviewItem } from '../../../core/review/index.ts';
import { byNeed, firstLine, iconOf, wantsAttention, type IconName } from './wording.ts';

const maxText = 60;

export interface GutterMark {
  /** 0-based. */
  readonly line: number;
  readonly icon: IconName;
  /** What stands at the end of the line; undefined where it would be in the way. */
  readonly text: string | undefined;
}

/**
 * What an editor shows of the comments in its file: one mark for each line that has some.
 * @param items The comments of this file.
 * @param quietLines 0-based lines without text at their end: those with a cursor.
 */
export function gutterMarks(items: readonly ReviewItem[], lineCount: number, quietLines: ReadonlySet<number>): GutterMark[] {
  const byLine = new Map<number, ReviewItem[]>();
  for (const item of items) {
    if (!wantsAttention(item) || item.range.start === 0) continue;
    // After a deletion and before the next look-up a comment can lie beyond the end.
    const line = Math.min(item.range.start, lineCount) - 1;
    const others = byLine.get(line);
    if (others) others.push(item);
    else byLine.set(line, [item]);
  }
  return [...byLine].map(([line, here]) => {
    const [first, ...more] = here.length > 1 ? here.sort(byNeed) : here;
    return { line, icon: first ? iconOf(first) : 'should', text: first && !quietLines.has(line) ? lineEndText(first, more.length) : undefined };
  });
}

function lineEndText(item: ReviewItem, more: number): string {
  const suffix = more > 0 ? ` (+${more})` : '';
  return firstLine(item.text, maxText - suffix.length) + suffix;
}
