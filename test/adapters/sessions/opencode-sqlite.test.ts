/** Rows of a database that is being written, against SQLite itself. */
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { SqliteFile, type Row } from '../../../src/adapters/node/sessions/opencode-sqlite.ts';

const schema = 'CREATE TABLE `note` (`id` text PRIMARY KEY, `owner` text NOT NULL, `time` integer NOT NULL, `data` text, "cost" real DEFAULT 0, CONSTRAINT `c` CHECK(time > -1000000000000000)); CREATE INDEX `note_owner_time_idx` ON `note` (`owner`,`time`,`id`); ALTER TABLE note ADD COLUMN `later` integer;';

function database(t: TestContext, pageSize = 4096) {
  const folder = mkdtempSync(join(tmpdir(), 'wh-sqlite-'));
  const path = join(folder, 'opencode.db');
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA page_size = ${pageSize}; PRAGMA journal_mode = WAL; ${schema}`);
  t.after(() => {
    if (db.isOpen) db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const file = new SqliteFile(path);
  const insert = db.prepare('INSERT OR REPLACE INTO note (id, owner, time, data, cost, later) VALUES (?, ?, ?, ?, ?, ?)');
  return {
    folder, path, db, file,
    add: (id: string, owner: string, time: number, data: string | null = null, cost = 0.5, later: number | null = null) => void insert.run(id, owner, time, data, cost, later),
    mine: (owner: string): readonly Row[] => file.read((pages) => [...pages.rows('note', 'owner', owner)]),
    theirs: (owner: string): readonly Row[] => db.prepare('SELECT * FROM note WHERE owner = ? ORDER BY time DESC, id DESC').all(owner).map((row) => ({ ...row }) as Row),
    byId: (id: string) => file.read((pages) => [...pages.rows('note', 'id', id)]),
  };
}

for (const pageSize of [512, 4096, 65_536]) {
  test(`rows in pages of ${pageSize} bytes, in the log and in the main file`, (t) => {
    const d = database(t, pageSize);
    for (let index = 0; index < 400; index++) d.add(`n${index}`, `owner${index % 3}`, index * 7 - 9, 'ä'.repeat((index * 37) % 3000), index / 3, index % 2 === 0 ? null : -index * 1e12);
    for (const owner of ['owner0', 'owner1', 'owner2', 'owner', 'owner00', '', 'z']) assert.deepEqual(d.mine(owner), d.theirs(owner));
    d.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    assert.equal(statSync(`${d.path}-wal`).size, 0);
    assert.deepEqual(d.mine('owner1'), d.theirs('owner1'));
    d.add('n5', 'owner1', 5, 'x'.repeat(100_000));
    d.db.exec("DELETE FROM note WHERE owner = 'owner0'");
    for (const owner of ['owner0', 'owner1', 'owner2']) assert.deepEqual(d.mine(owner), d.theirs(owner));
    assert.deepEqual(d.byId('n7').map(({ time }) => time), [40]);
    assert.deepEqual(d.byId('n'), []);
  });
}

test('any writes, with checkpoints between them', (t) => {
  const d = database(t, 1024);
  const write = fc.record({ id: fc.integer({ min: 0, max: 60 }), owner: fc.constantFrom('a', 'b', 'ü'), time: fc.integer({ min: -5, max: 2 ** 40 }), size: fc.constantFrom(0, 10, 300, 985, 2000, 9000) });
  const step = fc.oneof({ weight: 8, arbitrary: write }, { weight: 1, arbitrary: fc.constant('checkpoint' as const) }, { weight: 1, arbitrary: fc.constant('delete' as const) });
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
    for (const each of steps) {
      if (each === 'checkpoint') d.db.exec('PRAGMA wal_checkpoint(RESTART)');
      else if (each === 'delete') d.db.exec('DELETE FROM note WHERE rowid % 3 = 0');
      else d.add(`n${each.id}`, each.owner, each.time, 'x'.repeat(each.size));
    }
    for (const owner of ['a', 'b', 'ü']) assert.deepEqual(d.mine(owner), d.theirs(owner));
  }), { seed: 7, numRuns: 25 });
});

test('what is not committed is not there, and nothing is locked or written', (t) => {
  const d = database(t);
  d.add('n1', 'a', 1);
  const files = readdirSync(d.folder).sort();
  d.db.exec('BEGIN IMMEDIATE; PRAGMA cache_size = 1');
  for (let index = 0; index < 300; index++) d.add(`m${index}`, 'a', index, 'x'.repeat(2000));
  assert.equal(d.mine('a').length, 1);
  d.db.exec('COMMIT');
  assert.equal(d.mine('a').length, 301);
  assert.deepEqual(readdirSync(d.folder).sort(), files);
});

test('it is written while it is read', (t) => {
  const d = database(t);
  d.add('n1', 'a', 1);
  let writes = 0;
  const found = d.file.read((pages) => {
    const rows = [...pages.rows('note', 'owner', 'a')];
    if (writes++ === 0) d.add('n2', 'a', 2);
    return rows;
  });
  assert.deepEqual([found.length, writes], [2, 2]);
  assert.throws(() => d.file.read(() => d.add(`w${writes++}`, 'b', 1)), /is being written/);
});

test('what is missing, damaged, or no database', (t) => {
  const d = database(t);
  for (let index = 0; index < 300; index++) d.add(`n${index}`, 'a', index, 'x'.repeat(500));
  assert.deepEqual(d.file.read((pages) => [...pages.rows('nothing', 'id', 'x'), ...pages.rows('note', 'data', 'x')]), []);
  assert.throws(() => new SqliteFile(join(d.folder, 'other')).read(() => 1), /ENOENT/);
  d.db.close();
  assert(!existsSync(`${d.path}-wal`));
  assert.equal(d.mine('a').length, 300);
  writeFileSync(`${d.path}-wal`, Buffer.alloc(5000, 7));
  assert.equal(d.mine('a').length, 300, 'a log of something else');
  truncateSync(d.path, 8192);
  assert.throws(() => d.mine('a'), /damaged/);
  const noise = join(d.folder, 'noise.db');
  fc.assert(fc.property(fc.uint8Array({ minLength: 0, maxLength: 3000 }), (bytes) => {
    writeFileSync(noise, 'SQLite format 3\0');
    appendFileSync(noise, bytes);
    assert.throws(() => new SqliteFile(noise).read((pages) => [...pages.rows('note', 'id', 'x')]));
  }), { seed: 3, numRuns: 200 });
});
