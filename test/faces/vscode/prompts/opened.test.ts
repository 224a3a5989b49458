import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Prompts } from '../../../../src/adapters/node/prompts/prompts.ts';
import { OpenPrompts } from '../../../../src/faces/vscode/prompts/opened.ts';

/** Notes what is opened and closed. */
function watched(fails: readonly number[] = []) {
  const log: string[] = [];
  let opened = 0;
  const prompts = new OpenPrompts(async () => {
    const mine = ++opened;
    log.push(`open ${mine}`);
    if (fails.includes(mine)) throw new Error(`no ${mine}`);
    const dispose = async () => {
      log.push(`closing ${mine}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.push(`closed ${mine}`);
    };
    return Promise.resolve({ dispose } as unknown as Prompts);
  });
  return { log, prompts };
}

test('who come together share one set; the last closes it', async () => {
  const { log, prompts } = watched();
  const page = prompts.hold();
  await prompts.use(async (one) => assert.equal(one, await page.prompts));
  assert.deepEqual(log, ['open 1']);
  page.release();
  page.release();
  await prompts.closed();
  assert.deepEqual(log, ['open 1', 'closing 1', 'closed 1']);
});

test('a new set waits until the old one is closed', async () => {
  const { log, prompts } = watched();
  await prompts.use(() => Promise.resolve());
  await prompts.use(() => Promise.resolve());
  await prompts.closed();
  assert.deepEqual(log, ['open 1', 'closing 1', 'closed 1', 'open 2', 'closing 2', 'closed 2']);
});

test('work that fails lets go; an opening that failed is tried again', async () => {
  const { log, prompts } = watched([1]);
  await assert.rejects(prompts.use(() => Promise.resolve()), /no 1/);
  await assert.rejects(prompts.use(() => Promise.reject(new Error('work'))), /work/);
  await prompts.closed();
  assert.deepEqual(log, ['open 1', 'open 2', 'closing 2', 'closed 2']);
});
