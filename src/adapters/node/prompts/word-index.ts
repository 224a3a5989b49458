import { setImmediate } from 'node:timers/promises';
import type { Database, DatabaseFactory, DatabaseImage } from '../../../core/ports/database.ts';
import { FULL_TEXT_VERSION, FullText, fullTextSchema } from '../../../core/prompts/index.ts';
import type { Archive } from './archive.ts';

/** So many prompts are indexed at once; a thousand take about 20 ms, and then others may go first. */
const SLICE = 1000;
const META_SCHEMA = 'CREATE TABLE prompts_meta (version INTEGER, count INTEGER, folded_to INTEGER, fingerprint TEXT)';

/** The words of all prompts, in a database with an image of its own; made when somebody searches for the first time. */
export class WordIndex {
  readonly #databases: DatabaseFactory;
  readonly #image: DatabaseImage;
  #db: Database | undefined;
  /** The prompts with ids up to here are in it. */
  #count = 0;
  #savedCount = 0;
  /** Of the archive that it was made from. */
  #generation = 0;
  #closed = false;

  constructor(databases: DatabaseFactory, image: DatabaseImage) {
    this.#databases = databases;
    this.#image = image;
  }

  /** Brings it up to the archive's index. Goes on in slices, so that the process stays responsive. */
  async upTo(archive: Archive): Promise<FullText | undefined> {
    if (this.#db === undefined) {
      this.#db = await this.#open(archive);
      this.#generation = archive.generation;
    }
    if (this.#generation !== archive.generation) {
      // Another archive.
      this.#db.close();
      this.#db = await this.#empty();
      this.#generation = archive.generation;
    }
    const text = new FullText(this.#db);
    if (this.#count === archive.index.table.count) return text;
    try {
      await this.#fill(this.#db, text, archive);
    } catch (error) {
      // Half of it is of no use, and the next search begins anew.
      this.#db.close();
      this.#db = undefined;
      throw error;
    }
    return this.#closed ? undefined : text;
  }

  async #fill(db: Database, text: FullText, archive: Archive): Promise<void> {
    db.exec('BEGIN');
    while (this.#count < archive.index.table.count) {
      const from = this.#count;
      const to = Math.min(from + SLICE, archive.index.table.count);
      const rows = Array.from({ length: to - from }, (_, n) => from + n);
      text.add(archive.lines(rows).map(([row, { told }]) => ({ id: row + 1, text: told.text })));
      this.#count = to;
      await setImmediate();
      if (this.#closed) return;
    }
    db.exec('COMMIT');
  }

  /** Saves its image if that spares the next process much. */
  async save(archive: Archive): Promise<void> {
    if (this.#db === undefined || this.#count < this.#savedCount + SLICE || this.#count !== archive.index.table.count) return;
    const fingerprint = archive.fingerprint(archive.foldedTo);
    if (fingerprint === undefined) return;
    this.#db.run('DELETE FROM prompts_meta');
    this.#db.run('INSERT INTO prompts_meta VALUES (?, ?, CAST(? AS INTEGER), ?)', [FULL_TEXT_VERSION, this.#count, archive.foldedTo, fingerprint]);
    await this.#image.save(this.#db.export());
    this.#savedCount = this.#count;
  }

  /** Ends an indexing that is under way. */
  stop(): void {
    this.#closed = true;
  }

  close(): void {
    this.stop();
    this.#db?.close();
    this.#db = undefined;
  }

  async #open(archive: Archive): Promise<Database> {
    const bytes = await this.#image.load();
    const db = bytes && (await this.#databases.open(bytes).catch(() => undefined));
    const meta = db && metaOf(db);
    if (db && meta && meta['version'] === FULL_TEXT_VERSION && archive.fingerprint(Number(meta['folded_to'])) === meta['fingerprint']) {
      this.#savedCount = this.#count = Number(meta['count']);
      return db;
    }
    db?.close();
    return this.#empty();
  }

  async #empty(): Promise<Database> {
    const db = await this.#databases.open();
    db.exec(META_SCHEMA);
    db.exec(fullTextSchema);
    this.#count = 0;
    this.#savedCount = 0;
    return db;
  }
}

function metaOf(db: Database) {
  try {
    return db.all('SELECT version, count, folded_to, fingerprint FROM prompts_meta')[0];
  } catch {
    return undefined;
  }
}
