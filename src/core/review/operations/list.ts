import type { ReviewContext } from '../context.ts';
import { readItems } from '../items.ts';
import type { LogEntry, ReviewState } from '../log/index.ts';
import type { ReviewItem } from '../model.ts';
import { projectName } from '../whereabouts.ts';

export interface ListFilter {
  /** Default `todo`. */
  readonly state?: ReviewState | 'all';
  /** Absolute path of a file, or of a folder with everything below it. */
  readonly path?: string;
  readonly project?: string;
  /** Only comments on files of the repository at hand. */
  readonly here?: boolean;
}

/** The comments that fit, in the order of the log. */
export async function listComments(context: ReviewContext, filter: ListFilter = {}): Promise<ReviewItem[]> {
  const state = filter.state ?? 'todo';
  const choose = (entry: LogEntry, here: boolean) =>
    (state === 'all' || entry.state === state) &&
    (filter.here !== true || here) &&
    (filter.project === undefined || (entry.project ?? (here ? projectName(context) : '')) === filter.project);
  const { items } = await readItems(context, choose);
  // A comment's file can have been renamed, so this is asked of the place that was found.
  const path = filter.path;
  return path === undefined ? items : items.filter((item) => item.path === path || item.path.startsWith(path + context.paths.sep));
}
