/**
 * The index of notes, in a database of its own: derived from the files and thrown away at will.
 *
 * With the view `public` it holds nothing of a private note, not even a name: what cannot be found
 * here cannot be told. Of private files it has hashes of their paths (to see whether they changed)
 * and of their ids (two notes with one id are both private).
 */
import type { Database, SqlRow, SqlValue } from '../ports/database.ts';
import type { Hasher } from '../ports/hash.ts';
import { fileIdOf, slugOf, stemOf } from './ids.ts';
import type { FoundNote, NoteEntry, NoteLink, ParsedNote, ResolvedLink } from './model.ts';
import { ftsQuery, HIT_END, HIT_START, indexable, readableSnippet } from './query.ts';
import { scoreOf } from './score.ts';
import { notesIn, textOf, type View, type VisibleNote } from './visible.ts';

/** Raise it when something is kept or read in another way. */
const VERSION = 3;
const SCHEMA = `
CREATE TABLE files (key INTEGER PRIMARY KEY, name TEXT UNIQUE, stamp TEXT, hash TEXT, problem TEXT);
CREATE TABLE ids (id TEXT, file INTEGER);
CREATE INDEX ids_id ON ids (id); CREATE INDEX ids_file ON ids (file);
CREATE TABLE notes (key INTEGER PRIMARY KEY, file INTEGER, id TEXT, title TEXT, tags TEXT, public INTEGER, kind TEXT, path TEXT, start INTEGER, modified INTEGER, content TEXT);
CREATE INDEX notes_file ON notes (file); CREATE INDEX notes_id ON notes (id, path);
CREATE TABLE tags (tag TEXT, note INTEGER); CREATE INDEX tags_tag ON tags (tag); CREATE INDEX tags_note ON tags (note);
CREATE TABLE names (name TEXT, note INTEGER); CREATE INDEX names_name ON names (name); CREATE INDEX names_note ON names (note);
CREATE TABLE links (note INTEGER, target TEXT, written TEXT, description TEXT); CREATE INDEX links_target ON links (target); CREATE INDEX links_note ON links (note);
CREATE VIRTUAL TABLE words USING fts4(title, tags, body, tokenize=unicode61);
PRAGMA user_version = ${VERSION};`;

/** So many pages of the full text are joined in one step, */
const TIDY_PAGES = 32;
/** once there are so many parts of one size. */
const TIDY_PARTS = 8;
/** Rows that are inserted at once. */
const ROWS = [16, 4, 2, 1];
/** Pages beyond the cache go to the disk, and here the disk is memory too: nothing is won by it. */
const CACHE_KIB = 256 * 1024;
/** Words further on in a note are not found. */
const SEARCHED = 1_000_000;
/** More hits than this are not ranked, but come by id. No order may depend on when a file was taken in: that would tell of files that cannot be seen. */
const MOST_RANKED = 1000;
/** What `entryOf` reads. */
export const COLUMNS = 'key, id, title, tags, public, kind, path, start, modified';

export interface IndexPlace {
  readonly db: Database;
  readonly view: View;
  readonly hasher: Pick<Hasher, 'sha256'>;
  /** The absolute path that a link in a file leads to. */
  readonly resolveFile: (from: string, target: string) => string;
}

export interface FileState {
  readonly path: string;
  /** Equal stamps: the file was not changed. */
  readonly stamp: string;
  readonly modifiedAt: number;
  readonly hash: string;
  /** Why it is no note, or one that cannot be trusted to be what it says. */
  readonly problem: string | undefined;
}

export interface NoteFilter {
  readonly tags?: readonly string[];
}

export class NoteIndex {
  readonly #place: IndexPlace;
  #hasRemoved = false;
  #isBatch = false;
  #lastKey: number | undefined;

  /** @param place A database that `isUsable`, or an empty one. */
  constructor(place: IndexPlace) {
    this.#place = place;
    place.db.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    if (!NoteIndex.isUsable(place.db)) place.db.exec(SCHEMA);
  }

  static isUsable(db: Database): boolean {
    return db.all('PRAGMA user_version')[0]?.['user_version'] === VERSION;
  }

  /** For questions that only look, such as those of `browse.ts`. */
  get tables(): Pick<Database, 'all'> {
    return this.#place.db;
  }

  /** What a file is called here. */
  nameOf(path: string): string {
    return this.#place.view === 'all' ? path : this.#place.hasher.sha256(path);
  }

