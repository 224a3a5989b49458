import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTickets } from '../../../src/adapters/node/ticket-file.ts';
import { startChild, temporaryFolder } from '../../core/storage/fixture.ts';

const countScript = new URL('children/count.ts', import.meta.url);

test('16 processes add one to a number 100 times each: 1,600', async (t) => {
  const folder = temporaryFolder(t);
  const [lock, file] = [join(folder, 'x.lock'), join(folder, 'number')];
  writeFileSync(file, '0');
  const started = performance.now();
  const children = Array.from({ length: 16 }, () => startChild(t, countScript, [lock, file, '100']));
  assert.deepEqual(await Promise.all(children.map(({ ended }) => ended)), Array<number>(16).fill(0));
  const seconds = (performance.now() - started) / 1000;
  const waits = children.flatMap(({ lines }) => JSON.parse(lines[0] ?? '[]') as number[]).sort((a, b) => a - b);
  t.diagnostic(`1,600 rounds in ${seconds.toFixed(1)} s; wait p50 ${waits[800]!.toFixed(1)} ms, p99 ${waits[1584]!.toFixed(1)} ms; lock file ${statSync(lock).size} bytes`);
  assert.equal(readFileSync(file, 'utf8'), '1600');
  assert.deepEqual(readTickets(lock).tickets, []);
});

test('holders killed with their lock: 40 deaths among 8 waiters, each increment counts once', async (t) => {
  const folder = temporaryFolder(t);
  const [lock, file] = [join(folder, 'x.lock'), join(folder, 'number')];
  writeFileSync(file, '0');
  let rounds = 0;
  let deaths = 0;
  const worker = async () => {
    while (deaths < 40) {
      deaths += 1;
      const own = 1 + (deaths % 5);
      rounds += own;
      assert.equal(await startChild(t, countScript, [lock, file, String(own), 'die']).ended, null);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  await startChild(t, countScript, [lock, file, '1']).ended;
  assert.equal(readFileSync(file, 'utf8'), String(rounds + 1));
});
