import type { Database } from '../ports/database.ts';
import type { JournalEntry } from '../ports/journal.ts';

/**
 * The tables of one domain, as a function of the journal. Every process folds the same events in the
 * same order, so `apply` takes nothing from outside: no clock, no chance, no file. It ignores events
 * that it does not know. An event that makes it throw is skipped, by every process alike.
 */
export interface Projection {
  readonly name: string;
  /** Raise it when `apply` changes: older images are then rebuilt. A change of `schema` does so by itself. */
  readonly version: number;
  /** Statements that create the tables and indexes; their names start with the domain's. */
  readonly schema: string;
  apply(db: Database, entry: JournalEntry): void;
}
