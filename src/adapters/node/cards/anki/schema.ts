/** Note types and decks of a collection, by its schema: 11 has them as JSON, 15 and later as tables. */
import { messageOf, WheelhouseError } from '../../../../core/base/errors.ts';
import type { AnkiNoteType } from '../../../../core/cards/index.ts';
import type { Database, DatabaseFactory, SqlRow } from '../../../../core/ports/database.ts';
import { numberField, textField } from './protobuf.ts';
import { damaged } from './zip.ts';

const needed = ['col', 'notes', 'cards', 'revlog'];
const newer = ['notetypes', 'fields', 'templates', 'decks'];

export interface OpenCollection {
  readonly database: Database;
  readonly isNewer: boolean;
  /** `col.crt`, seconds. */
  readonly created: number;
}

/** @throws WheelhouseError `invalid-input`. */
export async function openCollection(databases: DatabaseFactory, image: Uint8Array): Promise<OpenCollection> {
  let database: Database;
  try {
    database = await databases.open(image);
  } catch (error) {
    if (error instanceof WheelhouseError) throw error;
    throw damaged('its collection is no database', error);
  }
  try {
    const tables = new Map(database.all("SELECT name, sql FROM sqlite_master WHERE type = 'table'").map((row) => [String(row['name']), String(row['sql'])]));
    // A view or a virtual table under a table's name could run for ever.
    const isThere = (name: string) => /^CREATE TABLE/i.test(tables.get(name) ?? '');
    if (!needed.every(isThere)) throw damaged('its collection has not the tables of Anki');
    const isNewer = newer.every(isThere);
    if (isNewer) database = await withoutUnicase(databases, database);
    const [col] = database.all('SELECT crt, ver FROM col');
    const version = Number(col?.['ver']);
    if (!isNewer && version !== 11) throw new WheelhouseError('invalid-input', `The collection has version ${version}, which is not known here. Export it from Anki with "Support older Anki versions".`);
    return { database, isNewer, created: Number(col?.['crt']) };
  } catch (error) {
    database.close();
    throw readError(error);
  }
}

/** An SQL error on a foreign file is the file's. */
export function readError(error: unknown): WheelhouseError {
  return error instanceof WheelhouseError ? error : damaged(`its collection cannot be read (${messageOf(error)})`, error);
}

/**
 * Anki sorts names by a collation of its own, which SQLite here does not know and without which it
 * refuses to read these tables. Only sorting depends on it, so the schema says another name.
 */
async function withoutUnicase(databases: DatabaseFactory, database: Database): Promise<Database> {
  try {
    database.exec("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(replace(sql, 'unicase', 'nocase'), 'UNICASE', 'NOCASE') WHERE sql LIKE '%unicase%'; PRAGMA writable_schema = OFF");
    return await databases.open(database.export());
  } finally {
    database.close();
  }
}

export function noteTypesOf({ database, isNewer }: OpenCollection): AnkiNoteType[] {
  return isNewer ? noteTypesOfTables(database) : Object.values(jsonColumn(database, 'models')).map(noteTypeOfJson);
}

/** Names by id, with `::` between levels. */
export function decksOf({ database, isNewer }: OpenCollection): Map<number, string> {
  if (isNewer) return new Map(database.all('SELECT id, name FROM decks').map((row) => [Number(row['id']), String(row['name']).replaceAll('\x1f', '::')]));
  return new Map(Object.entries(jsonColumn(database, 'decks')).map(([id, deck]) => [Number(id), textOf(deck['name'])]));
}

function jsonColumn(database: Database, column: 'models' | 'decks'): Record<string, Record<string, unknown>> {
  const [row] = database.all(`SELECT ${column} AS value FROM col`);
  const value: unknown = JSON.parse(String(row?.['value']));
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, Record<string, unknown>] => typeof entry[1] === 'object' && entry[1] !== null));
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const listOf = (value: unknown) => (Array.isArray(value) ? value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null) : []);
const byOrdinal = (items: Record<string, unknown>[]) => [...items].sort((a, b) => Number(a['ord'] ?? 0) - Number(b['ord'] ?? 0));

function noteTypeOfJson(model: Record<string, unknown>): AnkiNoteType {
  return {
    id: Number(model['id']),
    name: textOf(model['name']),
    isCloze: model['type'] === 1,
    css: textOf(model['css']),
    fields: byOrdinal(listOf(model['flds'])).map((field) => textOf(field['name'])),
    templates: byOrdinal(listOf(model['tmpls'])).map((template) => ({ name: textOf(template['name']), question: textOf(template['qfmt']), answer: textOf(template['afmt']) })),
    sortField: Number(model['sortf'] ?? 0) || 0,
  };
}

function noteTypesOfTables(database: Database): AnkiNoteType[] {
  const group = (rows: SqlRow[]) => {
    const groups = new Map<number, SqlRow[]>();
    for (const row of rows) groups.set(Number(row['ntid']), [...(groups.get(Number(row['ntid'])) ?? []), row]);
    return groups;
  };
  const fields = group(database.all('SELECT ntid, ord, name FROM fields ORDER BY ntid, ord'));
  const templates = group(database.all('SELECT ntid, ord, name, config FROM templates ORDER BY ntid, ord'));
  return database.all('SELECT id, name, config FROM notetypes').map((row) => {
    const id = Number(row['id']);
    const config = blob(row['config']);
    return {
      id,
      name: String(row['name']),
      // Of Notetype.Config: kind 1, sort_field_idx 2, css 3; of Template.Config: q_format 1, a_format 2.
      isCloze: numberField(config, 1) === 1,
      css: textField(config, 3),
      fields: (fields.get(id) ?? []).map((field) => String(field['name'])),
      templates: (templates.get(id) ?? []).map((template) => ({ name: String(template['name']), question: textField(blob(template['config']), 1), answer: textField(blob(template['config']), 2) })),
      sortField: numberField(config, 2),
    };
  });
}

const blob = (value: SqlRow[string] | undefined) => (value instanceof Uint8Array ? value : new Uint8Array());
