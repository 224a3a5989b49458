import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Prompts } from '../../../../src/adapters/node/prompts/prompts.ts';
import { timelineHandlers } from '../../../../src/faces/vscode/prompts/timelineHost.ts';
import { stage, type Stage } from './stage.ts';

let home: Stage;
let prompts: Prompts;
const did: string[] = [];
const host = (synced = () => Promise.resolve()) =>
  timelineHandlers({
    prompts: Promise.resolve(prompts),
    synced,
    request: () => ({ tab: 'stats' }),
    contextOf: () => Promise.resolve({ before: 1, after: 2 }),
    copy: (text) => Promise.resolve(void did.push(`copy ${text}`)),
    publish: (id) => Promise.resolve(void did.push(`publish ${id}`)),
    openSession: ({ session }) => Promise.resolve(void did.push(`open ${session.slice(-1)}`)),
    exportCsv: (ids) => Promise.resolve(void did.push(`csv ${ids.join()}`)),
  });

before(() => {
  home = stage(['First', 'Second', 'Third']);
  prompts = home.open();
});
after(() => home.dispose());

test('a page that has nothing waits for the first sync', async () => {
  let syncs = 0;
  const timeline = await host(async () => {
    syncs++;
    await prompts.sync();
  }).timeline({ version: undefined });
  assert.deepEqual([timeline?.prompts.count, syncs], [3, 1]);
});

test('the timeline is sent again when it is another one, but not for what the page did itself', async () => {
  const page = host();
  const { version } = (await page.timeline({ version: undefined })) ?? assert.fail();
  assert.equal(await page.timeline({ version }), undefined);
  await page.rate({ id: 2, rating: 4 });
  await page.note({ id: 2, text: 'Good.' });
  assert.equal(await page.timeline({ version }), undefined, 'own marks are on the page already');
  await prompts.rate(3, 1);
  const next = await page.timeline({ version });
  assert.deepEqual([...(next?.prompts.rating ?? [])], [0, 4, 1]);
  assert.equal(await page.timeline({ version: next?.version }), undefined);
  assert((await page.timeline({ version })) !== undefined, 'a page that has another version gets this one');
});

test('the details of a prompt', async () => {
  const { before: earlier, after: later, context, rating, note, project } = await host().prompt({ id: 2 });
  assert.deepEqual([earlier?.text, later?.text, context, rating, note, project.label], ['First', 'Third', { before: 1, after: 2 }, 4, 'Good.', 'shop']);
});

test('what is not there, or too much, is refused with a reason', async () => {
  const page = host();
  await assert.rejects(async () => page.prompt({ id: 99 }), /#99 not found/);
  await assert.rejects(async () => page.rate({ id: 1, rating: 6 }), /1 to 5 stars/);
  await assert.rejects(async () => page.note({ id: 1, text: 'x'.repeat(1_000_001) }), /at most 1,000,000/);
  assert.deepEqual(await page.words({ from: undefined, to: undefined, technical: false, limit: -5 }), []);
});

test('deeds go to the editor', async () => {
  const page = host();
  await page.copy({ text: 'x' });
  await page.publish({ id: 1 });
  await page.openSession({ id: 1 });
  await page.exportCsv({ ids: [1, 3] });
  assert.deepEqual(did, ['copy x', 'publish 1', 'open 1', 'csv 1,3']);
  assert.deepEqual(await page.ready(undefined), { tab: 'stats' });
});
