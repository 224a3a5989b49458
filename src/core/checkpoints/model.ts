/**
 * A checkpoint: what one session did up to one moment, as a note that the next session in the
 * repository reads. It is written from facts; what the session says of itself is added to them.
 */

/** What made it be written. */
export const triggers = ['asked', 'session', 'compact', 'end'] as const;
export type Trigger = (typeof triggers)[number];

/** What the session says of its work, over MCP or by whoever asks for the checkpoint. */
export interface Words {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly summary?: string;
  readonly next?: readonly string[];
  readonly decisions?: readonly string[];
}

export interface Command {
  /** One line, shortened. */
  readonly text: string;
  /** undefined while it has not ended, or when the agent does not tell. */
  readonly ok: boolean | undefined;
  readonly exitCode: number | undefined;
}

/** What the agent's own record tells: see `activity.ts`. */
export interface Activity {
  /** The first and the last word, milliseconds since the epoch. */
  readonly startedAt: number | undefined;
  readonly lastAt: number | undefined;
  /** What the user asked, the last ones; one line each. */
  readonly asked: readonly string[];
  readonly askedCount: number;
  /** The last commands that do more than look. */
  readonly commands: readonly Command[];
  readonly commandCount: number;
  /** Files that its editing tools changed, absolute. */
  readonly edited: readonly string[];
  readonly lastAnswer: string | undefined;
}

export interface ChangedFile {
  /** Relative to the repository; of others, absolute or with `~`. */
  readonly path: string;
  /** Lines; undefined for what git does not count, such as a new or a binary file. */
  readonly added: number | undefined;
  readonly removed: number | undefined;
  /** Whether the session's editing tools changed it. */
  readonly bySession: boolean;
}

export interface Commit {
  readonly id: string;
  readonly subject: string;
}

export interface OpenComment {
  readonly id: string;
  readonly severity: string;
  /** `file:line`. */
  readonly place: string;
  readonly text: string;
}

export interface Facts {
  readonly session: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly trigger: Trigger;
  /** Top of the work tree. */
  readonly root: string;
  readonly branch: string | undefined;
  /** Abbreviated. */
  readonly head: string | undefined;
  readonly activity: Activity;
  /** Since the session began. */
  readonly commits: readonly Commit[];
  readonly files: readonly ChangedFile[];
  /** Open review comments of the repository; the first ones, and how many there are. */
  readonly comments: readonly OpenComment[];
  readonly commentCount: number;
  /** What the session holds, and the barriers that it waits at. */
  readonly claims: readonly string[];
  readonly waitingAt: readonly string[];
  readonly words: Words | undefined;
}

/** Whether there is anything to tell. */
export function hasHappened({ activity, words }: Pick<Facts, 'activity' | 'words'>): boolean {
  return activity.askedCount > 0 || activity.commandCount > 0 || activity.edited.length > 0 || words !== undefined;
}

/** What two checkpoints of a session are compared by: equal texts, nothing has happened in between. */
export function stateOf({ activity, head, files, commits, words }: Facts): string {
  const { askedCount, commandCount, edited, commands, lastAnswer } = activity;
  return JSON.stringify([askedCount, commandCount, edited, commands, lastAnswer, head, files, commits, words && { ...words, at: 0 }]);
}
