/** The tables of cards, and rows as the model's objects. */
import type { SqlRow, SqlValue } from '../ports/database.ts';
import { fromTuple, type NoteContent, type ScheduleTuple } from './events.ts';
import type { Card, Confidence, Schedule } from './model.ts';

export const scheduleNames = ['algorithm', 'state', 'due', 'interval', 'ease', 'reps', 'lapses', 'box', 'stability', 'difficulty', 'last_review'] as const;

const scheduleColumns = 'algorithm TEXT NOT NULL, state TEXT NOT NULL, due INTEGER NOT NULL, interval REAL NOT NULL, ease REAL NOT NULL, reps INTEGER NOT NULL, lapses INTEGER NOT NULL, box INTEGER NOT NULL, stability REAL NOT NULL, difficulty REAL NOT NULL, last_review INTEGER';

/**
 * A card that is deleted, or that its note no longer makes, is not active but stays, for its history
 * and for undo. Reviews refer to cards by a number, for there are many of them; their schedule is the
 * one before the answer; their position is the journal's, and below 0 for imported ones. `counted` 0:
 * somebody else had answered meanwhile.
 */
export const schema = `
  CREATE TABLE cards_note (id TEXT PRIMARY KEY, question TEXT NOT NULL, answer TEXT NOT NULL, project TEXT NOT NULL, tags TEXT NOT NULL, notes TEXT NOT NULL, kind TEXT NOT NULL, source TEXT, origin TEXT, created INTEGER NOT NULL, modified INTEGER NOT NULL, schedule TEXT NOT NULL, operation TEXT NOT NULL, deleted TEXT);
  CREATE TABLE cards_card (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, note TEXT NOT NULL, ordinal INTEGER NOT NULL, project TEXT NOT NULL, active INTEGER NOT NULL, suspended INTEGER NOT NULL, flag INTEGER NOT NULL, reset INTEGER NOT NULL, ${scheduleColumns});
  CREATE INDEX cards_card_note ON cards_card (note, ordinal);
  CREATE INDEX cards_card_due ON cards_card (active, suspended, state, due);
  CREATE TABLE cards_review (position INTEGER PRIMARY KEY, card INTEGER NOT NULL, at INTEGER NOT NULL, confidence INTEGER NOT NULL, took INTEGER NOT NULL, counted INTEGER NOT NULL, first INTEGER NOT NULL, leech INTEGER NOT NULL, undone INTEGER NOT NULL, session TEXT, operation TEXT, ${scheduleColumns});
  CREATE INDEX cards_review_card ON cards_review (card);
  CREATE INDEX cards_review_at ON cards_review (at);
  CREATE TABLE cards_note_type (id INTEGER PRIMARY KEY, data TEXT NOT NULL);
  CREATE TABLE cards_settings (project TEXT PRIMARY KEY, settings TEXT NOT NULL);
  CREATE TABLE cards_operation (operation TEXT PRIMARY KEY, position INTEGER NOT NULL, what TEXT NOT NULL, count INTEGER NOT NULL, at INTEGER NOT NULL, undone INTEGER NOT NULL);
  CREATE TABLE cards_undo (position INTEGER PRIMARY KEY, operation TEXT NOT NULL, data TEXT NOT NULL);
  CREATE TABLE cards_quiz (session TEXT PRIMARY KEY, position INTEGER NOT NULL, at INTEGER NOT NULL, cards TEXT NOT NULL, options TEXT NOT NULL);
`;

/** The columns of a schedule, for SQL. */
export const scheduleList = scheduleNames.join(', ');

/** The values of a tuple, in the order of the columns: the tuple's own. */
export const scheduleValues = (tuple: ScheduleTuple): readonly SqlValue[] => tuple;

export function scheduleOf(row: SqlRow): Schedule {
  return fromTuple(scheduleNames.map((name) => row[name]) as unknown as ScheduleTuple);
}

export const noteColumns = ['question', 'answer', 'project', 'tags', 'notes', 'kind', 'source', 'origin'] as const satisfies readonly (keyof NoteContent)[];

/** A field of a note as its column has it. */
export function columnValue(name: keyof NoteContent, value: unknown): SqlValue {
  if (name === 'tags' || name === 'source' || name === 'origin') return value === null ? null : JSON.stringify(value);
  return String(value);
}

const parsed = (text: SqlValue | undefined): unknown => (typeof text === 'string' ? JSON.parse(text) : undefined);

/** What `cardOf` needs. */
export const cardSelect = `SELECT c.id, c.note, c.ordinal, c.suspended, c.flag, ${scheduleNames.map((name) => `c.${name}`).join(', ')}, n.question, n.answer, n.project, n.tags, n.notes, n.kind, n.source, n.origin, n.created, n.modified FROM cards_card c JOIN cards_note n ON n.id = c.note`;

export function cardOf(row: SqlRow): Card {
  return {
    id: String(row['id']),
    note: String(row['note']),
    ordinal: Number(row['ordinal']),
    ...contentOf(row),
    source: parsed(row['source']) as Card['source'],
    origin: parsed(row['origin']) as Card['origin'],
    createdAt: Number(row['created']),
    modifiedAt: Number(row['modified']),
    suspended: row['suspended'] === 1,
    flag: Number(row['flag']),
    schedule: scheduleOf(row),
  };
}

export function contentOf(row: SqlRow): NoteContent {
  return {
    question: String(row['question']),
    answer: String(row['answer']),
    project: String(row['project']),
    tags: (parsed(row['tags']) ?? []) as string[],
    notes: String(row['notes']),
    kind: row['kind'] as Card['kind'],
    source: (parsed(row['source']) ?? null) as NoteContent['source'],
    origin: (parsed(row['origin']) ?? null) as NoteContent['origin'],
  };
}

/** A kept answer. */
export interface ReviewRow {
  readonly position: number;
  readonly at: number;
  readonly confidence: Confidence;
  readonly tookMs: number;
  readonly counted: boolean;
  readonly first: boolean;
  readonly before: Schedule;
}

export function reviewOf(row: SqlRow): ReviewRow {
  return {
    position: Number(row['position']),
    at: Number(row['at']),
    confidence: Number(row['confidence']) as Confidence,
    tookMs: Number(row['took']),
    counted: row['counted'] === 1,
    first: row['first'] === 1,
    before: scheduleOf(row),
  };
}

/** The id of a card: see `Card`. */
export function cardId(note: string, ordinal: number): string {
  return ordinal === 0 ? note : `${note}.${ordinal + 1}`;
}
