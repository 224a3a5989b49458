/** A session that begins waits for the checkpoint of the one before, as long as somebody writes it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { noteWriter, writerIsDone } from '../../../src/adapters/node/checkpoints/writer.ts';

test('it is waited for while it writes, and not for ever', async (t) => {
  const scope = mkdtempSync(join(tmpdir(), 'wheelhouse-writer-'));
  t.after(() => rmSync(scope, { recursive: true, force: true }));
  const waits = async (atMost: number) => {
    const started = performance.now();
    await writerIsDone(scope, atMost);
    return performance.now() - started;
  };
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const gone = new Promise((resolve) => child.on('exit', resolve));
  t.after(() => child.kill());
  assert(await waits(20_000) < 20_000, 'nobody writes');
  noteWriter(scope, child.pid ?? 0);
  assert(await waits(200) >= 190, 'somebody writes');
  let over = false;
  const waiting = writerIsDone(scope, 60_000).then(() => (over = true));
  assert.equal(over, false);
  const old = new Date(Date.now() - 120_000);
  utimesSync(join(scope, 'checkpoints/writer'), old, old);
  assert(await waits(20_000) < 20_000, 'whoever has this number now');
  child.stdin.end();
  await gone;
  await waiting;
  noteWriter(scope, child.pid ?? 0);
  assert(await waits(20_000) < 20_000, 'it is written');
  writeFileSync(join(scope, 'checkpoints/writer'), 'no number');
  assert(await waits(20_000) < 20_000, 'a broken mark');
});

test('where nothing can be kept, nobody is told and nobody waits', async (t) => {
  const scope = mkdtempSync(join(tmpdir(), 'wheelhouse-writer-'));
  t.after(() => rmSync(scope, { recursive: true, force: true }));
  writeFileSync(join(scope, 'checkpoints'), 'no folder');
  noteWriter(scope, process.pid);
  const started = performance.now();
  await writerIsDone(scope, 20_000);
  assert(performance.now() - started < 20_000);
});
