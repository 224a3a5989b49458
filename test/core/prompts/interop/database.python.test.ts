import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { exportDatabase, importDatabase } from '../../../../src/adapters/node/prompts/database-interop.ts';
import { createDatabases } from '../../../../src/adapters/node/database-sqljs.ts';
import { prompt } from './sample.ts';

/** SQLite itself and Python's, which prompt_tracker uses, as witnesses. */

const missing = (program: string) => (spawnSync(program, ['--version']).status === 0 ? false : `${program} is not installed`);
const databases = createDatabases();
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const prompts = [
  prompt({ id: 1, at: 1759400000001, text: 'größe 🎉\0\ud800 "x"', rating: 5, note: 'good' }),
  prompt({ id: 2, at: 1759400000001, pasted: '{"1":{"id":1,"content":"ü"}}' }),
  prompt({ id: 7, at: 1759400000009, rating: 1 }),
];

/** What prompt_tracker does: makes its tables, if they are not there, and reads, syncs and rates. */
const tracker = `
import sqlite3, sys, json
db = sqlite3.connect(sys.argv[1])
db.execute("CREATE TABLE IF NOT EXISTS prompts (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp INTEGER UNIQUE NOT NULL, display TEXT NOT NULL, project TEXT, pasted_contents TEXT, created_at DATETIME DEFAULT CURRENT_TIMESTAMP)")
db.execute("CREATE TABLE IF NOT EXISTS prompt_metadata (prompt_id INTEGER PRIMARY KEY, rating INTEGER CHECK(rating >= 1 AND rating <= 5), note TEXT, updated_at DATETIME DEFAULT CURRENT_TIMESTAMP, FOREIGN KEY (prompt_id) REFERENCES prompts(id))")
db.execute("CREATE INDEX IF NOT EXISTS idx_timestamp ON prompts(timestamp DESC)")
db.execute("CREATE INDEX IF NOT EXISTS idx_rating ON prompt_metadata(rating)")
db.execute("INSERT OR IGNORE INTO prompts (timestamp, display, project, pasted_contents) VALUES (?, ?, ?, ?)", (1759400000009, "again", "/x", "{}"))
db.execute("INSERT OR IGNORE INTO prompts (timestamp, display, project, pasted_contents) VALUES (?, ?, ?, ?)", (1759400009999, "new", "/x", "{}"))
db.execute("INSERT INTO prompt_metadata (prompt_id, rating) VALUES (2, 4)")
db.commit()
rows = db.execute("SELECT p.id, p.timestamp, p.display, p.project, m.rating, m.note, p.pasted_contents, typeof(p.timestamp), p.created_at FROM prompts p LEFT JOIN prompt_metadata m ON p.id = m.prompt_id ORDER BY p.timestamp").fetchall()
print(json.dumps([rows, db.execute("PRAGMA user_version").fetchone(), db.execute("PRAGMA journal_mode").fetchone(), db.execute("PRAGMA integrity_check").fetchone(), db.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()]))
`;

