/** Several processes that sync while the agent writes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { AT, historyLine, promptStage, transcriptLine } from './stage.ts';

test('three processes and a client: every prompt once, with the same ids for all', async (t) => {
  const s = promptStage(t);
  s.write(s.history, '');
  const end = join(s.home, 'end');
  const children = Array.from({ length: 3 }, () => spawn(process.execPath, [join(import.meta.dirname, 'children/sync.ts'), s.home, end], { stdio: ['ignore', 'ignore', 'inherit'] }));
  t.after(() => children.forEach((child) => child.kill('SIGKILL')));
  const ended = children.map((child) => new Promise((resolve) => child.once('close', resolve)));
  const count = 400;
  for (let n = 0; n < count; n++) {
    const at = AT + n * 20_000;
    const steps = [() => s.add(s.history, historyLine(`prompt ${n % 50}`, at)), () => s.add(s.transcript(), transcriptLine(`prompt ${n % 50}`, at + 40))];
    for (const step of n % 3 === 0 ? steps.reverse() : steps) step();
    if (n % 7 === 0) await sleep(5);
  }
  writeFileSync(end, '');
  assert.deepEqual(await Promise.all(ended), [0, 0, 0]);
  const views = await Promise.all([0, 1].map(async () => {
    const prompts = s.open();
    await prompts.sync();
    const all = (await prompts.list()).map(({ id, at, text }) => `${id} ${Math.floor((at - AT) / 20_000)} ${text}`).reverse();
    await prompts.close();
    return all;
  }));
  assert.deepEqual(views[0], views[1]);
  assert.equal(views[0]?.length, count);
  assert.deepEqual(views[0].map((line) => line.split(' ')[1]), Array.from({ length: count }, (_, n) => String(n)));
});
