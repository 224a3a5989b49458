/** From events to tables: a function of the journal, the same in every process. */
import type { Database, SqlValue } from '../ports/database.ts';
import type { JournalEntry } from '../ports/journal.ts';
import type { Projection } from '../storage/index.ts';
import { type CardChange, type CardData, type CardsEvent, type CardState, type NoteChange, type NoteContent, type NoteData, type ScheduleTuple } from './events.ts';
import { ordinalsOf } from './faces.ts';
import type { CardKind } from './model.ts';
import type { DeckSettings } from './settings.ts';
import { cardId, columnValue, noteColumns, schema, scheduleList, scheduleNames, scheduleValues } from './tables.ts';

export const cardsProjection: Projection = { name: 'cards', version: 1, schema, apply };

interface Stamp {
  readonly position: number;
  readonly at: number;
}

function apply(db: Database, entry: JournalEntry): void {
  if (!entry.event.type.startsWith('cards.')) return;
  const event = entry.event as unknown as CardsEvent & { readonly at: number };
  const stamp: Stamp = { position: entry.position, at: event.at };
  switch (event.type) {
    case 'cards.created':
      for (const note of event.notes) create(db, note, event.operation);
      { note(db, stamp, event.operation, 'created', event.notes.length); return; }
    case 'cards.changed':
      for (const change of event.notes) changeNote(db, change.note, change.after, undefined, event.at);
      keep(db, stamp, event.operation, { notes: event.notes });
      { note(db, stamp, event.operation, 'changed', event.notes.length); return; }
    case 'cards.deleted':
      for (const id of event.notes) {
        db.run('UPDATE cards_note SET deleted = ? WHERE id = ? AND deleted IS NULL', [event.operation, id]);
        settle(db, id);
      }
      { note(db, stamp, event.operation, 'deleted', event.notes.length); return; }
    case 'cards.scheduled':
      for (const change of event.cards) setCard(db, change.card, change.after);
      if (event.what === 'reset') for (const { card } of event.cards) db.run('UPDATE cards_card SET reset = ? WHERE id = ?', [stamp.position, card]);
      keep(db, stamp, event.operation, { cards: event.cards });
      { note(db, stamp, event.operation, event.what, event.cards.length); return; }
    case 'cards.reviewed':
      { review(db, event, stamp); return; }
    case 'cards.configured':
      configure(db, event.project, event.after);
      keep(db, stamp, event.operation, { project: event.project, before: event.before, after: event.after });
      { note(db, stamp, event.operation, 'configured', 1); return; }
    case 'cards.quizStarted':
      // A quiz that nobody came back to for a month is over.
      db.run('DELETE FROM cards_quiz WHERE at < ?', [event.at - 30 * 86_400_000]);
      db.run('INSERT OR IGNORE INTO cards_quiz (session, position, at, cards, options) VALUES (?, ?, ?, ?, ?)', [event.session, stamp.position, event.at, JSON.stringify(event.cards), event.options]);
      return;
    case 'cards.noteTypes':
      for (const type of event.noteTypes) db.run('INSERT OR REPLACE INTO cards_note_type (id, data) VALUES (?, ?)', [type.id, JSON.stringify(type)]);
      return;
    case 'cards.undone':
      { undo(db, event.operation, event.at); return; }
  }
}

/** What the user did at once, for undo and for its name. */
function note(db: Database, { position, at }: Stamp, operation: string, what: string, count: number): void {
  db.run('INSERT INTO cards_operation (operation, position, what, count, at, undone) VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (operation) DO UPDATE SET count = CASE what WHEN excluded.what THEN count ELSE 0 END + excluded.count, what = excluded.what, position = excluded.position', [operation, position, what, count, at]);
}

interface Kept {
  readonly notes?: readonly NoteChange[];
  readonly cards?: readonly CardChange[];
  readonly project?: string | null;
  readonly before?: Partial<DeckSettings>;
  readonly after?: Partial<DeckSettings>;
}

function keep(db: Database, { position }: Stamp, operation: string, data: Kept): void {
  db.run('INSERT INTO cards_undo (position, operation, data) VALUES (?, ?, ?)', [position, operation, JSON.stringify(data)]);
}

/** Two processes may give the same id in the same second: the first has it, and the other notices. */
function create(db: Database, data: NoteData, operation: string): void {
  if (db.all('SELECT 1 FROM cards_note WHERE id = ?', [data.note]).length > 0) return;
  db.run(`INSERT INTO cards_note (id, ${noteColumns.join(', ')}, created, modified, schedule, operation) VALUES (?, ${noteColumns.map(() => '?').join(', ')}, ?, ?, ?, ?)`, [
    data.note,
    ...noteColumns.map((name) => columnValue(name, data[name])),
    data.createdAt,
    data.modifiedAt,
    JSON.stringify(data.schedule),
    operation,
  ]);
  for (const ordinal of ordinalsOf(data.kind, data.question)) addCard(db, data, ordinal, data.schedule, data.cards?.find((card) => card.ordinal === ordinal));
}

