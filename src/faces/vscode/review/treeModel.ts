import type { ReviewItem } from '../../../core/review/index.ts';
import type { Filter, Grouping } from '../contributions.ts';
import { calendarDaysBetween, formatAge, toDate } from './age.ts';
import { byNeed, isOrphan, severityNames, stateName, wantsAttention } from './wording.ts';

export interface Group {
  /** Stable, so that a collapsed group stays collapsed. */
  readonly key: string;
  readonly label: string;
  /** For a group that is a file: its absolute path. */
  readonly path?: string;
  readonly items: readonly ReviewItem[];
}

export interface TreeQuestion {
  readonly by: Grouping;
  readonly filter: Filter;
  readonly now: Date;
  /** For the filters of that name: absolute paths. */
  readonly currentFile?: string | undefined;
  readonly changedFiles?: ReadonlySet<string>;
}

const orphans = 'orphans';
const ages = ['Today', 'Yesterday', 'This Week', 'This Month', 'Older'];

/** The comments that the tree shows. */
export function chooseItems(items: readonly ReviewItem[], { filter, currentFile, changedFiles }: Omit<TreeQuestion, 'by' | 'now'>): ReviewItem[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    // A comment that two open work trees have is one comment.
    if (seen.has(item.id)) return false;
    const wanted = fits(item, filter, currentFile, changedFiles);
    if (wanted) seen.add(item.id);
    return wanted;
  });
}

function fits(item: ReviewItem, filter: Filter, currentFile: string | undefined, changedFiles: ReadonlySet<string> | undefined): boolean {
  switch (filter) {
    case 'open':
      return item.state === 'todo';
    case 'currentFile':
      return wantsAttention(item) && item.path === currentFile;
    case 'changedFiles':
      return wantsAttention(item) && changedFiles?.has(item.path) === true;
    case 'all':
      return true;
    case 'none':
      return wantsAttention(item);
  }
}

/** Whether a filter hides comments that somebody still has to do something about. */
export function isFiltered(filter: Filter): boolean {
  return filter === 'open' || filter === 'currentFile' || filter === 'changedFiles';
}

/**
 * The tree: groups and, in each, comments by need. Groups too come in the order of the most urgent
 * comment in them, but for ages, which go back in time. Comments whose code is lost come last, in a
 * group of their own, whatever the rest is grouped by.
 */
export function groupItems(items: readonly ReviewItem[], question: TreeQuestion): Group[] {
  const groups = new Map<string, { label: string; path?: string; items: ReviewItem[] }>();
  for (const item of chooseItems(items, question).sort(byNeed)) {
    const { key, ...group } = isOrphan(item) ? { key: orphans, label: 'Code Not Found' } : groupOf(item, question);
    const known = groups.get(key);
    if (known) known.items.push(item);
    else groups.set(key, { ...group, items: [item] });
  }
  const order = [...groups].map(([key, group]) => ({ key, ...group }));
  if (question.by === 'age') order.sort((a, b) => ages.indexOf(a.key) - ages.indexOf(b.key));
  return [...order.filter(({ key }) => key !== orphans), ...order.filter(({ key }) => key === orphans)];
}

function groupOf(item: ReviewItem, { by, now }: TreeQuestion): { key: string; label: string; path?: string } {
  switch (by) {
    case 'file':
      return { key: item.path, path: item.path, label: baseName(item.file) };
    case 'state':
      return named(stateName(item));
    case 'severity':
      return named(severityNames[item.severity]);
    case 'age':
      return named(ageGroup(item, now));
  }
}

function named(label: string): { key: string; label: string } {
  return { key: label, label };
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function ageGroup(item: ReviewItem, now: Date): string {
  if (!item.created) return 'Older';
  const days = calendarDaysBetween(toDate(item.created), now);
  return ages[days <= 0 ? 0 : days === 1 ? 1 : days < 7 ? 2 : days < 31 ? 3 : 4] ?? 'Older';
}

/** What stands behind a comment's text: its line (with the file, where the group does not name it) and its age. */
export function describeItem(item: ReviewItem, by: Grouping, now: Date): string {
  const line = item.range.start;
  const inGroupOfFile = by === 'file' && !isOrphan(item);
  const name = inGroupOfFile ? '' : baseName(item.file);
  const place = line === 0 ? name : inGroupOfFile ? `line ${line}` : `${name}:${line}`;
  return [place, ...(item.created ? [formatAge(item.created, now)] : [])].filter((part) => part !== '').join(' · ');
}

/** The words that `when` clauses of menus look for. */
export function contextWords(item: ReviewItem): string {
  const words = ['comment', item.state];
  if (item.state === 'done') words.push(item.verified ? 'verified' : 'unverified');
  if (isOrphan(item)) words.push('orphan');
  return words.join(' ');
}
