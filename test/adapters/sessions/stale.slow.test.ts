/** Years of crashes leave files behind: they cost one look. */
import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stage, status, watch } from './stage.ts';

/** Above the highest process id of Linux, so that none of them can be alive. */
const FIRST_PID = 4_200_000;
const COUNT = 3000;

test('thousands of stale files are passed over', { skip: process.platform === 'linux' ? false : 'Linux only' }, async (t) => {
  const s = stage(t);
  const pid = await s.client();
  const folder = join(s.config, 'sessions');
  mkdirSync(folder, { recursive: true });
  for (let stale = FIRST_PID; stale < FIRST_PID + COUNT; stale++) {
    const file = join(folder, `${stale}.json`);
    writeFileSync(file, JSON.stringify({ pid: stale, sessionId: `old-${stale}`, status: 'busy' }));
    utimesSync(file, 1, 1);
  }
  s.register(pid, status('busy'));
  const start = performance.now();
  const { shown, until } = await watch(t, s);
  assert(performance.now() - start < 1500, 'found at once');
  assert.deepEqual(shown(), [`p-${pid} working`]);
  s.register(pid, status('waiting'));
  assert((await until(`p-${pid} waiting: a permission`)) < 500);
});
