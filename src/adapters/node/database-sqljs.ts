import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database as SqlJsDatabase, SqlJsStatic, Statement } from 'sql.js';
import { WheelhouseError, messageOf } from '../../core/base/errors.ts';
import type { Database, DatabaseFactory, SqlRow, SqlValue } from '../../core/ports/database.ts';
import { unreadable } from './file-errors.ts';

/** sql.js holds all in memory, needs twice that to save, and hangs without an error at 4 GiB. */
const MAX_BYTES = 512 * 1024 * 1024;
/** Compiled statements kept; the one unused for longest goes first. */
const MAX_STATEMENTS = 100;

/**
 * Databases by sql.js (1.15.2 or later: before, `export` rolled an open transaction back). It is
 * loaded, about 30 ms, when the first database is opened.
 *
 * @param wasmDirectory Where `sql-wasm.wasm` is; when left out, beside the sql.js package's code
 *   (for running from source).
 */
export function createDatabases(wasmDirectory?: string): DatabaseFactory {
  let loading: Promise<SqlJsStatic> | undefined;
  return {
    open: async (image) => {
      loading ??= load(wasmDirectory);
      const sqlJs = await loading;
      if (image !== undefined && image.length > MAX_BYTES) throw tooLarge();
      return new SqlJsAdapter(new sqlJs.Database(image));
    },
  };
}

async function load(wasmDirectory: string | undefined): Promise<SqlJsStatic> {
  const { default: initSqlJs } = await import('sql.js');
  if (wasmDirectory === undefined) return initSqlJs();
  const path = join(wasmDirectory, 'sql-wasm.wasm');
  const wasm = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  return initSqlJs({ wasmBinary: new Uint8Array(wasm).buffer });
}

class SqlJsAdapter implements Database {
  readonly #db: SqlJsDatabase;
  readonly #statements = new Map<string, Statement>();
  #depth = 0;

  /** @throws when the bytes are not a database: the first query is what makes SQLite look at them. */
  constructor(db: SqlJsDatabase) {
    this.#db = db;
    try {
      const [row] = this.all('PRAGMA page_size');
      this.exec(`PRAGMA max_page_count = ${Math.floor(MAX_BYTES / Number(row?.['page_size']))}`);
      this.all('SELECT count(*) FROM sqlite_master');
      // The "disk" below is memory and nobody else's, so these give up nothing. Without the exclusive
      // lock every query asks that disk whether it changed, which takes ten times as long.
      this.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE');
    } catch (error) {
      db.close();
      throw error;
    }
  }

  exec(sql: string): void {
    this.#guard(() => this.#db.exec(sql));
  }

  run(sql: string, parameters: readonly SqlValue[] = []): void {
    this.#guard(() => {
      const statement = this.#prepared(sql);
      try {
        statement.run([...parameters]);
      } finally {
        statement.reset();
      }
    });
  }

  all(sql: string, parameters: readonly SqlValue[] = []): SqlRow[] {
    return this.#guard(() => {
      const statement = this.#prepared(sql);
      try {
        statement.bind([...parameters]);
        const rows: SqlRow[] = [];
        let names: string[] | undefined;
        while (statement.step()) {
          names ??= statement.getColumnNames();
          const values = statement.get();
          const row: Record<string, SqlValue> = {};
          for (let i = 0; i < names.length; i++) row[names[i] ?? ''] = values[i] ?? null;
          rows.push(row);
        }
        return rows;
      } finally {
        statement.reset();
      }
    });
  }

  transaction<T>(work: () => T): T {
    const name = `level${this.#depth}`;
    const [begin, commit, rollback] =
      this.#depth === 0 ? ['BEGIN', 'COMMIT', 'ROLLBACK'] : [`SAVEPOINT ${name}`, `RELEASE ${name}`, `ROLLBACK TO ${name}; RELEASE ${name}`];
    this.run(begin);
    this.#depth += 1;
    try {
      const result = work();
      this.run(commit);
      return result;
    } catch (error) {
      try {
        this.exec(rollback);
      } catch {
        // SQLite has already rolled back, as it does when it runs out of space.
      }
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  export(): Uint8Array {
    return this.#db.export();
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #prepared(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > MAX_STATEMENTS) {
      for (const [oldest, unused] of this.#statements) {
        this.#statements.delete(oldest);
        unused.free();
        break;
      }
    }
    return statement;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (messageOf(error) === 'database or disk is full') throw tooLarge();
      throw error;
    }
  }
}

function tooLarge(): WheelhouseError {
  return new WheelhouseError(
    'refused',
    `The database would grow above ${MAX_BYTES / 1024 / 1024} MB, which is more than can be held in memory. Archive old data, or run \`wheelhouse doctor\`.`,
  );
}
