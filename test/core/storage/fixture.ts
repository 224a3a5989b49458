/** What the storage tests share: folders that go away, a small projection, and child processes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { systemClock, systemRandom } from '../../../src/adapters/node/clock.ts';
import { createDatabases } from '../../../src/adapters/node/database-sqljs.ts';
import { openJournal } from '../../../src/adapters/node/journal-file.ts';
import type { Journal, JournalEntry } from '../../../src/core/ports/journal.ts';
import { openStore, type Projection, type Store, type StoreOptions } from '../../../src/core/storage/index.ts';

export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-storage-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function journalAt(path: string, batchBytes?: number): Journal {
  return openJournal(path, { clock: systemClock, random: systemRandom, ...(batchBytes === undefined ? {} : { batchBytes }) });
}

/** Every event `test.written` is a row; the first `test.claimed` of a path wins. */
export const testProjection: Projection = {
  name: 'test',
  version: 1,
  schema: `CREATE TABLE written (position INTEGER PRIMARY KEY, writer TEXT NOT NULL, n INTEGER NOT NULL);
           CREATE TABLE claim (path TEXT PRIMARY KEY, holder TEXT NOT NULL);`,
  apply: (db, { event, position }) => {
    if (event.type === 'test.written') db.run('INSERT INTO written VALUES (?, ?, ?)', [position, event.by, event['n'] as number]);
    if (event.type === 'test.claimed') db.run('INSERT INTO claim VALUES (?, ?) ON CONFLICT DO NOTHING', [event['path'] as string, event.by]);
  },
};

const databases = createDatabases();

export async function testStore(t: TestContext, journal: Journal, options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({ journal, databases, projections: [testProjection], ...options });
  t.after(() => store.close());
  return store;
}

/** The whole content of the tables, for comparing. */
export function contentOf(store: Store): unknown {
  return [store.db.all('SELECT * FROM written ORDER BY position'), store.db.all('SELECT * FROM claim ORDER BY path')];
}

export async function readAll(journal: Journal): Promise<{ entries: JournalEntry[]; damaged: number[]; end: number }> {
  const entries: JournalEntry[] = [];
  const damaged: number[] = [];
  let end = 0;
  for (let more = true; more; ) {
    const read = await journal.read(end);
    entries.push(...read.entries);
    damaged.push(...read.damaged);
    end = read.end;
    more = read.more;
  }
  return { entries, damaged, end };
}

export interface Child {
  readonly process: ChildProcess;
  /** Resolves with the exit code (null after a signal) when all output has been read. */
  readonly ended: Promise<number | null>;
  readonly lines: readonly string[];
}

/** Runs a script of the tests with this very Node; the test kills what is left of it. */
export function startChild(t: TestContext, script: URL, args: readonly string[], onLine?: (line: string) => void): Child {
  const child = spawn(process.execPath, [script.pathname, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    onLine?.(line);
  });
  const read = new Promise((resolve) => reader.on('close', resolve));
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => void read.then(() => resolve(code))));
  return { process: child, ended, lines };
}