  /** The bytes of an image. What was taken out of a table lies in its file until it is written anew, and words stay in a full-text index: an image for agents is cleared of both. */
  image(): Uint8Array {
    const { db, view } = this.#place;
    if (this.#hasRemoved && view === 'public') db.exec("INSERT INTO words (words) VALUES ('rebuild'); VACUUM");
    this.#hasRemoved = false;
    return db.export();
  }

  /**
   * One step of the upkeep of the full text, a few milliseconds long: joins parts of it when there are
   * many. Without it, SQLite joins them in the middle of every sixteenth change, in one go.
   * @returns whether there is more to do.
   */
  tidy(): boolean {
    const { db } = this.#place;
    const changes = () => Number(db.all('SELECT total_changes() AS n')[0]?.['n']);
    const before = changes();
    db.run(`INSERT INTO words (words) VALUES ('merge=${TIDY_PAGES},${TIDY_PARTS}')`);
    // By SQLite's own account, a step that changes less than two rows had nothing to do.
    return changes() - before >= 2;
  }

  stamps(): Map<string, { stamp: string; hash: string }> {
    // As one text: rows by the ten thousand take several times as long.
    const [row] = this.#place.db.all('SELECT json_group_array(json_array(name, stamp, hash)) AS files FROM files');
    const files = JSON.parse(String(row?.['files'])) as [name: string, stamp: string, hash: string][];
    return new Map(files.map(([name, stamp, hash]) => [name, { stamp, hash }]));
  }

  /** What is wrong with files, by path. An index for agents does not know. */
  problems(): Map<string, string> {
    return new Map(this.#place.db.all('SELECT name, problem FROM files WHERE problem IS NOT NULL').map((row) => [String(row['name']), String(row['problem'])]));
  }

  restamp(path: string, stamp: string): void {
    this.#place.db.run('UPDATE files SET stamp = ? WHERE name = ?', [stamp, this.nameOf(path)]);
  }

  /**
   * Takes a file in, in place of what it was.
   * @param note undefined: it cannot be read, and is no note.
   * @returns the names of other files whose ids have become double, or are no longer: to be put again.
   */
  put(state: FileState, note: ParsedNote | undefined): string[] {
    const { db, view } = this.#place;
    const name = this.nameOf(state.path);
    return this.#atomically(() => {
      const old = this.#fileKey(name);
      const before = old === undefined ? new Set<string>() : this.#idsOf(old);
      if (old !== undefined) this.#forget(old);
      db.run('INSERT INTO files (key, name, stamp, hash, problem) VALUES (?, ?, ?, ?, ?)', [old ?? null, name, state.stamp, state.hash, view === 'all' ? (state.problem ?? null) : null]);
      const file = old ?? this.#fileKey(name) ?? 0;
      const ids = note === undefined ? [] : idsIn(note, state.path);
      const names = new Set(ids.map((id) => this.#idName(id)));
      const elsewhere = this.#elsewhere(file, new Set([...before, ...names]));
      this.#insertAll('ids (file, id)', [...names].map((id) => [file, id]));
      if (note !== undefined) {
        const isDuplicate = this.#isDuplicate(ids, elsewhere);
        for (const visible of notesIn(note, state.path, isDuplicate, view)) this.#insert(file, state, note, visible);
      }
      return [...new Set(difference(before, names).flatMap((id) => elsewhere.get(id) ?? []))];
    });
  }

  /** @returns as `put`. */
  remove(path: string): string[] {
    return this.removeName(this.nameOf(path));
  }

  removeName(name: string): string[] {
    return this.#atomically(() => {
      const file = this.#fileKey(name);
      if (file === undefined) return [];
      const elsewhere = this.#elsewhere(file, this.#idsOf(file));
      this.#forget(file);
      return [...new Set([...elsewhere.values()].flat())];
    });
  }

  /** Whether an id of this file is another note's too. */
  duplicatesIn(note: ParsedNote, path: string): (id: string) => boolean {
    const ids = idsIn(note, path);
    const file = this.#fileKey(this.nameOf(path)) ?? -1;
    return this.#isDuplicate(ids, this.#elsewhere(file, new Set(ids.map((id) => this.#idName(id)))));
  }

  hasId(id: string): boolean {
    return this.#place.db.all('SELECT 1 FROM ids WHERE id = ? LIMIT 1', [this.#idName(id)]).length > 0;
  }

