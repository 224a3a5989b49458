/** Years of crashes leave files behind: they cost one look. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
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
  // No poll ever comes: what is shown was found at the first look, or by an event.
  t.mock.timers.enable({ apis: ['setInterval'] });
  const before = process.cpuUsage();
  for (const name of readdirSync(folder)) JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const look = process.cpuUsage(before);
  const start = process.cpuUsage();
  const { shown, until } = await watch(t, s);
  const took = process.cpuUsage(start);
  assert.deepEqual(shown(), [`p-${pid} working`]);
  assert(took.user + took.system < 20 * (look.user + look.system), `${took.user + took.system} µs of CPU, and ${look.user + look.system} to read each file once`);
  s.register(pid, status('waiting'));
  await until(`p-${pid} waiting: a permission`, 60_000);
});
