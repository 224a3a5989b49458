import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock, systemRandom } from '../../../src/adapters/node/clock.ts';
import { imageFile } from '../../../src/adapters/node/database-image.ts';
import { nodeFiles } from '../../../src/adapters/node/files.ts';
import { openJournal } from '../../../src/adapters/node/journal-file.ts';
import type { JournalEntry } from '../../../src/core/ports/journal.ts';
import { contentOf, journalAt, temporaryFolder, testProjection, testStore } from './fixture.ts';

const written = (n: number) => ({ by: 'user', type: 'test.written', n });
const claim = (by: string, path: string) => ({ by, type: 'test.claimed', path });

test('what is appended is in the tables at once', async (t) => {
  const store = await testStore(t, journalAt(join(temporaryFolder(t), 'journal.jsonl')));
  const [entry] = await store.append([written(1)]);
  assert.deepEqual(store.db.all('SELECT * FROM written'), [{ position: entry!.position, writer: 'user', n: 1 }]);
  assert.deepEqual(await store.append([]), []);
});

test('two stores agree who was first, without a lock', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const [a, b] = [await testStore(t, journalAt(path)), await testStore(t, journalAt(path))];
  await Promise.all([a.append([claim('a', 'x')]), b.append([claim('b', 'x')])]);
  await Promise.all([a.refresh(), b.refresh()]);
  assert.deepEqual(contentOf(a), contentOf(b));
  assert.deepEqual(a.db.all('SELECT holder FROM claim'), [{ holder: 'a' }]);
});

test('listeners get what was folded, once and in order, and only after the tables hold it', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const [a, b] = [await testStore(t, journalAt(path)), await testStore(t, journalAt(path))];
  const heard: JournalEntry[] = [];
  a.onDidChange((entries) => {
    heard.push(...entries);
    assert.equal(a.db.all('SELECT count(*) AS n FROM written')[0]?.['n'], heard.length);
  });
  await a.append([written(1), written(2)]);
  await b.append([written(3)]);
  await Promise.all([a.refresh(), a.refresh(), a.append([written(4)]), a.refresh()]);
  assert.deepEqual(heard.map(({ event }) => event['n']), [1, 2, 3, 4]);
});

test('a refresh sees everything that was appended before it was asked for', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const [store, other] = [await testStore(t, journalAt(path)), journalAt(path)];
  for (let n = 0; n < 50; n++) {
    const running = store.refresh();
    await other.append([written(n)]);
    await store.refresh();
    assert.equal(store.db.all('SELECT count(*) AS n FROM written')[0]?.['n'], n + 1);
    await running;
  }
});

test('the tables cannot be written past the journal', async (t) => {
  const store = await testStore(t, journalAt(join(temporaryFolder(t), 'journal.jsonl')));
  assert.throws(() => store.db.run("INSERT INTO claim VALUES ('x', 'y')"), /readonly/);
  await store.append([written(1)]);
  assert.throws(() => store.db.exec('DELETE FROM written'), /readonly/);
});

test('an event that a projection chokes on is left out by everybody, and reported', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const journal = journalAt(path);
  await journal.append([written(1)]);
  const [bad] = await journal.append([{ by: 'user', type: 'test.written', n: { not: 'a number' } }]);
  await journal.append([written(2)]);
  const store = await testStore(t, journal);
  assert.deepEqual(store.db.all('SELECT n FROM written'), [{ n: 1 }, { n: 2 }]);
  assert.deepEqual(store.health.skipped.map(({ position, projection }) => [position, projection]), [[bad!.position, 'test']]);
});

test('a listener that throws keeps nobody from anything', async (t) => {
  const errors: unknown[] = [];
  const store = await testStore(t, journalAt(join(temporaryFolder(t), 'journal.jsonl')), { onError: (error) => errors.push(error) });
  store.onDidChange(() => {
    throw new Error('mine');
  });
  await store.append([written(1)]);
  assert.match(String(errors), /mine/);
});

test('following folds what others append', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const store = await testStore(t, journalAt(path));
  const changed = new Promise((resolve) => store.onDidChange(resolve));
  const following = store.follow();
  t.after(() => following.dispose());
  await journalAt(path).append([written(7)]);
  await changed;
  assert.deepEqual(store.db.all('SELECT n FROM written'), [{ n: 7 }]);
});

test('after close nothing is taken any more', async (t) => {
  const journal = journalAt(join(temporaryFolder(t), 'journal.jsonl'));
  const store = await testStore(t, journal);
  await store.close();
  await store.close();
  await assert.rejects(store.append([written(1)]), { code: 'cancelled' });
  assert.throws(() => store.db, { code: 'cancelled' });
  assert.deepEqual((await journal.read(0)).entries, []);
});