  /** In the order of ids. */
  list({ tags = [] }: NoteFilter = {}): NoteEntry[] {
    return this.#place.db.all(`SELECT ${COLUMNS} FROM notes WHERE ${withTags('key', tags)} ORDER BY id, path, start`, tags).map(entryOf);
  }

  /** All with that id; if there are none, the one whose title, alias or file name it is. */
  find(id: string): NoteEntry[] {
    const { db } = this.#place;
    const exact = db.all(`SELECT ${COLUMNS} FROM notes WHERE id = ? ORDER BY path, start`, [id]).map(entryOf);
    const slug = slugOf(id);
    if (exact.length > 0 || slug === '') return exact;
    const named = db.all(`SELECT ${COLUMNS} FROM notes WHERE key IN (SELECT note FROM names WHERE name = ?) ORDER BY id LIMIT 2`, [`slug:${slug}`]).map(entryOf);
    return named.length === 1 ? named : [];
  }

  contentOf({ key }: NoteEntry): string {
    return String(this.#place.db.all('SELECT content FROM notes WHERE key = ?', [key])[0]?.['content'] ?? '');
  }

  /** The best first. */
  search(text: string, limit: number, { tags = [] }: NoteFilter = {}): { notes: FoundNote[]; total: number } {
    const query = ftsQuery(text);
    if (query === undefined) return { notes: [], total: 0 };
    const { db } = this.#place;
    const where = `words MATCH ? AND ${withTags('docid', tags)}`;
    const total = Number(db.all(`SELECT count(*) AS n FROM words WHERE ${where}`, [query, ...tags])[0]?.['n']);
    const rows = `words JOIN notes ON notes.key = words.docid WHERE ${where} ORDER BY id, path, start`;
    const ranked = (hits: readonly SqlRow[]) => hits.map((row) => ({ docid: row['docid'], score: scoreOf(row['info'] as Uint8Array) })).sort((a, b) => b.score - a.score).slice(0, limit);
    const hits = total > MOST_RANKED
      ? db.all(`SELECT docid FROM ${rows} LIMIT ?`, [query, ...tags, limit])
      : ranked(db.all(`SELECT docid, matchinfo(words, 'pcnx') AS info FROM ${rows}`, [query, ...tags]));
    const best = hits.map(({ docid }) => Number(docid));
    // The plus makes SQLite go through the hits once, instead of once for each note.
    const among = best.map(() => '?').join(', ');
    const cuts = new Map(db.all(`SELECT docid, snippet(words, '${HIT_START}', '${HIT_END}', '…', 2, 24) AS text FROM words WHERE words MATCH ? AND +docid IN (${among})`, [query, ...best]).map((row) => [Number(row['docid']), String(row['text'])]));
    const found = new Map(db.all(`SELECT ${COLUMNS} FROM notes WHERE key IN (${among})`, best).map((row) => [Number(row['key']), entryOf(row)]));
    const notes = best.flatMap((key) => {
      const entry = found.get(key);
      return entry ? [{ ...entry, snippet: readableSnippet(cuts.get(key) ?? '') }] : [];
    });
    return { notes, total };
  }

  linksOf({ key }: NoteEntry): ResolvedLink[] {
    const rows = this.#place.db.all(`SELECT l.written, l.description, ${columnsOf('n')} FROM links l LEFT JOIN notes n ON n.key = (SELECT note FROM names JOIN notes m ON m.key = names.note WHERE name = l.target ORDER BY m.id, m.path, m.start LIMIT 1) WHERE l.note = ? ORDER BY l.rowid`, [key]);
    return rows.map((row) => ({ target: String(row['written']), description: String(row['description']), note: row['key'] === null ? undefined : entryOf(row) }));
  }

  /** The notes that link to it, in the order of ids. */
  backlinksOf({ key }: NoteEntry): NoteEntry[] {
    return this.#place.db.all(`SELECT ${COLUMNS} FROM notes WHERE key <> ? AND key IN (SELECT note FROM links WHERE target IN (SELECT name FROM names WHERE note = ?)) ORDER BY id, path, start`, [key, key]).map(entryOf);
  }

  /** How many links each note has, and how many notes link to it. */
  linkCounts(): Map<number, { links: number; backlinks: number }> {
    const counts = new Map<number, { links: number; backlinks: number }>();
    const { db } = this.#place;
    const at = (key: SqlValue | undefined) => {
      const found = counts.get(Number(key)) ?? { links: 0, backlinks: 0 };
      counts.set(Number(key), found);
      return found;
    };
    for (const row of db.all('SELECT note, count(*) AS n FROM links GROUP BY note')) at(row['note']).links = Number(row['n']);
    for (const row of db.all('SELECT names.note AS note, count(DISTINCT links.note) AS n FROM links JOIN names ON names.name = links.target WHERE names.note <> links.note GROUP BY names.note')) at(row['note']).backlinks = Number(row['n']);
    return counts;
  }

  tagCounts(): { tag: string; notes: number }[] {
    return this.#place.db.all('SELECT tag, count(*) AS n FROM tags GROUP BY tag ORDER BY tag').map((row) => ({ tag: String(row['tag']), notes: Number(row['n']) }));
  }

  /** Links that lead to no note. */
  broken(): { note: NoteEntry; target: string }[] {
    return this.#place.db.all(`SELECT l.written, ${columnsOf('n')} FROM links l JOIN notes n ON n.key = l.note WHERE NOT EXISTS (SELECT 1 FROM names WHERE name = l.target) ORDER BY n.id, l.rowid`).map((row) => ({ note: entryOf(row), target: String(row['written']) }));
  }

  /**
   * Runs many changes as one transaction, which spares the full-text index much writing. Others may
   * ask meanwhile, but not change. What fails takes all of it back.
   */
  async batch(work: () => Promise<void>): Promise<void> {
    const { db } = this.#place;
    db.run('BEGIN');
    this.#isBatch = true;
    try {
      await work();
      db.run('COMMIT');
    } catch (error) {
      db.run('ROLLBACK');
      throw error;
    } finally {
      this.#isBatch = false;
    }
  }

  #atomically<T>(work: () => T): T {
    return this.#isBatch ? work() : this.#place.db.transaction(work);
  }

