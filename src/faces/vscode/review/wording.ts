/** How comments are put into words and pictures: the same in the tree, the gutter, the hover and the quick picks. */
import type { ReviewItem } from '../../../core/review/index.ts';

/** A picture in `media/icons`, each in a light and a dark version. */
export type IconName = 'must' | 'should' | 'question' | 'nit' | 'verified' | 'unverified' | 'orphan';

export const severityNames: Readonly<Record<ReviewItem['severity'], string>> = { must: 'Must', should: 'Should', question: 'Question', nit: 'Nit' };

const severityOrder: readonly ReviewItem['severity'][] = ['must', 'should', 'question', 'nit'];

/** Open, and its code cannot be found. */
export function isOrphan(item: ReviewItem): boolean {
  return item.state === 'todo' && (item.status === 'orphan' || item.status === 'file-gone');
}

/** Whether somebody still has to do something about it: it is open, or done without evidence. */
export function wantsAttention(item: ReviewItem): boolean {
  return item.state === 'todo' || (item.state === 'done' && !item.verified);
}

export function iconOf(item: ReviewItem): IconName {
  if (isOrphan(item)) return 'orphan';
  if (item.state === 'todo') return item.severity;
  return item.state === 'done' && !item.verified ? 'unverified' : 'verified';
}

export function stateName(item: ReviewItem): string {
  if (item.state === 'todo') return isOrphan(item) ? 'Open, code not found' : 'Open';
  if (item.state === 'wontfix') return "Won't fix";
  return item.verified ? 'Done' : 'Done, not verified';
}

/** What must be done first comes first: open before unverified before done before declined, then by severity, file and line. */
export function byNeed(a: ReviewItem, b: ReviewItem): number {
  return rank(a) - rank(b) || severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) || byPlace(a, b);
}

export function byPlace(a: ReviewItem, b: ReviewItem): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.range.start - b.range.start || (a.id < b.id ? -1 : 1);
}

function rank(item: ReviewItem): number {
  if (item.state === 'todo') return 0;
  if (item.state === 'wontfix') return 3;
  return item.verified ? 2 : 1;
}

/** `src/store.ts:12` or `src/store.ts:12-14`. */
export function placeOf(item: ReviewItem): string {
  const { start, end } = item.range;
  if (start === 0) return item.file;
  return `${item.file}:${start}${end > start ? `-${end}` : ''}`;
}

/** The first line of a comment, cut to so many UTF-16 code units. */
export function firstLine(text: string, maxLength: number): string {
  const line = (text.trim().split('\n', 1)[0] ?? '').replace(/\s+/g, ' ').trim();
  if (line.length <= maxLength) return line;
  // Never half of a character that takes two code units.
  return `${line.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
}

/** `1 comment`, `3 comments`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
