import type { Disposable } from '../base/disposable.ts';

/** One thing that happened. Further fields belong to the event's type. */
export interface JournalEvent {
  readonly id: string;
  /** Milliseconds since the epoch, UTC, by the writer's clock: for display; order is the order of lines. */
  readonly at: number;
  /** Who did it: `user`, `cli`, or `session:<id>`. */
  readonly by: string;
  /** `<domain>.<what>`, such as `review.anchored`. */
  readonly type: string;
  readonly [field: string]: unknown;
}

/** An event as a caller gives it: the journal adds `id` and `at`. Its fields must survive JSON. */
export interface NewEvent {
  readonly by: string;
  readonly type: string;
  /** These two are the journal's own; name the id of a thing after the thing (`cardId`). */
  readonly id?: never;
  readonly at?: never;
  readonly [field: string]: unknown;
}

export interface JournalEntry {
  readonly event: JournalEvent;
  /** Place in the order of the log: unique, rising, never reused; the event's fencing token. */
  readonly position: number;
}

export interface JournalRead {
  readonly entries: readonly JournalEntry[];
  /** Where the next read goes on: the byte after the last complete line that was read. */
  readonly end: number;
  /** Whether there are more complete lines to read now. */
  readonly more: boolean;
  /** Complete lines that are not events, by byte offset. They are skipped, never rewritten. */
  readonly damaged: readonly number[];
  /**
   * Which log was read. It changes when the log was replaced under our feet (a restored backup, a
   * synchronised folder); then, or when `end` is below the position asked for, what was read before
   * is void and the reader starts again from 0. Empty when there is no log yet.
   */
  readonly log: string;
}

/**
 * A totally ordered, append-only log that many processes write at once.
 * Once `append` has resolved, the events survive the death of this process.
 */
export interface Journal {
  /**
   * Adds all events, in order and next to each other, or none of them.
   * @throws WheelhouseError `unwritable` when they could not be written, and then they never appear;
   *   `invalid-input` when they are too large for one record.
   */
  append(events: readonly NewEvent[]): Promise<readonly JournalEntry[]>;
  /**
   * Reads complete lines from a position that an earlier read gave as `end` (0 = the beginning): a
   * bounded number of them, so go on while `more`. An event of unknown type or with unknown fields
   * is given like any other; who does not know it ignores it.
   * @throws WheelhouseError `unreadable`.
   */
  read(from: number): Promise<JournalRead>;
  /**
   * A mark of the log's content up to `end`, for recognising later that it is still the same log;
   * undefined when the log is shorter than that.
   */
  fingerprint(end: number): Promise<string | undefined>;
  /** Called soon after anybody's append, this process's own included. */
  watch(listener: () => void): Disposable;
}