  #fileKey(name: string): number | undefined {
    const [row] = this.#place.db.all('SELECT key FROM files WHERE name = ?', [name]);
    return row && Number(row['key']);
  }

  #idsOf(file: number): Set<string> {
    return new Set(this.#place.db.all('SELECT id FROM ids WHERE file = ?', [file]).map((row) => String(row['id'])));
  }

  #idName(id: string): string {
    return this.#place.view === 'all' ? id : this.#place.hasher.sha256(id);
  }

  /** The names of other files that have these ids too, by id. */
  #elsewhere(file: number, ids: ReadonlySet<string>): Map<string, string[]> {
    const found = new Map<string, string[]>();
    const rows = ids.size === 0 ? [] : this.#place.db.all('SELECT ids.id AS id, files.name AS name FROM json_each(?) AS asked CROSS JOIN ids ON ids.id = asked.value CROSS JOIN files ON files.key = ids.file WHERE ids.file <> ?', [JSON.stringify([...ids].map((id) => id.toWellFormed())), file]);
    for (const { id, name } of rows) found.set(String(id), [...(found.get(String(id)) ?? []), String(name)]);
    return found;
  }

  #isDuplicate(own: readonly string[], elsewhere: ReadonlyMap<string, unknown>): (id: string) => boolean {
    const seen = new Set<string>();
    const twice = new Set(own.filter((id) => seen.size === seen.add(id).size));
    return (id) => twice.has(id) || elsewhere.has(this.#idName(id));
  }

  #forget(file: number): void {
    const { db } = this.#place;
    for (const { key = null } of db.all('SELECT key FROM notes WHERE file = ?', [file])) {
      this.#hasRemoved = true;
      db.run('DELETE FROM words WHERE docid = ?', [key]);
      for (const table of ['tags', 'names', 'links']) db.run(`DELETE FROM ${table} WHERE note = ?`, [key]);
    }
    db.run('DELETE FROM notes WHERE file = ?', [file]);
    db.run('DELETE FROM ids WHERE file = ?', [file]);
    db.run('DELETE FROM files WHERE key = ?', [file]);
  }

  #insert(file: number, { path, modifiedAt }: FileState, note: ParsedNote, visible: VisibleNote): void {
    const { db } = this.#place;
    const { section, id, tags, isPublic } = visible;
    const isFile = section.level === 0;
    const content = textOf(note.text, visible);
    const key = (this.#lastKey ??= Number(db.all('SELECT max(key) AS key FROM notes')[0]?.['key'])) + 1;
    this.#lastKey = key;
    db.run('INSERT INTO notes (key, file, id, title, tags, public, kind, path, start, modified, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS INTEGER), ?)', [
      key, file, id.toWellFormed(), section.title.toWellFormed(), JSON.stringify(tags).toWellFormed(), isPublic ? 1 : 0, isFile ? 'file' : 'heading', path, section.start, modifiedAt, content.toWellFormed(),
    ]);
    db.run('INSERT INTO words (docid, title, tags, body) VALUES (?, ?, ?, ?)', [key, indexable([section.title, ...section.aliases].join(' ')), indexable(tags.join(' ')), indexable(content.slice(0, SEARCHED))]);
    const slugs = [section.title, ...section.aliases, ...(isFile ? [stemOf(path), stemOf(path).replace(/^\d{14}-/, '')] : [])].map(slugOf).filter((slug) => slug !== '');
    const names = new Set([`id:${id}`, ...slugs.map((slug) => `slug:${slug}`), ...(isFile ? [`path:${path.normalize('NFC')}`, ...foldersOf([section.title, ...section.aliases], path)] : [])]);
    this.#insertAll('tags (note, tag)', tags.map((tag) => [key, tag]));
    this.#insertAll('names (note, name)', [...names].map((name) => [key, name]));
    this.#insertAll('links (note, target, written, description)', visible.links.map((link) => [key, this.targetOf(path, link), link.folder === undefined ? link.target : `${link.folder}/${link.target}`, link.description]));
  }

  /** Several rows in one statement: with thousands of notes, the number of statements is what takes time. */
  #insertAll(into: string, rows: readonly (readonly (string | number)[])[]): void {
    for (let at = 0; at < rows.length; ) {
      // Few sizes, so that the statements stay compiled.
      const size = ROWS.find((each) => at + each <= rows.length) ?? 1;
      const some = rows.slice(at, at + size);
      const marks = `(${(some[0] ?? []).map(() => '?').join(', ')})`;
      this.#place.db.run(`INSERT INTO ${into} VALUES ${some.map(() => marks).join(', ')}`, some.flat().map((value) => (typeof value === 'string' ? value.toWellFormed() : value)));
      at += size;
    }
  }

  /** What `links` has for a link in a file: one of the `names` of the note that it leads to. */
  targetOf(path: string, { kind, target, folder }: Pick<NoteLink, 'kind' | 'target' | 'folder'>): string {
    // Names of files come in two forms of Unicode: macOS takes accents apart.
    if (kind === 'file') return `path:${this.#place.resolveFile(path, target).normalize('NFC')}`;
    return kind === 'id' ? `id:${target}` : folder === undefined ? `slug:${slugOf(target)}` : nameInFolder([...folder.split('/'), target]);
  }
}