describe('databases of prompt_tracker', { skip: missing('python3') }, () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'wheelhouse-db-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);

  test('the program reads, syncs and rates in ours', async () => {
    const { moved } = await exportDatabase(databases, path('ours.db'), prompts, now);
    assert.deepEqual(moved, [{ id: 2, from: 1759400000001, to: 1759400000002 }]);
    const [rows, version, mode, sound, schema] = JSON.parse(execFileSync('python3', ['-c', tracker, path('ours.db')], { encoding: 'utf8' })) as [unknown[][], number[], string[], string[], string[][]];
    assert.deepEqual(rows.map((row) => row.slice(0, 8)), [
      [1, 1759400000001, 'größe 🎉\ufffd\ufffd "x"', '/Users/you/repos/a', 5, 'good', '{}', 'integer'],
      [2, 1759400000002, 'fix the parser', '/Users/you/repos/a', 4, null, '{"1": {"id": 1, "content": "\\u00fc"}}', 'integer'],
      [7, 1759400000009, 'fix the parser', '/Users/you/repos/a', 1, null, '{}', 'integer'],
      // The program burns an id for each line that it has; what counts is that none is used twice.
      [rows[3]![0], 1759400009999, 'new', '/x', null, null, '{}', 'integer'],
    ]);
    assert.ok(Number(rows[3]![0]) > 7);
    assert.equal(rows[0]![8], '2026-01-02 03:04:05');
    assert.deepEqual([version, mode, sound], [[0], ['delete'], ['ok']]);
    assert.deepEqual(schema.map(([name]) => name).sort(), ['idx_rating', 'idx_timestamp', 'prompt_metadata', 'prompts']);

    const back = await importDatabase(databases, path('ours.db'));
    assert.deepEqual(back.prompts.map((p) => [p.originalId, p.rating]), [[1, 5], [2, 4], [7, 1], [rows[3]![0], undefined]]);
  });

  test('sqlite3 finds nothing wrong with it', { skip: missing('sqlite3') }, async () => {
    await exportDatabase(databases, path('sound.db'), prompts, now);
    const said = execFileSync('sqlite3', [path('sound.db'), 'PRAGMA integrity_check; PRAGMA foreign_key_check; PRAGMA journal_mode; PRAGMA user_version; SELECT count(*), max(timestamp) FROM prompts;'], { encoding: 'utf8' });
    assert.equal(said, 'ok\ndelete\n0\n3|1759400000009\n');
  });

  test('one that is there is not replaced, one that is open neither', async () => {
    writeFileSync(path('there.db'), 'mine');
    await assert.rejects(exportDatabase(databases, path('there.db'), prompts, now), { code: 'conflict' });
    assert.equal(readFileSync(path('there.db'), 'utf8'), 'mine');
    await exportDatabase(databases, path('there.db'), prompts, now, true);
    writeFileSync(path('there.db-journal'), 'x');
    await assert.rejects(exportDatabase(databases, path('there.db'), prompts, now, true), { code: 'conflict', message: /there\.db-journal/ });
  });

  /** A program that has the database open in WAL mode, in the midst of its work, until its input ends. */
  const live = (name: string, steps: string) => {
    const program = `
import sqlite3, sys, os
db = sqlite3.connect(sys.argv[1], isolation_level=None)
${tracker.split('\n').filter((line) => line.includes('CREATE TABLE')).join('\n')}
db.execute("PRAGMA journal_mode=WAL")
db.execute("PRAGMA wal_autocheckpoint=0")
def add(n):
    for i in range(n): db.execute("INSERT INTO prompts (timestamp, display, project) VALUES ((SELECT coalesce(max(timestamp), 0) + 1 FROM prompts), ?, '/x')", ("x" * 500,))
${steps}
sys.stdout.flush()
os._exit(0)
`;
    execFileSync('python3', ['-c', program, path(name)]);
  };
  const lives: [name: string, steps: string, count: number][] = [
    ['only in the log', 'add(40)', 40],
    ['partly in the main file', 'add(40); db.execute("PRAGMA wal_checkpoint(PASSIVE)"); add(30)', 70],
    ['all in the main file', 'add(40); db.execute("PRAGMA wal_checkpoint(TRUNCATE)")', 40],
    ['a transaction that is not over', 'add(40); db.execute("BEGIN"); db.execute("PRAGMA cache_size=1"); add(2000)', 40],
    ['a log that began anew', 'add(400); db.execute("PRAGMA wal_checkpoint(RESTART)"); add(3)', 403],
    ['a smaller database than before', 'add(400); db.execute("PRAGMA wal_checkpoint(PASSIVE)"); db.execute("DELETE FROM prompts WHERE id > 5"); db.execute("VACUUM")', 5],
  ];
  for (const [name, steps, count] of lives) {
    test(`one in WAL mode that is in use: ${name}`, async () => {
      const file = `${name.replaceAll(' ', '-')}.db`;
      live(file, steps);
      assert.equal(existsSync(path(`${file}-wal`)), true);
      const files = () => readdirSync(folder).filter((each) => each.startsWith(file)).map((each) => [each, readFileSync(path(each)).toString('base64')]);
      const untouched = files();
      assert.equal((await importDatabase(databases, path(file))).prompts.length, count);
      assert.deepEqual(files(), untouched);
      if (missing('sqlite3') === false) assert.equal(execFileSync('sqlite3', [path(file), 'SELECT count(*) FROM prompts'], { encoding: 'utf8' }).trim(), String(count));
    });
  }

  test('one that is written all the time is refused after a while', { timeout: 20_000 }, async () => {
    await exportDatabase(databases, path('busy.db'), prompts, now);
    writeFileSync(path('busy.db-journal'), 'x');
    await assert.rejects(importDatabase(databases, path('busy.db')), { code: 'conflict', message: /busy\.db-journal/ });
  });

  const refused: [name: string, content: string | undefined, code: string][] = [
    ['nothing', undefined, 'not-found'],
    ['an empty file', '', 'invalid-input'],
    ['a text', '{"display":"x"}\n'.repeat(100), 'invalid-input'],
    ['a header and nothing', 'SQLite format 3\0' + 'x'.repeat(500), 'invalid-input'],
  ];
  for (const [name, content, code] of refused) {
    test(`refused: ${name}`, async () => {
      const file = path(`refused-${name.replaceAll(' ', '-')}`);
      if (content !== undefined) writeFileSync(file, content);
      await assert.rejects(importDatabase(databases, file), { code });
    });
  }
  test('refused: a folder', async () => assert.rejects(importDatabase(databases, folder), { code: 'unreadable' }));
});
