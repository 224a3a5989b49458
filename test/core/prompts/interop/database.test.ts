import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createDatabases } from '../../../../src/adapters/node/database-sqljs.ts';
import { importedPrompts, isSqlite, readOriginalDatabase, withWal, writeOriginalDatabase } from '../../../../src/core/prompts/interop/index.ts';
import type { Prompt } from '../../../../src/core/prompts/model.ts';
import { promptKey } from '../../../../src/core/prompts/index.ts';
import { prompt, secret } from './sample.ts';

const databases = createDatabases();
const now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

async function exported(prompts: readonly Prompt[]) {
  const database = await databases.open();
  const result = writeOriginalDatabase(database, prompts, now);
  const bytes = database.export();
  database.close();
  return { ...result, bytes };
}

async function imported(bytes: Uint8Array) {
  const database = await databases.open(bytes);
  try {
    return readOriginalDatabase(database, 'x.db');
  } finally {
    database.close();
  }
}

describe('a database comes back as it went', () => {
  const prompts = [
    prompt({ id: 3, at: 1759400000001, text: 'größe 🎉 "x"\nline', rating: 5, note: 'good', pasted: '{"1":{"content":"ü"}}' }),
    prompt({ id: 4, at: 1759400000002, project: '' }),
    prompt({ id: 9, at: 1759400000003, rating: 1 }),
    prompt({ id: 10, at: 1759400000004, note: 'only a note' }),
  ];
  test('with ratings and notes', async () => {
    const { bytes, moved, count } = await exported(prompts);
    assert.deepEqual([moved, count], [[], 4]);
    const { prompts: back, skipped } = await imported(bytes);
    assert.deepEqual(skipped, []);
    assert.deepEqual(back.map((p) => [p.originalId, p.at, p.text, p.project, p.rating, p.note]), prompts.map((p) => [p.id, p.at, p.text, p.project, p.rating, p.note]));
    assert.deepEqual(JSON.parse(back[0]!.pasted), { 1: { content: 'ü' } });
    assert.deepEqual(back.map((p) => p.ratedAt), [now - 678, undefined, now - 678, now - 678]);
  });

  test('under the keys of the index', async () => {
    const { records, events } = importedPrompts(await imported((await exported(prompts)).bytes));
    const key = promptKey({ ...prompts[0]!, session: '' });
    assert.deepEqual(records[0], { key, at: 1759400000001, text: 'größe 🎉 "x"\nline', project: '/Users/you/repos/a', session: '', agent: 'claude', pasted: '{"1": {"content": "\\u00fc"}}' });
    assert.equal(records.length, 4);
    assert.deepEqual(events.map(({ type }) => type), ['prompts.rated', 'prompts.noted', 'prompts.rated', 'prompts.noted']);
    assert.deepEqual(events[0], { type: 'prompts.rated', key, rating: 5 });
  });

  test('without secrets, and what was redacted is recognised', async () => {
    const original = prompt({ text: `use ${secret}`, rating: 4, note: secret, pasted: JSON.stringify({ 1: { content: secret } }) });
    const { bytes } = await exported([original]);
    assert.ok(!Buffer.from(bytes).includes(secret));
    const back = await imported(bytes);
    assert.equal(back.prompts[0]!.text, 'use [redacted: GitHub token]');
    assert.deepEqual(importedPrompts(back, () => [prompt(), original]).records, []);
    assert.deepEqual(importedPrompts(back, () => [prompt(), original]).events[0], { type: 'prompts.rated', key: original.key, rating: 4 });
    assert.equal(importedPrompts(back).records.length, 1);
  });
});

const crowds: [name: string, at: number[], written: number[]][] = [
  ['no two at once', [1, 3, 5], [1, 3, 5]],
  ['two at once', [1, 1, 5], [1, 2, 5]],
  ['two at once, and the next', [1, 1, 2, 9], [1, 2, 3, 9]],
  ['not in order', [5, 1, 1], [1, 2, 5]],
  ['fractions', [1.5, 1.7], [1, 2]],
];
for (const [name, at, written] of crowds) {
  test(`one prompt a millisecond: ${name}`, async () => {
    const { bytes, moved } = await exported(at.map((each, i) => prompt({ id: i + 1, at: each })));
    assert.deepEqual((await imported(bytes)).prompts.map((p) => p.at), written);
    assert.equal(moved.length, [...at].sort((a, b) => a - b).filter((each, i) => each !== written[i]).length);
    for (const { id, from } of moved) assert.equal(at[id - 1], from);
  });
}

