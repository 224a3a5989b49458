import { parseQuickInput, type QuickInput } from '../../../core/review/light.ts';
import type { ReviewItem } from '../../../core/review/index.ts';
import { toDate } from './age.ts';
import { plain } from './markdown.ts';
import { severityNames, stateName } from './wording.ts';

/** Reads a comment of several lines: marks and tags stand in its first line, the others are text as typed. */
export function parseThreadText(input: string): QuickInput {
  const [first = '', ...rest] = input.replace(/\r\n?/g, '\n').trim().split('\n');
  const { text, severity, tags } = parseQuickInput(first);
  return { text: [text, ...rest].join('\n').trim(), severity, tags };
}

/** One contribution to a conversation; `body` is Markdown in which the text stands as text. */
export interface ThreadEntry {
  readonly author: string;
  readonly body: string;
  readonly at: Date | undefined;
}

/** A comment with its conversation, as the thread shows it. */
export function threadEntries(item: ReviewItem): ThreadEntry[] {
  const entries: ThreadEntry[] = [
    { author: 'Reviewer', body: plain(item.text.trim()), at: item.created && toDate(item.created) },
    ...item.replies.map(({ author, text, at }) => ({ author, body: plain(text.trim()), at: toDate(at) })),
  ];
  if (item.state !== 'todo' && item.summary !== undefined) entries.push({ author: stateName(item), body: plain(item.summary.trim()), at: item.closed && toDate(item.closed) });
  return entries;
}

/** `Must · #perf`, and the state when it is not open. */
export function threadLabel(item: ReviewItem): string {
  return [severityNames[item.severity], ...item.tags.map((tag) => `#${tag}`), ...(item.state === 'todo' ? [] : [stateName(item)])].join(' · ');
}

/** Words for `when` clauses of the thread's menus. */
export function threadContext(item: ReviewItem): string {
  return `comment ${item.state}`;
}

/**
 * Whether a comment has a thread. The gutter marks every comment already, so a thread is for those
 * with a conversation, and for those that were written as one here; once there, it stays until the
 * window is reloaded.
 */
export function wantsThread(item: ReviewItem, known: ReadonlySet<string>): boolean {
  if (item.range.start === 0) return false;
  return known.has(item.id) || (item.state === 'todo' && item.replies.length > 0);
}
