import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createDatabases } from '../../../src/adapters/node/database-sqljs.ts';
import type { Database, SqlValue } from '../../../src/core/ports/database.ts';
import { temporaryFolder } from '../../core/storage/fixture.ts';

const databases = createDatabases();

async function opened(t: TestContext, image?: Uint8Array): Promise<Database> {
  const db = await databases.open(image);
  t.after(() => db.close());
  return db;
}

async function withTable(t: TestContext): Promise<Database> {
  const db = await opened(t);
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, v)');
  return db;
}

const count = (db: Database) => db.all('SELECT count(*) AS n FROM t')[0]?.['n'];

const values: readonly SqlValue[] = [null, 0, -1, 1.5, Date.UTC(2026, 10, 23), Number.MAX_SAFE_INTEGER, '', 'grüße 🐍', 'a\0b', new Uint8Array([0, 255]), new Uint8Array()];
for (const value of values) {
  test(`a value comes back: ${JSON.stringify(value)}`, async (t) => {
    const db = await withTable(t);
    db.run('INSERT INTO t VALUES (1, ?)', [value]);
    assert.deepEqual(db.all('SELECT v FROM t'), [{ v: value }]);
  });
}

test('a statement is used again with other values and after a change of the schema', async (t) => {
  const db = await withTable(t);
  for (let n = 0; n < 3; n++) db.run('INSERT INTO t (v) VALUES (?)', [n]);
  assert.deepEqual(db.all('SELECT * FROM t WHERE v >= ?', [1]).length, 2);
  db.exec('ALTER TABLE t ADD COLUMN w');
  assert.deepEqual(db.all('SELECT * FROM t WHERE v >= ?', [2]), [{ id: 3, v: 2, w: null }]);
});

test('more statements than are kept do no harm', async (t) => {
  const db = await withTable(t);
  for (let n = 0; n < 250; n++) assert.deepEqual(db.all(`SELECT ${n} AS n`), [{ n }]);
  assert.deepEqual(db.all('SELECT 0 AS n'), [{ n: 0 }]);
});

test('a statement that failed can be used again', async (t) => {
  const db = await withTable(t);
  const insert = 'INSERT INTO t VALUES (?, ?)';
  db.run(insert, [1, 'a']);
  assert.throws(() => db.run(insert, [1, 'b']), /UNIQUE/);
  db.run(insert, [2, 'b']);
  assert.equal(count(db), 2);
});

test('a transaction is kept as a whole or not at all, inner ones too', async (t) => {
  const db = await withTable(t);
  const failing = () =>
    db.transaction(() => {
      db.run('INSERT INTO t (v) VALUES (2)');
      throw new Error('no');
    });
  assert.throws(failing, /no/);
  assert.equal(count(db), 0);
  const result = db.transaction(() => {
    db.run('INSERT INTO t (v) VALUES (1)');
    assert.throws(failing, /no/);
    db.transaction(() => db.run('INSERT INTO t (v) VALUES (3)'));
    return 'kept';
  });
  assert.equal(result, 'kept');
  assert.deepEqual(db.all('SELECT v FROM t'), [{ v: 1 }, { v: 3 }]);
});

test('an image holds everything, and saving disturbs nothing', async (t) => {
  const db = await withTable(t);
  db.exec('CREATE VIRTUAL TABLE words USING fts4(text)');
  db.run('INSERT INTO words (text) VALUES (?)', ['the quick fox']);
  for (let n = 0; n < 1000; n++) db.run('INSERT INTO t (v) VALUES (?)', [n]);
  const image = db.export();
  db.run('INSERT INTO t (v) VALUES (?)', [1]);
  const again = await opened(t, image);
  assert.equal(count(again), 1000);
  assert.equal(count(db), 1001);
  assert.deepEqual(again.all("SELECT docid FROM words WHERE text MATCH 'quick'"), [{ docid: 1 }]);
});

test('an image is not taken inside a transaction that writes', async (t) => {
  const db = await withTable(t);
  db.transaction(() => {
    db.run('INSERT INTO t (v) VALUES (1)');
    assert.throws(() => db.export());
  });
  assert.equal(count(db), 1);
});

for (const [name, bytes] of [
  ['text', Buffer.from('this is not a database, but long enough to look at. '.repeat(50))],
  ['a database cut off', undefined],
] as const) {
  test(`what is no database is refused: ${name}`, async (t) => {
    const db = await withTable(t);
    for (let n = 0; n < 1000; n++) db.run('INSERT INTO t (v) VALUES (?)', ['x'.repeat(100)]);
    await assert.rejects(databases.open(bytes ?? db.export().subarray(0, 10_000)));
  });
}

test('a database that grows too large says so and keeps what it had', async (t) => {
  const db = await withTable(t);
  db.exec('PRAGMA max_page_count = 50');
  db.run('INSERT INTO t (v) VALUES (1)');
  const fill = () => db.transaction(() => { for (let n = 0; n < 1000; n++) db.run('INSERT INTO t (v) VALUES (?)', ['x'.repeat(1000)]); });
  assert.throws(fill, { code: 'refused', message: /512 MB/ });
  assert.equal(count(db), 1);
});

test('the wasm file is found in the directory that was given', async (t) => {
  const folder = temporaryFolder(t);
  const dist = dirname(createRequire(import.meta.url).resolve('sql.js'));
  copyFileSync(join(dist, 'sql-wasm.wasm'), join(folder, 'sql-wasm.wasm'));
  const db = await createDatabases(folder).open();
  assert.deepEqual(db.all('SELECT 1 AS one'), [{ one: 1 }]);
  db.close();
  rmSync(join(folder, 'sql-wasm.wasm'));
  await assert.rejects(createDatabases(folder).open(), { code: 'unreadable', message: /sql-wasm\.wasm/ });
});
