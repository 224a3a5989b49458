import type { AbortSignalLike } from './processes.ts';

export interface LockOptions {
  /** Milliseconds to wait for others; default 10,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignalLike;
}

/** Mutual exclusion between all Wheelhouse processes that share a data folder, in order of arrival. */
export interface Locks {
  /**
   * Runs `work` while nobody else holds `resource` (any name; for a file, its real path).
   * Not re-entrant: taking the same resource inside `work` waits for itself and times out.
   * A holder that died is passed over at once.
   * @throws WheelhouseError `timeout` naming the holder, `cancelled`, or `unwritable`.
   */
  withLock<T>(resource: string, work: () => Promise<T> | T, options?: LockOptions): Promise<T>;
}