function addCard(db: Database, { note, project }: { note: string; project: string }, ordinal: number, schedule: ScheduleTuple, data?: CardData): void {
  const values = scheduleValues(data?.schedule ?? schedule);
  const known = [cardId(note, ordinal), note, ordinal, project, data?.suspended === true ? 1 : 0, data?.flag ?? 0];
  db.run(`INSERT INTO cards_card (id, note, ordinal, project, active, suspended, flag, reset, ${scheduleList}) VALUES (?, ?, ?, ?, 1, ?, ?, 0, ${values.map(() => '?').join(', ')})`, [...known, ...values]);
  if (data?.reviews === undefined || data.reviews.length === 0) return;
  const key = db.all('SELECT key FROM cards_card WHERE id = ?', [cardId(note, ordinal)])[0]?.['key'] ?? 0;
  let position = Math.min(0, Number(db.all('SELECT min(position) AS least FROM cards_review')[0]?.['least'] ?? 0));
  for (const [at, confidence, took, before, first] of data.reviews) {
    position--;
    addReview(db, { position, at }, key, confidence, took, { counted: 1, first: first ? 1 : 0, leech: 0 }, null, null, before);
  }
}

function addReview(db: Database, { position, at }: Stamp, card: SqlValue, confidence: number, took: number, { counted, first, leech }: { counted: number; first: number; leech: number }, session: string | null, operation: string | null, before: ScheduleTuple): void {
  const values = scheduleValues(before);
  db.run(`INSERT INTO cards_review (position, card, at, confidence, took, counted, first, leech, undone, session, operation, ${scheduleList}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ${values.map(() => '?').join(', ')})`, [position, card, at, confidence, took, counted, first, leech, session, operation, ...values]);
}

/** Sets fields of a note; with `expected`, only those that still are what they were then. */
function changeNote(db: Database, id: string, fields: Partial<NoteContent>, expected: Partial<NoteContent> | undefined, at: number): void {
  const row = db.all(`SELECT ${noteColumns.join(', ')} FROM cards_note WHERE id = ?`, [id])[0];
  if (!row) return;
  for (const name of noteColumns) {
    if (!(name in fields)) continue;
    if (expected !== undefined && row[name] !== columnValue(name, expected[name])) continue;
    db.run(`UPDATE cards_note SET ${name} = ?, modified = ? WHERE id = ?`, [columnValue(name, fields[name]), at, id]);
  }
  settle(db, id);
}

/** Gives a note the cards that it makes now. */
function settle(db: Database, id: string): void {
  const row = db.all('SELECT question, project, kind, deleted, schedule FROM cards_note WHERE id = ?', [id])[0];
  if (!row) return;
  const project = String(row['project']);
  const wanted = row['deleted'] === null ? ordinalsOf(row['kind'] as CardKind, String(row['question'])) : [];
  const there = db.all('SELECT ordinal FROM cards_card WHERE note = ?', [id]).map((card) => Number(card['ordinal']));
  for (const ordinal of wanted) if (!there.includes(ordinal)) addCard(db, { note: id, project }, ordinal, JSON.parse(String(row['schedule'])) as ScheduleTuple);
  for (const ordinal of there) db.run('UPDATE cards_card SET active = ?, project = ? WHERE note = ? AND ordinal = ?', [wanted.includes(ordinal) ? 1 : 0, project, id, ordinal]);
}

const setSchedule = `UPDATE cards_card SET ${scheduleNames.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`;

/** Sets what `state` has; with `expected`, only what still is as it was then. */
function setCard(db: Database, id: string, state: CardState, expected?: CardState): void {
  const row = db.all(`SELECT suspended, flag, ${scheduleList} FROM cards_card WHERE id = ?`, [id])[0];
  if (!row) return;
  const was = expected ?? {};
  const { schedule, suspended, flag } = state;
  if (schedule && (!was.schedule || scheduleNames.every((name, i) => row[name] === was.schedule?.[i]))) db.run(setSchedule, [...scheduleValues(schedule), id]);
  if (suspended !== undefined && (was.suspended === undefined || row['suspended'] === Number(was.suspended))) db.run('UPDATE cards_card SET suspended = ? WHERE id = ?', [Number(suspended), id]);
  if (flag !== undefined && (was.flag === undefined || row['flag'] === was.flag)) db.run('UPDATE cards_card SET flag = ? WHERE id = ?', [flag, id]);
}

