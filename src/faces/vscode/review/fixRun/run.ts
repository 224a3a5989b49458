import type { ReviewItem, Severity } from '../../../../core/review/index.ts';

/** One comment as it was when a run began. */
export interface BatchComment {
  readonly id: string;
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly severity: Severity;
}

/** One run of an agent through the open comments of a repository. Plain JSON, so that it outlives the window. */
export interface FixRun {
  /** The agent's session, under which the journal has what it did. A UUID. */
  readonly session: string;
  /** Top of the work tree; absolute. */
  readonly root: string;
  readonly project: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Process of the terminal, to find it again after the window was reloaded. */
  readonly pid?: number;
  readonly batch: readonly BatchComment[];
}

export function toBatch(items: readonly ReviewItem[]): BatchComment[] {
  return items.map(({ id, text, file, range, severity }) => ({ id, text, file, line: range.start, severity }));
}

/** How many comments of the batch are no longer open. A comment that was removed is not open either. */
export function closedCount(run: FixRun, items: readonly ReviewItem[]): number {
  const open = new Set(items.filter((item) => item.state === 'todo').map((item) => item.id));
  return run.batch.filter(({ id }) => !open.has(id)).length;
}

export interface Transition {
  readonly item: string;
  readonly to: string;
  readonly at: number;
  readonly by: string;
}

/** What became of a comment: `done` by whom it says, `unverified` when no test is known to have passed. */
export type Fate = 'fixed' | 'doneByOthers' | 'unverified' | 'wontfix' | 'open' | 'removed';

export interface Outcome {
  readonly comment: BatchComment;
  readonly fate: Fate;
  /** As it is now; undefined when it was removed. */
  readonly item: ReviewItem | undefined;
}

/** What became of each comment of the batch, in its order. */
export function outcomesOf(run: FixRun, items: readonly ReviewItem[], transitions: readonly Transition[]): Outcome[] {
  return run.batch.map((comment) => {
    const item = items.find(({ id }) => id === comment.id);
    return { comment, item, fate: fateOf(run, item, transitions) };
  });
}

function fateOf(run: FixRun, item: ReviewItem | undefined, transitions: readonly Transition[]): Fate {
  if (!item) return 'removed';
  if (item.state === 'todo') return 'open';
  if (item.state === 'wontfix') return 'wontfix';
  if (!item.verified) return 'unverified';
  const closing = transitions.findLast(({ item: id, to, at }) => id === item.id && to === 'done' && at >= run.startedAt);
  return closing?.by === `session:${run.session}` ? 'fixed' : 'doneByOthers';
}

/** What is kept between windows is somebody else's data by the time it is read. */
export function parseRun(value: unknown): FixRun | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const run = value as Partial<FixRun>;
  const usable = typeof run.session === 'string' && typeof run.root === 'string' && typeof run.startedAt === 'number' && Array.isArray(run.batch);
  return usable ? (run as FixRun) : undefined;
}
