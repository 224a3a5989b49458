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

/** An event as a caller gives it: the journal adds `id` and `at`. */
export interface NewEvent {
  readonly by: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface JournalEntry {
  readonly event: JournalEvent;
  /** Byte offset of the line's first byte: unique, rising, the event's fencing token. */
  readonly position: number;
}

export interface JournalRead {
  readonly entries: readonly JournalEntry[];
  /** Where the next read goes on: the byte after the last complete line. */
  readonly end: number;
  /** Complete lines that are not events, by byte offset. They are skipped, never rewritten. */
  readonly damaged: readonly number[];
}

/**
 * A totally ordered, append-only log that many processes write at once.
 * Once `append` has resolved, the events survive the death of this process.
 */
export interface Journal {
  /**
   * Writes all events in one write, in order.
   * @throws WheelhouseError `unwritable`; then none of them counts as written.
   */
  append(events: readonly NewEvent[]): Promise<readonly JournalEntry[]>;
  /** Reads the complete lines from a position that an earlier read gave (0 = the beginning). */
  read(from: number): Promise<JournalRead>;
  /** Called soon after anybody's append, this process's own included. */
  watch(listener: () => void): Disposable;
}