/** The first of two answers to the same state of a card counts; the other is kept as one that does not. */
function review(db: Database, event: Extract<CardsEvent, { type: 'cards.reviewed' }>, stamp: Stamp): void {
  const card = db.all('SELECT key, algorithm, reps, last_review FROM cards_card WHERE id = ?', [event.card])[0];
  if (!card) return;
  const [algorithm, , , , , reps, , , , , lastReview] = event.before;
  const counted = card['algorithm'] === algorithm && card['reps'] === reps && card['last_review'] === lastReview;
  const marks = { counted: Number(counted), first: Number(counted && event.first), leech: Number(counted && event.leech === true) };
  // The moment of the answer, which the schedule has too; the journal's own is a little later.
  const at = event.after[10] ?? stamp.at;
  addReview(db, { ...stamp, at }, card['key'] ?? 0, event.confidence, event.tookMs, marks, event.session ?? null, event.operation ?? null, event.before);
  if (!counted) return;
  db.run(setSchedule, [...scheduleValues(event.after), event.card]);
  if (event.leech === true) db.run('UPDATE cards_card SET suspended = 1 WHERE id = ?', [event.card]);
}

const scopeOf = (project: string | null) => (project === null ? '*' : `=${project}`);

function configure(db: Database, project: string | null, settings: Partial<DeckSettings>): void {
  db.run('INSERT INTO cards_settings (project, settings) VALUES (?, ?) ON CONFLICT (project) DO UPDATE SET settings = excluded.settings', [scopeOf(project), JSON.stringify(settings)]);
}

export function ownSettings(db: Database, project: string | null): Partial<DeckSettings> {
  const text = db.all('SELECT settings FROM cards_settings WHERE project = ?', [scopeOf(project)])[0]?.['settings'];
  return typeof text === 'string' ? (JSON.parse(text) as Partial<DeckSettings>) : {};
}

export const reviewOperation = (position: number): string => `review:${position}`;

function undo(db: Database, operation: string, at: number): void {
  const single = /^review:(\d+)$/.exec(operation)?.[1];
  const reviews = single === undefined ? db.all('SELECT position FROM cards_review WHERE operation = ? AND undone = 0 ORDER BY position DESC', [operation]) : [{ position: Number(single) }];
  for (const row of reviews) undoReview(db, Number(row['position']));
  if (single !== undefined) return;

  for (const row of db.all('SELECT data FROM cards_undo WHERE operation = ? ORDER BY position DESC', [operation])) {
    const { notes = [], cards = [], project, before, after } = JSON.parse(String(row['data'])) as Kept;
    for (const change of notes) changeNote(db, change.note, change.before, change.after, at);
    for (const change of cards) setCard(db, change.card, change.before, change.after);
    if (project !== undefined && JSON.stringify(ownSettings(db, project)) === JSON.stringify(after)) configure(db, project, before ?? {});
  }
  for (const { id } of db.all('SELECT id FROM cards_note WHERE deleted = ?', [operation]) as { id: string }[]) {
    db.run('UPDATE cards_note SET deleted = NULL WHERE id = ?', [id]);
    settle(db, id);
  }
  for (const { id } of db.all('SELECT id FROM cards_note WHERE operation = ? AND deleted IS NULL', [operation]) as { id: string }[]) {
    db.run('UPDATE cards_note SET deleted = ? WHERE id = ?', [`undone ${operation}`, id]);
    settle(db, id);
  }
  db.run('UPDATE cards_operation SET undone = 1 WHERE operation = ?', [operation]);
  db.run('DELETE FROM cards_undo WHERE operation = ?', [operation]);
}

/** The card stands where it stood before the answer, unless it went on since. */
function undoReview(db: Database, position: number): void {
  const review = db.all(`SELECT card, at, counted, leech, ${scheduleList} FROM cards_review WHERE position = ? AND undone = 0`, [position])[0];
  if (!review) return;
  db.run('UPDATE cards_review SET undone = 1 WHERE position = ?', [position]);
  const card = db.all('SELECT id, reps, last_review, algorithm FROM cards_card WHERE key = ?', [review['card'] ?? 0])[0];
  const untouched = card && card['last_review'] === review['at'] && card['reps'] === Number(review['reps']) + 1 && card['algorithm'] === review['algorithm'];
  if (review['counted'] !== 1 || !untouched) return;
  db.run(setSchedule, [...scheduleNames.map((name) => review[name] ?? null), card['id'] ?? '']);
  if (review['leech'] === 1) db.run('UPDATE cards_card SET suspended = 0 WHERE id = ?', [card['id'] ?? '']);
}