/** Of the folders before a name only the last counts: one name for each file is enough to tell nearly all apart. */
const nameInFolder = (parts: readonly string[]) => `folder:${parts.slice(-2).map(slugOf).join('/')}`;

/** What a file is called by links that name a folder, as Obsidian writes them where two files have one name; Logseq has the folder in the file's name. */
function foldersOf(titles: readonly string[], path: string): string[] {
  const parts = [...path.split(/[/\\]/).slice(0, -1), ...stemOf(path).split('___')];
  return [parts, ...titles.filter((title) => title.includes('/')).map((title) => title.split('/'))].map(nameInFolder);
}

function idsIn(note: ParsedNote, path: string): string[] {
  return note.sections.flatMap(({ id }, at) => (at === 0 ? fileIdOf(id, path) : (id ?? [])));
}

function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): string[] {
  return [...[...a].filter((id) => !b.has(id)), ...[...b].filter((id) => !a.has(id))];
}

function withTags(key: string, tags: readonly string[]): string {
  return ['1', ...tags.map(() => `${key} IN (SELECT note FROM tags WHERE tag = ?)`)].join(' AND ');
}

/** The same of a table in a join. */
export function columnsOf(table: string): string {
  return COLUMNS.split(', ').map((name) => `${table}.${name}`).join(', ');
}

export function entryOf(row: SqlRow): NoteEntry {
  return {
    key: Number(row['key']), id: String(row['id']), title: String(row['title']), tags: JSON.parse(String(row['tags'])) as string[],
    isPublic: row['public'] === 1, kind: row['kind'] === 'file' ? 'file' : 'heading', path: String(row['path']), start: Number(row['start']), modifiedAt: Number(row['modified']),
  };
}
