import type { Database } from '../ports/database.ts';
import type { JournalEntry, NewEvent } from '../ports/journal.ts';
import type { SmokeEvidence, SmokeHistory } from '../smoke/index.ts';
import type { Projection, Store } from '../storage/index.ts';
import type { Anchor } from './anchor/index.ts';
import type { ReviewState } from './log/index.ts';

/**
 * What the journal of a repository knows about review comments and the log does not say: where each
 * was attached, what states it went through, and which test made it done.
 */
export type ReviewEvent =
  | { readonly type: 'review.anchored'; readonly item: string; readonly anchor: Anchor }
  | { readonly type: 'review.changed'; readonly item: string; readonly from: ReviewState | null; readonly to: ReviewState }
  /** `closed` is the CLOSED time of the log at that moment: another one means that the entry was reopened since. */
  | { readonly type: 'review.verified'; readonly item: string; readonly evidence: SmokeEvidence; readonly closed: string | null }
  | { readonly type: 'review.removed'; readonly item: string; readonly raw: string; readonly before: string | null }
  | { readonly type: 'review.restored'; readonly item: string }
  | { readonly type: 'smoke.passed'; readonly evidence: SmokeEvidence };

export interface Transition {
  readonly item: string;
  readonly from: ReviewState | null;
  readonly to: ReviewState;
  readonly at: number;
  readonly by: string;
}

export interface Verification {
  readonly evidence: SmokeEvidence;
  readonly closed: string | null;
}

export interface Removal {
  readonly item: string;
  /** The entry as it stood in the log. */
  readonly raw: string;
  /** The id of the entry that followed it, to put it back in its place; null for the last one. */
  readonly before: string | null;
}

/** Who made a change that was only noticed in the log. */
export const ELSEWHERE = 'elsewhere';

export const reviewProjection: Projection = {
  name: 'review',
  version: 2,
  schema: `
    CREATE TABLE review_item (id TEXT PRIMARY KEY, state TEXT, anchor TEXT, evidence TEXT, closed TEXT);
    CREATE TABLE review_transition (position INTEGER PRIMARY KEY, item TEXT NOT NULL, from_state TEXT, to_state TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL);
    CREATE INDEX review_transition_item ON review_transition (item, position);
    CREATE TABLE review_removal (position INTEGER PRIMARY KEY, item TEXT NOT NULL, raw TEXT NOT NULL, before TEXT);
    CREATE TABLE smoke_pass (tree TEXT NOT NULL, command TEXT NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (tree, command));
  `,
  apply,
};

function apply(db: Database, entry: JournalEntry): void {
  const event = entry.event as unknown as ReviewEvent & { at: number; by: string };
  switch (event.type) {
    case 'review.anchored':
      db.run('INSERT INTO review_item (id, anchor) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET anchor = excluded.anchor', [event.item, JSON.stringify(event.anchor)]);
      return;
    case 'review.changed': {
      // Two processes that notice the same change both report it; the second report says nothing new.
      const known = db.all('SELECT state FROM review_item WHERE id = ?', [event.item])[0]?.['state'] ?? null;
      if (known === event.to) {
        if (event.from !== event.to && event.by !== ELSEWHERE) ownChange(db, event.item, event.by);
        return;
      }
      db.run('INSERT INTO review_item (id, state) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state, evidence = NULL, closed = NULL', [event.item, event.to]);
      db.run('INSERT INTO review_transition (position, item, from_state, to_state, at, by) VALUES (?, ?, ?, ?, ?, ?)', [entry.position, event.item, event.from, event.to, event.at, event.by]);
      return;
    }
    case 'review.verified':
      db.run('UPDATE review_item SET evidence = ?, closed = ? WHERE id = ?', [JSON.stringify(event.evidence), event.closed, event.item]);
      return;
    case 'review.removed':
      db.run('INSERT INTO review_removal (position, item, raw, before) VALUES (?, ?, ?, ?)', [entry.position, event.item, event.raw, event.before]);
      return;
    case 'review.restored':
      db.run('DELETE FROM review_removal WHERE item = ?', [event.item]);
      return;
    case 'smoke.passed':
      db.run('INSERT OR REPLACE INTO smoke_pass (tree, command, evidence) VALUES (?, ?, ?)', [event.evidence.tree, event.evidence.command, JSON.stringify(event.evidence)]);
  }
}

/** A change can be noticed in the log before the one who made it has told the journal: it is theirs all the same. */
function ownChange(db: Database, item: string, by: string): void {
  db.run('UPDATE review_transition SET by = ? WHERE by = ? AND position = (SELECT MAX(position) FROM review_transition WHERE item = ?)', [by, ELSEWHERE, item]);
}

/** The review tables of one repository, as questions. */
export class ReviewStore {
  readonly #store: Store;
  readonly #by: string;

  constructor(store: Store, by: string) {
    this.#store = store;
    this.#by = by;
  }

  /** Brings the tables up to what every process has written. */
  async refresh(): Promise<void> {
    await this.#store.refresh();
  }

  async append(events: readonly ReviewEvent[], by = this.#by): Promise<void> {
    if (events.length > 0) await this.#store.append(events.map((event): NewEvent => ({ ...event, by })));
  }

  anchors(): ReadonlyMap<string, Anchor> {
    const rows = this.#store.db.all('SELECT id, anchor FROM review_item WHERE anchor IS NOT NULL');
    return new Map(rows.map((row) => [String(row['id']), JSON.parse(String(row['anchor'])) as Anchor]));
  }

  states(): ReadonlyMap<string, ReviewState> {
    const rows = this.#store.db.all('SELECT id, state FROM review_item WHERE state IS NOT NULL');
    return new Map(rows.map((row) => [String(row['id']), row['state'] as ReviewState]));
  }

  verifications(): ReadonlyMap<string, Verification> {
    const rows = this.#store.db.all('SELECT id, evidence, closed FROM review_item WHERE evidence IS NOT NULL');
    return new Map(rows.map((row) => [String(row['id']), { evidence: JSON.parse(String(row['evidence'])) as SmokeEvidence, closed: row['closed'] as string | null }]));
  }

  /** All state changes, oldest first. */
  transitions(): readonly Transition[] {
    return this.#store.db
      .all('SELECT item, from_state, to_state, at, by FROM review_transition ORDER BY position')
      .map((row) => ({ item: String(row['item']), from: row['from_state'] as ReviewState | null, to: row['to_state'] as ReviewState, at: Number(row['at']), by: String(row['by']) }));
  }

  /** The newest removal that was not taken back, of one item or of any. */
  lastRemoval(item?: string): Removal | undefined {
    const row = this.#store.db.all('SELECT item, raw, before FROM review_removal WHERE ?1 IS NULL OR item = ?1 ORDER BY position DESC LIMIT 1', [item ?? null])[0];
    return row && { item: String(row['item']), raw: String(row['raw']), before: row['before'] as string | null };
  }

  /** The smoke tests that passed in this repository, by tree. */
  smokeHistory(): SmokeHistory {
    return {
      find: (tree, command) => {
        const row = this.#store.db.all('SELECT evidence FROM smoke_pass WHERE tree = ? AND command = ?', [tree, command])[0];
        return row && (JSON.parse(String(row['evidence'])) as SmokeEvidence);
      },
      record: (evidence) => this.append([{ type: 'smoke.passed', evidence }]),
    };
  }
}
