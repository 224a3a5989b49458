/** The real `sqlite3`, `unzip` and Python as witnesses of what is written, and as makers of what is read. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readCardFile, writeCardFile } from '../../../src/adapters/node/cards/anki.ts';
import type { ExchangeCard } from '../../../src/core/cards/index.ts';
import { databases, packageOf, schema18 } from './anki-package.ts';

const missing = ['sqlite3', 'unzip', 'python3'].find((name) => spawnSync(name, name === 'unzip' ? ['-v'] : ['--version']).status !== 0);
const skip = missing === undefined ? false : `${missing} is not installed`;
const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-anki-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, ...args: string[]): string {
  const result = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, HOME: folder }, maxBuffer: 64 * 1024 * 1024 });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

const cards: ExchangeCard[] = [
  { question: 'dog', answer: 'chien', kind: 'reversed', project: 'Lang::French', tags: ['animal'], id: 'note-1', createdAt: 1_759_000_000_000 },
  { question: '**What?** <b>', answer: 'This: ![](a.png)', kind: 'basic', id: 'note-2', createdAt: 1_759_000_000_000, suspended: true },
];

test('unzip and sqlite3 find a sound package of schema 11', { skip }, async () => {
  const path = join(folder, 'out.apkg');
  writeFileSync(path, await writeCardFile(cards, 'anki', databases, { now: 1_764_000_000_000, offsetMinutes: 0, media: [{ name: 'a.png', bytes: Uint8Array.of(1, 2, 3) }] }));
  run('unzip', '-t', path);
  assert.deepEqual(run('unzip', '-Z1', path).trim().split('\n').sort(), ['0', 'collection.anki2', 'collection.anki21', 'media']);
  run('unzip', '-q', path, '-d', join(folder, 'out'));
  assert.equal(readFileSync(join(folder, 'out', 'media'), 'utf8'), '{"0":"a.png"}');
  for (const name of ['collection.anki2', 'collection.anki21']) assert.equal(run('sqlite3', join(folder, 'out', name), 'PRAGMA integrity_check').trim(), 'ok');
  const rows = (sql: string) => JSON.parse(run('sqlite3', '-json', join(folder, 'out', 'collection.anki21'), sql)) as Record<string, unknown>[];
  assert.deepEqual(rows('SELECT ver, tags FROM col'), [{ ver: 11, tags: '{}' }]);
  assert.deepEqual(rows("SELECT guid, replace(flds, char(31), '|') AS flds, tags, sfld, csum FROM notes"), [
    { guid: 'note-1', flds: 'dog|chien|', tags: ' animal ', sfld: 'dog', csum: 0xe4951252 },
    { guid: 'note-2', flds: '<b>What?</b> &lt;b&gt;|This: <img src="a.png">|', tags: '', sfld: 'What? <b>', csum: Number(run('python3', '-c', "import hashlib; print(int(hashlib.sha1(b'What? <b>').hexdigest()[:8], 16))")) },
  ]);
  assert.deepEqual(rows('SELECT n.guid, c.ord, c.type, c.queue, c.due FROM cards c JOIN notes n ON n.id = c.nid ORDER BY n.guid, c.ord'), [
    { guid: 'note-1', ord: 0, type: 0, queue: 0, due: 1 },
    { guid: 'note-1', ord: 1, type: 0, queue: 0, due: 2 },
    { guid: 'note-2', ord: 0, type: 0, queue: -1, due: 3 },
  ]);
  // Every card's deck and note type is there, and the fields have the list that old importers want.
  assert.deepEqual(rows("SELECT count(*) AS n FROM cards, col WHERE json_extract(decks, '$.\"' || did || '\".name') IS NULL"), [{ n: 0 }]);
  assert.deepEqual(rows("SELECT json_extract(col.models, '$.\"' || mid || '\".flds[0].media') AS media FROM notes, col LIMIT 1"), [{ media: '[]' }]);
  assert.deepEqual(rows('SELECT typeof(id) AS id, typeof(mod) AS mod FROM notes LIMIT 1'), [{ id: 'integer', mod: 'integer' }]);
});

test("Python's zipfile reads it too", { skip }, async () => {
  const path = join(folder, 'py.apkg');
  writeFileSync(path, await writeCardFile(cards, 'anki', databases, { now: 1_764_000_000_000, offsetMinutes: 0 }));
  assert.equal(run('python3', '-c', 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip())', path).trim(), 'None');
});

/** The newest form by SQLite with Anki's collation registered, which sql.js has not; the rows come from the other builder. */
const script = `
import sqlite3, sys, zipfile
old, new, schema = sys.argv[1:4]
c = sqlite3.connect(new)
c.create_collation('unicase', lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold()))
c.execute('ATTACH ? AS old', (old,))
for table in ('col', 'notes', 'cards', 'revlog'):
    c.execute(c.execute("SELECT sql FROM old.sqlite_master WHERE name = ?", (table,)).fetchone()[0])
    c.execute(f'INSERT INTO {table} SELECT * FROM old.{table}')
c.executescript(open(schema).read())
c.execute("UPDATE col SET ver = 18, models = '', decks = ''")
def field(number, value):
    data = value.encode(); size = len(data); head = bytes([number << 3 | 2])
    while size > 127: head += bytes([size & 127 | 128]); size >>= 7
    return head + bytes([size]) + data
import json
models = json.loads(c.execute('SELECT models FROM old.col').fetchone()[0]); decks = json.loads(c.execute('SELECT decks FROM old.col').fetchone()[0])
for m in models.values():
    c.execute('INSERT INTO notetypes VALUES (?,?,0,0,?)', (m['id'], m['name'] + ' É', (b'\\x08\\x01' if m['type'] else b'') + field(3, m['css'])))
    for i, f in enumerate(m['flds']): c.execute('INSERT INTO fields VALUES (?,?,?,?)', (m['id'], i, f['name'], b''))
    for i, t in enumerate(m['tmpls']): c.execute('INSERT INTO templates VALUES (?,?,?,0,0,?)', (m['id'], i, t['name'], field(1, t['qfmt']) + field(2, t['afmt'])))
for d in decks.values(): c.execute("INSERT INTO decks VALUES (?,?,0,0,x'',x'')", (d['id'], d['name'].replace('::', chr(31))))
for tag in ('Ärger', 'bio', 'db'): c.execute('INSERT INTO tags VALUES (?,0,0,NULL)', (tag,))
c.commit(); c.close()
`;

