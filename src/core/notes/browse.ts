/**
 * Questions of somebody who looks through many notes: each answer is one page, found by one query, so
 * that ten thousand notes take no longer than are shown.
 */
import { slugOf } from './ids.ts';
import type { NoteEntry, NoteLink } from './model.ts';
import { COLUMNS, columnsOf, entryOf, type NoteIndex } from './noteIndex.ts';

/** Which notes. Times are milliseconds since the epoch; of a folder, only what lies in it directly. */
export type NoteScope =
  | { readonly by: 'all' }
  | { readonly by: 'time'; readonly from: number; readonly before: number }
  | { readonly by: 'tag'; readonly tag: string | undefined }
  | { readonly by: 'folder'; readonly folder: string; readonly separator: string };

const ORDERS = { all: 'modified DESC, id, start', time: 'modified DESC, id, start', tag: 'title COLLATE NOCASE, id, start', folder: 'path, start' };

function whereOf(scope: NoteScope): { readonly sql: string; readonly parameters: (string | number)[] } {
  if (scope.by === 'all') return { sql: '1', parameters: [] };
  if (scope.by === 'time') return { sql: 'modified >= CAST(? AS INTEGER) AND modified < CAST(? AS INTEGER)', parameters: [scope.from, scope.before] };
  if (scope.by === 'tag') return scope.tag === undefined ? { sql: `key NOT IN (SELECT note FROM tags WHERE ${NO_MARK})`, parameters: [] } : { sql: 'key IN (SELECT note FROM tags WHERE tag = ?)', parameters: [scope.tag] };
  const start = scope.folder + scope.separator;
  return { sql: 'substr(path, 1, CAST(? AS INTEGER)) = ? AND instr(substr(path, CAST(? AS INTEGER)), ?) = 0', parameters: [start.length, start, start.length + 1, scope.separator] };
}

/** PUBLIC and PRIVATE say who may read a note, not what it is about. */
const NO_MARK = "upper(tag) NOT IN ('PUBLIC', 'PRIVATE')";

/** By time the newest first, by tag in the order of titles, in a folder in that of files. */
export function pageOf(index: NoteIndex, scope: NoteScope, limit: number, offset = 0): NoteEntry[] {
  const { sql, parameters } = whereOf(scope);
  return index.tables.all(`SELECT ${COLUMNS} FROM notes WHERE ${sql} ORDER BY ${ORDERS[scope.by]} LIMIT ? OFFSET ?`, [...parameters, limit, offset]).map(entryOf);
}

export function countOf(index: NoteIndex, scope: NoteScope): number {
  const { sql, parameters } = whereOf(scope);
  return Number(index.tables.all(`SELECT count(*) AS n FROM notes WHERE ${sql}`, parameters)[0]?.['n']);
}

/** How many notes lie between each time and the one before it; the first counts from then on. @param times Falling. */
export function countsSince(index: NoteIndex, times: readonly number[]): number[] {
  const counts = times.map(() => 0);
  if (times.length === 0) return counts;
  const cases = times.map((_, at) => `WHEN modified >= CAST(? AS INTEGER) THEN ${at}`).join(' ');
  for (const row of index.tables.all(`SELECT CASE ${cases} END AS at, count(*) AS n FROM notes GROUP BY 1`, times)) {
    if (row['at'] !== null) counts[Number(row['at'])] = Number(row['n']);
  }
  return counts;
}

/** When the oldest note was changed; undefined without notes. */
export function oldestOf(index: NoteIndex): number | undefined {
  const oldest = index.tables.all('SELECT min(modified) AS oldest FROM notes')[0]?.['oldest'];
  return typeof oldest === 'number' ? oldest : undefined;
}

/** Tags that say what notes are about, the most frequent first. */
export function topicsOf(index: NoteIndex): { tag: string; notes: number }[] {
  return index.tables.all(`SELECT tag, count(*) AS n FROM tags WHERE ${NO_MARK} GROUP BY tag ORDER BY n DESC, tag`).map((row) => ({ tag: String(row['tag']), notes: Number(row['n']) }));
}