const schema = 'CREATE TABLE prompts (id INTEGER PRIMARY KEY, timestamp, display, project, pasted_contents); CREATE TABLE prompt_metadata (prompt_id INTEGER, rating, note, updated_at);';
const foreign: [name: string, sql: string, says: RegExp][] = [
  ['empty', '', /has no table prompts/],
  ['another program’s', 'CREATE TABLE prompts (id, text)', /has no column prompts.timestamp/],
  ['half of one', 'CREATE TABLE prompts (id, timestamp, display, project)', /has no table prompt_metadata/],
];
for (const [name, sql, says] of foreign) {
  test(`a database that is ${name} is refused`, async () => {
    const database = await databases.open();
    database.exec(`CREATE TABLE x (y); ${sql}`);
    assert.throws(() => readOriginalDatabase(database, '/p/x.db'), { code: 'invalid-input', message: says });
    database.close();
  });
}

const rows: [name: string, sql: string, texts: string[], skipped: RegExp][] = [
  ['an older one without pasted parts', 'ALTER TABLE prompts DROP COLUMN pasted_contents; INSERT INTO prompts (timestamp, display) VALUES (1, "a")', ['a'], /^$/],
  ['no usable time', `INSERT INTO prompts (timestamp, display) VALUES (1, "a"), ("soon", "b"), (NULL, "c"), (1.5, "d"), (9e15, "e"), (2, x'00'), (3, NULL)`, ['a'], /^6 rows/],
  ['ratings of nothing', 'INSERT INTO prompts (timestamp, display) VALUES (1, "a"); INSERT INTO prompt_metadata VALUES (7, 5, "x", "y")', ['a'], /^1 ratings/],
  ['strange opinions', 'INSERT INTO prompts VALUES (1, 1, "a", 7, "{"), (2, 2, "b", NULL, "[1]"); INSERT INTO prompt_metadata VALUES (1, 9, "", "y"), (2, 4.5, 7, NULL)', ['a', 'b'], /^$/],
];
for (const [name, sql, texts, skipped] of rows) {
  test(`rows: ${name}`, async () => {
    const database = await databases.open();
    database.exec(`${schema} ${sql.replaceAll('"', "'")}`);
    const read = readOriginalDatabase(database, 'x.db');
    assert.deepEqual(read.prompts.map((p) => p.text), texts);
    assert.match(read.skipped.join(), skipped);
    for (const p of read.prompts) assert.deepEqual([p.rating, p.note, p.pasted, p.ratedAt], [undefined, undefined, '{}', undefined]);
    database.close();
  });
}

test('a damaged database is refused, wherever the damage is', async () => {
  const { bytes } = await exported(Array.from({ length: 500 }, (_, i) => prompt({ id: i + 1, at: i, text: `prompt ${i}` })));
  let refused = 0;
  for (let page = 1; page < bytes.length / 4096; page++) {
    const broken = bytes.slice();
    broken.fill(0xa5, page * 4096, page * 4096 + 2000);
    const error = await imported(broken).then(() => undefined, (thrown: unknown) => thrown as { code?: string; message: string });
    if (error === undefined) continue; // A page that is not in use.
    assert.equal(error.code, 'invalid-input', error.message);
    refused++;
  }
  assert.ok(refused > 5);
});

test('what is no database is told from one', () => {
  for (const bytes of [new Uint8Array(), new Uint8Array(200), Buffer.from('SQLite format 3'), Buffer.alloc(99)]) assert.equal(isSqlite(bytes), false);
});

test('a log that is no log of this database changes nothing', async () => {
  const { bytes } = await exported([prompt()]);
  for (const wal of [new Uint8Array(), new Uint8Array(32), new Uint8Array(10_000).fill(7), Buffer.from('377f0682002de218000010000000000000000000000000000000000000000000', 'hex')]) assert.deepEqual(withWal(bytes, wal), bytes);
});
