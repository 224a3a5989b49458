/**
 * Reads rows of a SQLite database that another program is writing, page by page, without a lock, a
 * copy or a file of its own. What is committed in the write-ahead log lies over the main file.
 * Format: https://www.sqlite.org/fileformat2.html
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { definitionsOf, nameOf, valuesOf, varint, type Value } from './opencode-sqlite-format.ts';
import { SqliteLog } from './opencode-sqlite-log.ts';

export type Row = Readonly<Record<string, Value>>;

/** A row or key larger than this is left out. */
const MOST_BYTES = 8 * 1024 * 1024;
const ATTEMPTS = 3;
const DEPTH = 20;

export interface SqlitePages {
  /** Rows of a table whose column, the first of some index, has that text; those that are last in the index first. */
  rows(table: string, column: string, text: string): Iterable<Row>;
}

export class SqliteFile {
  readonly #path: string;
  readonly #log = new SqliteLog();

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * What `read` finds in one state of the database.
   * @throws Error when the file is no such database, is damaged, or is written too fast.
   */
  read<T>(read: (pages: SqlitePages) => T): T {
    const [main, log] = [openSync(this.#path, 'r'), openIfThere(`${this.#path}-wal`)];
    try {
      for (let attempt = 1; ; attempt++) {
        const state = this.#log.update(log);
        try {
          const found = read(new Pages(main, log, this.#log));
          if (this.#log.update(log) === state) return found;
        } catch (error) {
          if (attempt === ATTEMPTS || this.#log.update(log) === state) throw error;
        }
        // Pages that were committed meanwhile may have been moved to the main file.
        if (attempt === ATTEMPTS) throw new Error('The database is being written.');
      }
    } finally {
      closeSync(main);
      if (log !== undefined) closeSync(log);
    }
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined;
  }
}

interface Table {
  readonly root: number;
  readonly columns: readonly string[];
  /** Roots by their first column. */
  readonly indexes: ReadonlyMap<string, number>;
}

/** A page of a table or an index. */
interface Tree {
  readonly type: number;
  readonly bytes: Buffer;
  /** Where its cells begin. */
  readonly cells: readonly number[];
  /** The page behind the last cell, of one that is no leaf. */
  readonly right: number;
}

class Pages implements SqlitePages {
  readonly #main: number;
  readonly #logFile: number | undefined;
  readonly #log: SqliteLog;
  readonly #trees = new Map<number, Tree>();
  readonly #pageSize: number;
  readonly #usable: number;
  #tables: ReadonlyMap<string, Table> | undefined;

  constructor(main: number, logFile: number | undefined, log: SqliteLog) {
    this.#main = main;
    this.#logFile = logFile;
    this.#log = log;
    const head = Buffer.alloc(100);
    readSync(main, head, 0, 100, 0);
    const size = log.pageSize ?? head.readUInt16BE(16);
    this.#pageSize = size === 1 ? 65_536 : size;
    if (this.#pageSize < 512 || (log.pageSize === undefined && head.toString('latin1', 0, 15) !== 'SQLite format 3')) throw new Error('That is no SQLite database.');
    const first = this.#page(1);
    this.#usable = this.#pageSize - (first[20] ?? 0);
    if (first.readUInt32BE(56) !== 1) throw new Error('The database is not in UTF-8.');
  }

  *rows(table: string, column: string, text: string): Iterable<Row> {
    const found = (this.#tables ??= this.#schema()).get(table);
    const index = found?.indexes.get(column);
    if (found === undefined || index === undefined) return;
    for (const key of this.#descend(index, Buffer.from(text), DEPTH)) {
      const rowid = key.at(-1);
      const values = typeof rowid === 'number' ? this.#row(found.root, rowid) : undefined;
      if (values) yield Object.fromEntries(found.columns.map((name, place) => [name, values[place] ?? null]));
    }
  }

  #schema(): ReadonlyMap<string, Table> {
    const entries = [...this.#all(1, DEPTH)].map(([type, name, table, root, sql]) => ({ type, name, table, root: Number(root), sql: String(sql ?? '') }));
    return new Map(entries.filter(({ type }) => type === 'table').map(({ name, root, sql }) => {
      const definitions = definitionsOf(sql);
      const primary = nameOf(definitions.find((each) => /\bprimary key\b/i.test(each)) ?? '');
      const own = entries.filter(({ type, table }) => type === 'index' && table === name);
      const indexes = own.reverse().map((each): [string, number] => [each.sql === '' ? primary : nameOf(definitionsOf(each.sql)[0] ?? ''), each.root]);
      return [String(name), { root, columns: definitions.filter((each) => !/^(constraint|primary|unique|foreign|check)\b/i.test(each)).map(nameOf), indexes: new Map(indexes) }];
    }));
  }

  /** All rows of a table, in order. */
  *#all(page: number, depth: number): Iterable<readonly Value[]> {
    const { type, cells, bytes, right } = this.#tree(page, depth);
    for (const at of cells) {
      if (type === 5) yield* this.#all(bytes.readUInt32BE(at), depth - 1);
      else {
        const row = this.#leafRow(bytes, at);
        if (row) yield row;
      }
    }
    if (type === 5) yield* this.#all(right, depth - 1);
  }

  #row(root: number, rowid: number): readonly Value[] | undefined {
    let page = root;
    for (let depth = DEPTH; ; depth--) {
      const { type, cells, bytes, right } = this.#tree(page, depth);
      if (type === 13) {
        const at = cells.find((cell) => varint(bytes, varint(bytes, cell)[1])[0] === rowid);
        return at === undefined ? undefined : this.#leafRow(bytes, at);
      }
      const at = cells.find((cell) => rowid <= varint(bytes, cell + 4)[0]);
      page = at === undefined ? right : bytes.readUInt32BE(at);
    }
  }

  #leafRow(bytes: Buffer, at: number): readonly Value[] | undefined {
    const [size, afterSize] = varint(bytes, at);
    return this.#record(bytes, varint(bytes, afterSize)[1], size, this.#usable - 35);
  }

  /** The keys of an index that begin with a text, from the last to the first. */
  *#descend(page: number, text: Buffer, depth: number): Iterable<readonly Value[]> {
    const { type, cells, bytes, right } = this.#tree(page, depth);
    const isLeaf = type === 10;
    let below = isLeaf ? undefined : right;
    for (const at of [...cells].reverse()) {
      const [size, start] = varint(bytes, isLeaf ? at : at + 4);
      const key = this.#record(bytes, start, size, Math.floor(((this.#usable - 12) * 64) / 255) - 23);
      const order = Buffer.compare(Buffer.from(String(key?.[0] ?? '')), text);
      if (order <= 0 && below !== undefined) yield* this.#descend(below, text, depth - 1);
      if (order < 0) return;
      if (order === 0 && key) yield key;
      below = isLeaf ? undefined : bytes.readUInt32BE(at);
    }
    if (below !== undefined) yield* this.#descend(below, text, depth - 1);
  }

  #tree(number: number, depth: number): Tree {
    if (depth === 0) throw new Error('The database is damaged.');
    const known = this.#trees.get(number);
    if (known) return known;
    const bytes = this.#page(number);
    const at = number === 1 ? 100 : 0;
    const type = bytes[at] ?? 0;
    if (![2, 5, 10, 13].includes(type)) throw new Error('The database is damaged.');
    const isLeaf = type > 5;
    const cells = Array.from({ length: bytes.readUInt16BE(at + 3) }, (_, index) => bytes.readUInt16BE(at + (isLeaf ? 8 : 12) + 2 * index));
    const tree = { type, bytes, cells, right: isLeaf ? 0 : bytes.readUInt32BE(at + 8) };
    this.#trees.set(number, tree);
    return tree;
  }

  /** @param most What a page holds of it without overflow. */
  #record(bytes: Buffer, start: number, size: number, most: number): readonly Value[] | undefined {
    if (size <= most) return valuesOf(bytes.subarray(start, start + size));
    if (size > MOST_BYTES) return undefined;
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
    const wanted = least + ((size - least) % (this.#usable - 4));
    const local = wanted <= most ? wanted : least;
    const parts = [bytes.subarray(start, start + local)];
    let next = bytes.readUInt32BE(start + local);
    for (let left = size - local; left > 0; ) {
      const page = this.#page(next);
      const part = page.subarray(4, 4 + Math.min(left, this.#usable - 4));
      parts.push(part);
      left -= part.length;
      next = page.readUInt32BE(0);
    }
    return valuesOf(Buffer.concat(parts));
  }

  #page(number: number): Buffer {
    const inLog = this.#log.offsetOf(number);
    const file = inLog === undefined ? this.#main : this.#logFile;
    const bytes = Buffer.alloc(this.#pageSize);
    const at = inLog ?? (number - 1) * this.#pageSize;
    if (number < 1 || file === undefined || at >= fstatSync(file).size || readSync(file, bytes, 0, bytes.length, at) < bytes.length) throw new Error('The database is damaged.');
    return bytes;
  }
}
