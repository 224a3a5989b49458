import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { imageFile } from '../../../src/adapters/node/database-image.ts';
import { nodeFiles } from '../../../src/adapters/node/files.ts';
import { contentOf, journalAt, readAll, startChild, temporaryFolder, testStore } from './fixture.ts';

const appendScript = new URL('children/append.ts', import.meta.url);
const claimScript = new URL('children/claim.ts', import.meta.url);

test('16 processes append 1,000 events each: none lost, none torn, one order', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const started = performance.now();
  const children = Array.from({ length: 16 }, (_, n) => startChild(t, appendScript, [path, `w${n}`, '1000', '2000']));
  assert.deepEqual(await Promise.all(children.map(({ ended }) => ended)), Array<number>(16).fill(0));
  const seconds = (performance.now() - started) / 1000;
  t.diagnostic(`16,000 appends, ${(statSync(path).size / 1e6).toFixed(1)} MB, in ${seconds.toFixed(2)} s, start-up included`);

  const { entries, damaged } = await readAll(journalAt(path));
  assert.deepEqual(damaged, []);
  assert.equal(entries.length, 16_000);
  assert.equal(new Set(entries.map(({ event }) => event.id)).size, 16_000);
  for (let writer = 0; writer < 16; writer++) {
    const own = entries.filter(({ event }) => event.by === `w${writer}`).map(({ event }) => event['n']);
    assert.deepEqual(own, Array.from({ length: 1000 }, (_, n) => n));
  }
  const [a, b] = [await testStore(t, journalAt(path)), await testStore(t, journalAt(path, 10_000))];
  assert.deepEqual(contentOf(a), contentOf(b));
});

test('16 processes race for 1,000 paths: each path has exactly one holder, and all agree', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const started = performance.now();
  const children = Array.from({ length: 16 }, (_, n) => startChild(t, claimScript, [path, `w${n}`, '1000']));
  await Promise.all(children.map(({ ended }) => ended));
  const seconds = (performance.now() - started) / 1000;
  const results = children.map(({ lines }) => JSON.parse(lines[0] ?? '{}') as { held: number; p50: number; p95: number });
  const worst = (key: 'p50' | 'p95') => Math.max(...results.map((result) => result[key])).toFixed(2);
  t.diagnostic(`16,000 claims in ${seconds.toFixed(2)} s, start-up included; slowest process: p50 ${worst('p50')} ms, p95 ${worst('p95')} ms`);
  assert.equal(results.reduce((sum, { held }) => sum + held, 0), 1000);
  const store = await testStore(t, journalAt(path));
  results.forEach(({ held }, n) => assert.equal(store.db.all('SELECT count(*) AS n FROM claim WHERE holder = ?', [`w${n}`])[0]?.['n'], held));
});

test('two processes see each other\'s events within 100 ms', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const store = await testStore(t, journalAt(path));
  const following = store.follow();
  t.after(() => following.dispose());
  const delays: number[] = [];
  let seen = (): void => undefined;
  store.onDidChange((entries) => {
    for (const { event } of entries) delays.push(Date.now() - event.at);
    seen();
  });
  for (let n = 0; n < 20; n++) {
    const heard = new Promise<void>((resolve) => (seen = resolve));
    await startChild(t, appendScript, [path, 'other', '1']).ended;
    await heard;
  }
  delays.sort((a, b) => a - b);
  t.diagnostic(`from append to the tables of the other process: median ${delays[10]} ms, worst ${delays.at(-1)} ms of ${delays.length}`);
  assert.equal(delays.length, 20);
  // Told, and not found by the look that comes once a second.
  assert.ok(delays[10]! < 1000);
});

test('200 writers killed in mid-write lose no acknowledged event', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'journal.jsonl');
  const image = imageFile(nodeFiles, join(folder, 'image.sqlite'));
  const acknowledged = new Map<string, number>();
  let next = 0;
  const round = async () => {
    for (let n = next++; n < 200; n = next++) {
      const by = `w${n}`;
      // Long lines, so that many deaths come in the middle of a write.
      const child = startChild(t, appendScript, [path, by, '100000', '60000'], (line) => {
        if (line === 'ready') setTimeout(() => child.process.kill('SIGKILL'), Math.random() * 40);
        else acknowledged.set(by, Number(line));
      });
      await child.ended;
      // Now and then somebody saves an image in the middle of all this.
      if (n % 20 === 0) {
        const store = await testStore(t, journalAt(path), { image });
        await store.saveImage();
        await store.close();
      }
    }
  };
  await Promise.all([round(), round()]);

  const { entries, damaged } = await readAll(journalAt(path));
  t.diagnostic(`${entries.length} events, ${(statSync(path).size / 1e6).toFixed(0)} MB, ${damaged.length} torn lines, acknowledged by ${acknowledged.size} of 200 writers`);
  assert.ok(acknowledged.size > 100);
  const found = new Set(entries.map(({ event }) => `${event.by} ${String(event['n'])}`));
  for (const [by, last] of acknowledged) {
    for (let n = 0; n <= last; n++) assert.ok(found.has(`${by} ${n}`), `${by} ${n} of ${last}`);
  }
  const imaged = await testStore(t, journalAt(path), { image });
  assert.equal(imaged.health.image, 'used');
  const fresh = await testStore(t, journalAt(path));
  assert.deepEqual(contentOf(imaged), contentOf(fresh));
  // The next event is not swallowed by what the dead left behind.
  await imaged.append([{ by: 'user', type: 'test.written', n: -1 }]);
  assert.equal(imaged.db.all('SELECT count(*) AS n FROM written WHERE n = -1')[0]?.['n'], 1);
  assert.ok(readFileSync(path).at(-1) === 10);
});
