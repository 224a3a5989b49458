import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeFiles } from '../../../src/adapters/node/files.ts';
import { startChild, temporaryFolder } from '../../core/storage/fixture.ts';

const script = new URL('children/add-lines.ts', import.meta.url);

function linesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('log.org'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '');
}

const expected = (writers: readonly string[], rounds: number) =>
  writers.flatMap((writer) => Array.from({ length: rounds }, (_, n) => `${writer} ${n}`)).sort();

test('16 processes add 50 lines each to one text under the lock', async (t) => {
  const folder = temporaryFolder(t);
  const started = performance.now();
  const writers = Array.from({ length: 16 }, (_, n) => `w${n}`);
  const children = writers.map((name) => startChild(t, script, ['locked', folder, name, '50']));
  assert.deepEqual(await Promise.all(children.map(({ ended }) => ended)), Array<number>(16).fill(0));
  t.diagnostic(`800 changes in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  assert.deepEqual(linesOf(folder).sort(), expected(writers, 50));
  assert.deepEqual(readdirSync(folder).filter((name) => name.startsWith('.')), []);
});

test('others who write in place without asking lose nothing to us', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'log.org');
  writeFileSync(path, '');
  // One who truncates and writes anew, as many editors and tools do: it owns its line 1.
  const other = startChild(t, script, ['in-place', folder, 'other', '400']);
  let changed = 0;
  let written = 0;
  for (let n = 0; other.process.exitCode === null; n++) {
    const text = await nodeFiles.readText(path);
    const [theirs = ''] = (text ?? '').split('\n');
    if ((await nodeFiles.replaceText(path, { expected: text, text: `${theirs}\nours ${n}\n` })) === 'written') written += 1;
    else changed += 1;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  assert.equal(await other.ended, 0);
  t.diagnostic(`${written} written, ${changed} times somebody else was first; ${other.lines.join()}`);
  assert.ok(written > 0 && changed > 0);
  assert.deepEqual(other.lines, ['lost 0']);
});

test('a watch finds a folder that comes later, or again', { timeout: 120_000 }, async (t) => {
  // A poll comes when the test says so; all else comes by an event.
  t.mock.timers.enable({ apis: ['setInterval'] });
  const poll = () => t.mock.timers.tick(1000);
  const folder = join(temporaryFolder(t), 'later');
  let wake = (): void => undefined;
  const watching = nodeFiles.watchFile(join(folder, 'f'), () => {
    wake();
  });
  t.after(() => watching.dispose());
  for (let round = 0; round < 2; round++) {
    const appeared = new Promise<void>((resolve) => (wake = resolve));
    await nodeFiles.writeText(join(folder, 'f'), 'x');
    poll();
    await appeared;
    await new Promise((resolve) => setTimeout(resolve, 60));
    const changed = new Promise<void>((resolve) => (wake = resolve));
    await nodeFiles.writeText(join(folder, 'f'), 'y');
    await changed;
    const gone = new Promise<void>((resolve) => (wake = resolve));
    rmSync(folder, { recursive: true });
    await gone;
    poll();
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
});
