/** Databases of prompt_tracker on disk: read while others may write them, and written. */
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Database, DatabaseFactory } from '../../../core/ports/database.ts';
import { isSqlite, readOriginalDatabase, withWal, writeOriginalDatabase, type ExportedDatabase, type OriginalDatabase, type Prompt } from '../../../core/prompts/index.ts';
import { reading } from '../file-io.ts';
import { nodeFiles } from '../files.ts';

/** Between a look and the next while another program writes. */
const PAUSE_MS = 100;
const LOOKS = 20;

/**
 * Reads a database of prompt_tracker. The file and its folder are left as they are: nothing is
 * opened in place, and a write-ahead log is applied to the copy in memory.
 *
 * @throws WheelhouseError `not-found`, `unreadable`, `invalid-input` (not such a database, damaged),
 *   `conflict` (being written all the time).
 */
export async function importDatabase(databases: DatabaseFactory, path: string): Promise<OriginalDatabase> {
  const bytes = await readQuietly(path);
  if (!isSqlite(bytes)) throw new WheelhouseError('invalid-input', `${path} is not a SQLite database. Give prompt_tracker's instance.db, usually ~/.config/prompt_tracker/instance.db.`);
  let database: Database;
  try {
    database = await databases.open(bytes);
  } catch (error) {
    if (error instanceof WheelhouseError) throw error;
    throw new WheelhouseError('invalid-input', `${path} is damaged or encrypted and cannot be opened. Nothing was imported; take a backup, or mend it with \`sqlite3 ${path} .recover\`.`, { cause: error });
  }
  try {
    return readOriginalDatabase(database, path);
  } finally {
    database.close();
  }
}

/**
 * Writes prompts as a database that prompt_tracker opens.
 *
 * @param isReplacing Whether a file at `path` may be replaced.
 * @throws WheelhouseError `conflict` when there is a file, or another program has it open; `unwritable`.
 */
export async function exportDatabase(databases: DatabaseFactory, path: string, prompts: readonly Prompt[], now: number, isReplacing = false): Promise<ExportedDatabase> {
  if (!isReplacing && (await nodeFiles.stat(path)) !== undefined) {
    throw new WheelhouseError('conflict', `${path} exists, and what it holds would be lost. Choose another name, or remove it first.`);
  }
  for (const log of [`${path}-wal`, `${path}-journal`]) {
    // They would be laid over the new database when somebody opens it.
    if (((await nodeFiles.stat(log))?.size ?? 0) > 0) throw new WheelhouseError('conflict', `Another program has ${path} open, or died while it had (${log} is there). Close that program, or choose another name.`);
  }
  const database = await databases.open();
  try {
    const exported = writeOriginalDatabase(database, prompts, now);
    await nodeFiles.writeBytes(path, database.export(), { isPrivate: true });
    return exported;
  } finally {
    database.close();
  }
}

/** The main file and its log as they were at one moment, merged. */
async function readQuietly(path: string): Promise<Uint8Array> {
  for (let look = 0; look < LOOKS; look++) {
    const before = await stampOf(path);
    if (!before.journal) {
      const main = await nodeFiles.readBytes(path);
      if (main === undefined) throw new WheelhouseError('not-found', `There is no ${path}. Give prompt_tracker's instance.db, usually ~/.config/prompt_tracker/instance.db.`);
      const wal = (await nodeFiles.readBytes(`${path}-wal`)) ?? new Uint8Array();
      if ((await stampOf(path)).text === before.text) return withWal(main, wal);
    }
    await sleep(PAUSE_MS);
  }
  throw new WheelhouseError('conflict', `Another program is writing ${path}, or died while it did (is there a ${path}-journal?). Close that program and open the database with it once, then import again.`);
}

/** What changes when somebody writes. A rollback journal is there only during a transaction, or after a crash in one. */
async function stampOf(path: string): Promise<{ text: string; journal: boolean }> {
  const stamps = await Promise.all([path, `${path}-wal`, `${path}-journal`].map((each) => reading(each, () => stat(each, { bigint: true }))));
  return { text: stamps.map((found) => (found === undefined ? '-' : `${found.ino} ${found.size} ${found.mtimeNs}`)).join(), journal: (stamps[2]?.size ?? 0n) > 0n };
}
