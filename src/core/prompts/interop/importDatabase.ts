import { WheelhouseError, messageOf } from '../../base/errors.ts';
import type { Database, SqlRow, SqlValue } from '../../ports/database.ts';
import { promptKey } from '../identity.ts';
import type { PromptRecord, Rating } from '../model.ts';
import type { PromptEvent } from '../store.ts';
import { NEEDED_COLUMNS, fromSqlTime } from './databaseSchema.ts';
import { redact } from './redact.ts';

/** A prompt of prompt_tracker's, with what the user made of it there. */
export interface OriginalPrompt {
  readonly originalId: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
  /** Empty when unknown. */
  readonly project: string;
  /** The pasted parts as JSON. */
  readonly pasted: string;
  readonly rating: Rating | undefined;
  readonly note: string | undefined;
  /** When rating and note were last changed, milliseconds since the epoch. */
  readonly ratedAt: number | undefined;
}

export interface OriginalDatabase {
  /** In the order of time. */
  readonly prompts: readonly OriginalPrompt[];
  /** What was left out, in words for the user; empty when nothing was. */
  readonly skipped: readonly string[];
}

/** The greatest moment that a `Date` can hold. */
const LAST_MOMENT = 8.64e15;

/**
 * Reads a database of prompt_tracker.
 *
 * @param path For messages.
 * @throws WheelhouseError `invalid-input` when it is somebody else's or damaged.
 */
export function readOriginalDatabase(database: Database, path: string): OriginalDatabase {
  try {
    const hasPasted = checkedColumns(database, path);
    const [damage] = database.all('PRAGMA quick_check(1)');
    if (damage !== undefined && Object.values(damage)[0] !== 'ok') throw damaged(path, String(Object.values(damage)[0]));
    const prompts = database.all(`SELECT id, timestamp, display, project, ${hasPasted ? 'pasted_contents' : 'NULL AS pasted_contents'} FROM prompts ORDER BY timestamp, id`);
    const metadata = database.all('SELECT * FROM prompt_metadata');
    return joined(prompts, metadata);
  } catch (error) {
    if (error instanceof WheelhouseError) throw error;
    throw damaged(path, messageOf(error));
  }
}

/** @returns whether the prompts have pasted parts. */
function checkedColumns(database: Database, path: string): boolean {
  let hasPasted = false;
  for (const [table, needed] of Object.entries(NEEDED_COLUMNS)) {
    const columns = database.all(`PRAGMA table_info(${table})`).map((row) => row['name']);
    const missing = needed.find((name) => !columns.includes(name));
    if (missing !== undefined) {
      const what = columns.length === 0 ? `has no table ${table}` : `has no column ${table}.${missing}`;
      throw new WheelhouseError('invalid-input', `${path} is not a database of prompt_tracker: it ${what}. Give its instance.db, usually ~/.config/prompt_tracker/instance.db.`);
    }
    hasPasted ||= columns.includes('pasted_contents');
  }
  return hasPasted;
}

function damaged(path: string, what: string): WheelhouseError {
  return new WheelhouseError('invalid-input', `${path} cannot be read as a database: ${what.split('\n')[0] ?? ''}. Nothing was imported; mend it with \`sqlite3 ${path} .recover\` or take a backup.`);
}

function joined(prompts: readonly SqlRow[], metadata: readonly SqlRow[]): OriginalDatabase {
  const opinions = new Map<SqlValue | undefined, SqlRow>(metadata.map((row) => [row['prompt_id'], row]));
  const read: OriginalPrompt[] = [];
  let unusable = 0;
  for (const row of prompts) {
    const prompt = promptOf(row, opinions.get(row['id']));
    if (prompt === undefined) unusable++;
    else read.push(prompt);
  }
  const ids = new Set(prompts.map((row) => row['id']));
  const orphans = metadata.filter((row) => !ids.has(row['prompt_id'] ?? null)).length;
  return {
    prompts: read,
    skipped: [
      ...(unusable > 0 ? [`${unusable} rows without a usable time or text`] : []),
      ...(orphans > 0 ? [`${orphans} ratings of prompts that are not in the database`] : []),
    ],
  };
}

function promptOf(row: SqlRow, opinion: SqlRow | undefined): OriginalPrompt | undefined {
  const { id, timestamp, display, project, pasted_contents: pasted } = row;
  if (typeof id !== 'number' || typeof timestamp !== 'number' || typeof display !== 'string') return undefined;
  if (!Number.isInteger(timestamp) || Math.abs(timestamp) > LAST_MOMENT) return undefined;
  const note = opinion?.['note'];
  return {
    originalId: id,
    at: timestamp,
    text: display,
    project: typeof project === 'string' ? project : '',
    pasted: typeof pasted === 'string' && isObject(pasted) ? pasted : '{}',
    rating: ratingOf(opinion?.['rating']),
    note: typeof note === 'string' && note !== '' ? note : undefined,
    ratedAt: fromSqlTime(opinion?.['updated_at']),
  };
}

function ratingOf(value: SqlValue | undefined): Rating | undefined {
  return value === 1 || value === 2 || value === 3 || value === 4 || value === 5 ? value : undefined;
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** What the index and the journal are to take from a database. */
export interface ImportedPrompts {
  readonly records: readonly PromptRecord[];
  /** Ratings and notes by the keys of the records, in the order of time. */
  readonly events: readonly PromptEvent[];
}

/**
 * A database's prompts under the keys that the index knows them by. prompt_tracker keeps no session,
 * so the keys have none, which fits any.
 *
 * @param near The prompts of the index within some seconds of a time: `export-db` redacts secrets,
 *   and a prompt that comes back without them is still the same.
 */
export function importedPrompts({ prompts }: OriginalDatabase, near: (at: number) => Iterable<Pick<PromptRecord, 'key' | 'text'>> = () => []): ImportedPrompts {
  const records: PromptRecord[] = [];
  const events: PromptEvent[] = [];
  for (const { at, text, project, pasted, rating, note } of prompts) {
    const known = text.includes('[redacted: ') ? keyOfRedacted(text, near(at)) : undefined;
    const key = known ?? promptKey({ at, text, pasted, session: '' });
    if (known === undefined) records.push({ key, at, text, project, session: '', agent: 'claude', pasted });
    if (rating !== undefined) events.push({ type: 'prompts.rated', key, rating });
    if (note !== undefined) events.push({ type: 'prompts.noted', key, note });
  }
  return { records, events };
}

function keyOfRedacted(text: string, candidates: Iterable<Pick<PromptRecord, 'key' | 'text'>>): string | undefined {
  for (const { key, text: original } of candidates) if (redact(original) === text) return key;
  return undefined;
}
