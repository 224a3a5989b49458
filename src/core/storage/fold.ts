import { isWheelhouseError, messageOf } from '../base/errors.ts';
import type { Database } from '../ports/database.ts';
import type { JournalEntry } from '../ports/journal.ts';
import type { Projection } from './projection.ts';

/** An event that a projection could not digest. */
export interface SkippedEvent {
  readonly position: number;
  readonly projection: string;
  readonly message: string;
}

/**
 * Folds the entries into the tables, all of them or (when it throws) none.
 *
 * One event that a projection chokes on must not keep everybody from everything else, for it will
 * be in the journal for ever: it is left out for that projection, and reported. As `apply` is
 * deterministic, every process leaves out the same.
 */
export function fold(db: Database, projections: readonly Projection[], entries: readonly JournalEntry[]): readonly SkippedEvent[] {
  if (entries.length === 0) return [];
  return unprotected(db, () => {
    try {
      db.transaction(() => {
        for (const entry of entries) {
          for (const projection of projections) projection.apply(db, entry);
        }
      });
      return [];
    } catch (error) {
      // Such as a database that grew too large: not the event's fault.
      if (isWheelhouseError(error)) throw error;
      return foldOneByOne(db, projections, entries);
    }
  });
}

function foldOneByOne(db: Database, projections: readonly Projection[], entries: readonly JournalEntry[]): readonly SkippedEvent[] {
  const skipped: SkippedEvent[] = [];
  db.transaction(() => {
    for (const entry of entries) {
      for (const projection of projections) {
        try {
          db.transaction(() => projection.apply(db, entry));
        } catch (error) {
          if (isWheelhouseError(error)) throw error;
          skipped.push({ position: entry.position, projection: projection.name, message: messageOf(error) });
        }
      }
    }
  });
  return skipped;
}

/** From here on the tables can only be read: what is in them comes from the journal. */
export function protect(db: Database): void {
  db.run('PRAGMA query_only = ON');
}

/** Runs `work`, which may write, and protects the tables again. */
export function unprotected<T>(db: Database, work: () => T): T {
  db.run('PRAGMA query_only = OFF');
  try {
    return work();
  } finally {
    protect(db);
  }
}
