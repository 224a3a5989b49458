import { reasonText } from './describe.ts';
import type { Session, SessionState } from './model.ts';
import type { Database } from '../ports/database.ts';
import type { JournalEntry, NewEvent } from '../ports/journal.ts';
import type { Projection } from '../storage/index.ts';

/** A change of state, as the journal of the session's repository keeps it. */
export interface SessionChanged {
  readonly type: 'sessions.changed';
  readonly session: string;
  readonly agent: string;
  /** null: it was not known before. */
  readonly from: SessionState | null;
  readonly to: SessionState;
  readonly reason: string;
  /** When the state began; the journal's own time is when that was noticed. */
  readonly since: number;
}

export interface SessionTransition {
  readonly session: string;
  readonly from: SessionState | null;
  readonly to: SessionState;
  readonly reason: string;
  readonly since: number;
}

/** The event for the journal; undefined when the state is the same. */
export function changeEvent(session: Session, from: SessionState | undefined, by: string): (NewEvent & SessionChanged) | undefined {
  const { state, reason, since } = session.verdict;
  if (from === state) return undefined;
  return { type: 'sessions.changed', by, session: session.id, agent: session.agent, from: from ?? null, to: state, reason: reasonText(reason), since };
}

export const sessionsProjection: Projection = {
  name: 'sessions',
  version: 1,
  schema: `
    CREATE TABLE sessions_state (session TEXT PRIMARY KEY, state TEXT NOT NULL, since INTEGER NOT NULL);
    CREATE TABLE sessions_transition (position INTEGER PRIMARY KEY, session TEXT NOT NULL, agent TEXT NOT NULL, from_state TEXT, to_state TEXT NOT NULL, reason TEXT NOT NULL, since INTEGER NOT NULL);
    CREATE INDEX sessions_transition_session ON sessions_transition (session, position);
  `,
  apply,
};

/**
 * Every window that sees a change reports it. The first report counts: one of the same state says
 * nothing new, and one of an earlier state than is known comes late. (A report that goes on from the
 * known state is believed whatever its time, for the clock may have been set back.)
 */
function apply(db: Database, entry: JournalEntry): void {
  if (entry.event.type !== 'sessions.changed') return;
  const event = entry.event as unknown as SessionChanged;
  const known = db.all('SELECT state, since FROM sessions_state WHERE session = ?', [event.session])[0];
  if (known && (known['state'] === event.to || (event.since <= Number(known['since']) && event.from !== known['state']))) return;
  db.run('INSERT INTO sessions_state (session, state, since) VALUES (?, ?, ?) ON CONFLICT (session) DO UPDATE SET state = excluded.state, since = excluded.since', [event.session, event.to, event.since]);
  const from = known ? String(known['state']) : event.from;
  db.run('INSERT INTO sessions_transition (position, session, agent, from_state, to_state, reason, since) VALUES (?, ?, ?, ?, ?, ?, ?)', [entry.position, event.session, event.agent, from, event.to, event.reason, event.since]);
}

/** The state changes of this repository's sessions, or of one of them, oldest first. */
export function sessionTransitions(db: Database, session?: string): readonly SessionTransition[] {
  return db.all('SELECT session, from_state, to_state, reason, since FROM sessions_transition WHERE ?1 IS NULL OR session = ?1 ORDER BY position', [session ?? null]).map((row) => ({
    session: String(row['session']),
    from: row['from_state'] as SessionState | null,
    to: row['to_state'] as SessionState,
    reason: String(row['reason']),
    since: Number(row['since']),
  }));
}