/** What may have happened to an image or its journal, and what the store says about it. */
const accidents: readonly [string, (image: string, journal: string) => void | Promise<void>, string][] = [
  ['nothing', () => undefined, 'used'],
  ['the image is gone', (image) => rmSync(image), 'missing or damaged'],
  ['the image is empty', (image) => truncateSync(image, 0), 'missing or damaged'],
  ['the image is cut off', (image) => truncateSync(image, 5000), 'missing or damaged'],
  ['the image is garbage', (image) => writeFileSync(image, Buffer.alloc(9000, 'x')), 'missing or damaged'],
  ['one byte in the middle is wrong', (image) => {
    const bytes = readFileSync(image);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(image, bytes);
  }, 'missing or damaged'],
  ['the image is a plain database of somebody else', async (image) => {
    const { createDatabases } = await import('../../../src/adapters/node/database-sqljs.ts');
    const db = await createDatabases().open();
    db.exec('CREATE TABLE theirs (x)');
    await imageFile(nodeFiles, image).save(db.export());
    db.close();
  }, 'missing or damaged'],
  ['the journal is a longer one of somebody else', async (_image, path) => {
    rmSync(path);
    for (let n = 0; n < 200; n++) await journalAt(path).append([written(1000 + n)]);
  }, 'another journal'],
  ['the journal was cut off', (_image, path) => truncateSync(path, 300), 'another journal'],
  ['the journal was copied', (_image, path) => {
    writeFileSync(`${path}2`, readFileSync(path));
    renameSync(`${path}2`, path);
  }, 'used'],
  ['the journal went on', (_image, path) => journalAt(path).append([written(99)]).then(() => undefined), 'used'],
];
for (const [name, happen, says] of accidents) {
  test(`the image loads, or is rebuilt to the same: ${name}`, async (t) => {
    const folder = temporaryFolder(t);
    const [path, imagePath] = [join(folder, 'journal.jsonl'), join(folder, 'image.sqlite')];
    const image = imageFile(nodeFiles, imagePath);
    const before = await testStore(t, journalAt(path), { image });
    for (let n = 0; n < 50; n++) await before.append([written(n), claim(`s${n}`, `p${n % 10}`)]);
    await before.close();
    await happen(imagePath, path);
    const after = await testStore(t, journalAt(path), { image });
    assert.equal(after.health.image, says);
    const fresh = await testStore(t, journalAt(path));
    assert.deepEqual(contentOf(after), contentOf(fresh));
    await after.append([written(100)]);
    assert.equal(after.db.all('SELECT max(n) AS n FROM written WHERE n <= 100')[0]?.['n'], 100);
  });
}

for (const [name, changed] of [
  ['version', { ...testProjection, version: 2 }],
  ['schema', { ...testProjection, schema: `${testProjection.schema} CREATE INDEX written_n ON written (n);` }],
  ['name', { ...testProjection, name: 'test2' }],
] as const) {
  test(`an image with another ${name} of a projection is rebuilt`, async (t) => {
    const folder = temporaryFolder(t);
    const journal = journalAt(join(folder, 'journal.jsonl'));
    const image = imageFile(nodeFiles, join(folder, 'image.sqlite'));
    const before = await testStore(t, journal, { image });
    await before.append([written(1)]);
    await before.close();
    const after = await testStore(t, journal, { image, projections: [changed] });
    assert.equal(after.health.image, 'older tables');
    assert.deepEqual(after.db.all('SELECT n FROM written'), [{ n: 1 }]);
  });
}

test('a journal replaced under an open store is folded anew', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const store = await testStore(t, journalAt(path));
  for (let n = 0; n < 5; n++) await store.append([written(n)]);
  for (let n = 0; n < 20; n++) await journalAt(`${path}2`).append([written(100 + n)]);
  renameSync(`${path}2`, path);
  await store.refresh();
  assert.deepEqual(contentOf(store), contentOf(await testStore(t, journalAt(path))));
  truncateSync(path, 0);
  await store.append([written(1)]);
  assert.deepEqual(store.db.all('SELECT n FROM written'), [{ n: 1 }]);
  rmSync(path);
  await store.refresh();
  assert.deepEqual(store.db.all('SELECT n FROM written'), []);
});

test('damaged lines are counted while folding', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  appendFileSync(path, 'rubbish\n');
  const store = await testStore(t, journalAt(path));
  await store.append([written(1)]);
  assert.deepEqual(store.health.damaged, [0]);
});

test('the image is saved when idle and worth it, and an image that cannot be saved harms nobody', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'journal.jsonl');
  let idle = (): void => undefined;
  let saves = 0;
  const errors: unknown[] = [];
  const image = {
    load: () => Promise.resolve(undefined),
    save: () => (saves++ === 1 ? Promise.reject(new Error('full')) : Promise.resolve()),
  };
  const store = await testStore(t, openJournal(path, { clock: systemClock, random: systemRandom }), {
    image,
    whenIdle: (save) => (idle = save),
    onError: (error) => errors.push(error),
  });
  const settle = async () => {
    idle();
    await store.refresh();
  };
  await store.append([written(1)]);
  await settle();
  assert.equal(saves, 1, 'there was none');
  await store.append([written(2)]);
  await settle();
  assert.equal(saves, 1, 'so little is not worth it');
  await store.append([{ by: 'user', type: 'test.other', text: 'x'.repeat(300_000) }]);
  await settle();
  assert.equal(saves, 2);
  assert.match(String(errors), /full/);
  await store.saveImage();
  assert.equal(saves, 3);
  await store.saveImage();
  assert.equal(saves, 3, 'nothing new');
});