test('a collection with the real collation is read as the others are', { skip }, async () => {
  const legacy = await packageOf('legacy1');
  writeFileSync(join(folder, 'old.apkg'), legacy);
  run('unzip', '-qo', join(folder, 'old.apkg'), 'collection.anki2', '-d', folder);
  writeFileSync(join(folder, 'schema18.sql'), schema18);
  run('python3', '-c', script, join(folder, 'collection.anki2'), join(folder, 'collection.anki21b.raw'), join(folder, 'schema18.sql'));
  // `zstd` packs it for real where it is there; a raw frame is tested elsewhere.
  const packed = spawnSync('zstd', ['-q', '-19', '-f', join(folder, 'collection.anki21b.raw'), '-o', join(folder, 'collection.anki21b')]).status === 0;
  const name = packed ? 'collection.anki21b' : 'collection.anki21b.raw';
  run('python3', '-c', "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], 'w'); z.write(sys.argv[2], 'collection.anki21b'); z.writestr('meta', b'\\x08\\x03'); z.writestr('media', b'')", join(folder, 'new.apkg'), join(folder, name));
  const [expected, actual] = [await readCardFile(legacy, 'a.apkg', databases), await readCardFile(readFileSync(join(folder, 'new.apkg')), 'b.apkg', databases)];
  assert.deepEqual(actual.cards, expected.cards);
  assert.deepEqual(actual.noteTypes.map(({ name, templates }) => [name, templates]), expected.noteTypes.map(({ name, templates }) => [`${name} É`, templates]));
});