/** The file first, then its headlines. */
export function notesInFile(index: NoteIndex, path: string): NoteEntry[] {
  return index.tables.all(`SELECT ${COLUMNS} FROM notes WHERE path = ? ORDER BY start`, [path]).map(entryOf);
}

/** Notes that have the text in an id, a title, an alias or a file's name; those that begin with it first, then the newest. */
export function notesNamed(index: NoteIndex, text: string, limit: number): NoteEntry[] {
  const slug = slugOf(text);
  if (slug === '') return pageOf(index, { by: 'all' }, limit);
  const like = (pattern: string) => pattern.replace(/[\\%_]/g, '\\$&');
  const typed = text.trim().toLowerCase();
  return index.tables
    .all(
      `SELECT ${COLUMNS} FROM notes JOIN (SELECT note, min(CASE WHEN name LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\' THEN 0 ELSE 1 END) AS rank FROM names WHERE name LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\' GROUP BY note) ON note = key ORDER BY rank, modified DESC, id, start LIMIT ?`,
      [`slug:${like(slug)}%`, `id:${like(typed)}%`, `slug:%${like(slug)}%`, `id:%${like(typed)}%`, limit],
    )
    .map(entryOf);
}

/** The note that a link in a file leads to. */
export function leadsTo(index: NoteIndex, path: string, link: Pick<NoteLink, 'kind' | 'target' | 'folder'>): NoteEntry | undefined {
  return index.tables.all(`SELECT ${columnsOf('notes')} FROM names JOIN notes ON notes.key = names.note WHERE name = ? ORDER BY notes.id, notes.path, notes.start LIMIT 1`, [index.targetOf(path, link)]).map(entryOf)[0];
}

/** How many links a note has, and how many other notes link to it. */
export function countsOf(index: NoteIndex, { key }: NoteEntry): { links: number; backlinks: number } {
  const row = index.tables.all('SELECT (SELECT count(*) FROM links WHERE note = ?) AS links, (SELECT count(DISTINCT links.note) FROM links JOIN names ON names.name = links.target WHERE names.note = ? AND links.note <> ?) AS backlinks', [key, key, key])[0];
  return { links: Number(row?.['links']), backlinks: Number(row?.['backlinks']) };
}

/** The highest key; those of notes begin at 1. */
export function lastKey(index: NoteIndex): number {
  return Number(index.tables.all('SELECT max(key) AS key FROM notes')[0]?.['key'] ?? 0);
}

/** Among the notes with these keys, files that have no link and that no other note links to. */
export function orphansIn(index: NoteIndex, from: number, to: number): NoteEntry[] {
  return index.tables
    .all(`SELECT ${COLUMNS} FROM notes WHERE key BETWEEN ? AND ? AND kind = 'file' AND NOT EXISTS (SELECT 1 FROM links WHERE note = key) AND NOT EXISTS (SELECT 1 FROM names JOIN links ON links.target = names.name WHERE names.note = key AND links.note <> key)`, [from, to])
    .map(entryOf);
}

/** Among the notes with these keys, links that lead to no note. */
export function brokenIn(index: NoteIndex, from: number, to: number): { note: NoteEntry; target: string }[] {
  return index.tables
    .all(`SELECT DISTINCT links.written, ${columnsOf('notes')} FROM notes JOIN links ON links.note = notes.key WHERE notes.key BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM names WHERE name = links.target)`, [from, to])
    .map((row) => ({ note: entryOf(row), target: String(row['written']) }));
}

/** Notes that share their id with another one. */
export function doublesIn(index: NoteIndex): NoteEntry[] {
  return index.tables.all(`SELECT ${COLUMNS} FROM notes WHERE id IN (SELECT id FROM notes GROUP BY id HAVING count(*) > 1) ORDER BY id, path, start`).map(entryOf);
}

/** Of the first thousand wiki links in Markdown, whether most have a text of their own behind a bar. */
export function describesLinks(index: NoteIndex): boolean {
  const row = index.tables.all("SELECT sum(described) AS described, count(*) AS n FROM (SELECT links.description <> '' AS described FROM links JOIN notes ON notes.key = links.note WHERE links.target LIKE 'slug:%' AND notes.path NOT LIKE '%.org' LIMIT 1000)")[0];
  return Number(row?.['described']) * 2 > Number(row?.['n']);
}
