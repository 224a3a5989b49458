/** What the user makes of prompts: ratings and notes, by the prompts' keys, so that they outlive every index. */
import type { Database } from '../ports/database.ts';
import type { JournalEntry } from '../ports/journal.ts';
import type { Projection } from '../storage/index.ts';

export type PromptEvent =
  /** 0 takes the rating away. */
  | { readonly type: 'prompts.rated'; readonly key: string; readonly rating: number }
  /** Empty takes the note away. */
  | { readonly type: 'prompts.noted'; readonly key: string; readonly note: string };

export const promptsProjection: Projection = {
  name: 'prompts',
  version: 1,
  schema: 'CREATE TABLE prompts_mark (key TEXT PRIMARY KEY, rating INTEGER, note TEXT, position INTEGER NOT NULL)',
  apply,
};

function apply(db: Database, entry: JournalEntry): void {
  const event = entry.event as unknown as PromptEvent | { readonly type: '' };
  if (event.type === 'prompts.rated') set(db, event.key, 'rating', isRating(event.rating) ? event.rating : null, entry.position);
  else if (event.type === 'prompts.noted') set(db, event.key, 'note', event.note === '' ? null : event.note, entry.position);
}

function set(db: Database, key: string, column: 'rating' | 'note', value: string | number | null, position: number): void {
  db.run(`INSERT INTO prompts_mark (key, ${column}, position) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET ${column} = ?2, position = ?3`, [key, value, position]);
}

export function isRating(stars: number): boolean {
  return Number.isInteger(stars) && stars >= 1 && stars <= 5;
}

/** What the user made of one prompt. */
export interface PromptMark {
  readonly key: string;
  /** 0 is unrated. */
  readonly rating: number;
  readonly note: string | undefined;
}

/** Another text after every change of a mark. */
export function marksVersion(db: Database): string {
  const [row] = db.all('SELECT count(*) AS count, max(position) AS last FROM prompts_mark');
  return `${String(row?.['count'])}.${String(row?.['last'] ?? 0)}`;
}

/** All of them, the one that was changed first first. */
export function promptMarks(db: Database): readonly PromptMark[] {
  return db.all('SELECT key, rating, note FROM prompts_mark ORDER BY position, key').map((row) => ({
    key: String(row['key']),
    rating: Number(row['rating'] ?? 0),
    note: typeof row['note'] === 'string' ? row['note'] : undefined,
  }));
}
