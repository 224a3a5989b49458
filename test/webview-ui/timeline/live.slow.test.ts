/** The page with somebody behind it: ratings, notes, errors, news, and answers that come late. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { drawn, ground, spotOf } from './harness/canvas.ts';
import { startHarness, type Harness } from './harness/browser.ts';
import type { Live } from './harness/livePage.ts';
import { timelineFile, type MadePrompt } from './harness/prompts.ts';

let harness: Harness;
before(async () => void (harness = await startHarness('test/webview-ui/timeline/harness/livePage.ts')), { timeout: 60_000 });
after(() => harness.close());

const noon = new Date('2025-10-02T12:00:00+02:00').getTime();
const prompts: readonly MadePrompt[] = [
  { at: noon - 3_600_000, text: 'First about the parser', project: '/repos/memento', session: 's' },
  { at: noon, text: 'Then about the cache', project: '/repos/memento', session: 's' },
];
const calls = (page: Page) => page.evaluate(() => [...((window as Window & { live?: Live }).live?.calls ?? [])]);
const live = <T>(page: Page, work: (live: Live, value: T) => unknown, value: T) => page.evaluate(`(${work.toString()})(window.live, ${JSON.stringify(value)})`);

async function openLast(page: Page): Promise<void> {
  await page.locator('.ground').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.locator('.prompt-text', { hasText: 'cache' }).waitFor();
}

test('keys 1 to 5 rate, the same again clears, and the bubble follows', async () => {
  const page = await harness.open(timelineFile(prompts));
  await openLast(page);
  await page.keyboard.press('4');
  await page.locator('.star-button.on').nth(3).waitFor();
  await drawn(page);
  assert((await spotOf(page, 4)).pixels > 20);
  await page.keyboard.press('4');
  await page.keyboard.press('2');
  await page.getByRole('button', { name: '5 stars' }).click();
  assert.deepEqual(await calls(page), ['rate 2 4', 'rate 2 0', 'rate 2 2', 'rate 2 5']);
  assert.equal(await page.getByRole('button', { name: '5 stars' }).getAttribute('aria-pressed'), 'true');
  assert(await page.getByRole('button', { name: '5 stars' }).evaluate((star) => star === document.activeElement), 'the focus stays');
  await page.context().close();
});

test('a refused rating is taken back, and the page says why', async () => {
  const page = await harness.open(timelineFile(prompts));
  await openLast(page);
  await live(page, (it) => it.failNext('rate', 'The disk is full. Free some space and rate again.'), 0);
  await page.keyboard.press('3');
  const notice = page.getByRole('alert');
  await notice.waitFor();
  assert.match(await notice.innerText(), /The disk is full/);
  assert.equal(await page.locator('.star-button.on').count(), 0);
  await notice.getByRole('button', { name: 'Close' }).click();
  await notice.waitFor({ state: 'hidden' });
  await page.context().close();
});

test('a note is saved when it is left, by Ctrl+Enter, and by going to another prompt; digits in it rate nothing', async () => {
  const page = await harness.open(timelineFile(prompts));
  await openLast(page);
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.fill('worked 5 times');
  await note.press('3');
  await note.press('Control+Enter');
  await note.fill('again');
  await page.locator('.ground').focus();
  await note.fill('left behind');
  await page.getByRole('button', { name: 'Before in this session' }).click();
  await page.locator('.prompt-text', { hasText: 'parser' }).waitFor();
  assert.deepEqual(await calls(page), ['note 2 worked 5 times3', 'note 2 again', 'note 2 left behind']);
  for (const name of ['Copy', 'Publish', 'Open session']) await page.getByRole('button', { name, exact: true }).click();
  assert.deepEqual((await calls(page)).slice(3), ['copy First about the parser', 'publish 1', 'openSession 1']);
  await page.context().close();
});

test('new prompts appear, and the view stays where it is', async () => {
  const page = await harness.open(timelineFile(prompts));
  await page.locator('.ground').focus();
  for (const key of ['End', '+', '+']) await page.keyboard.press(key);
  await drawn(page);
  const edges = await page.locator('.axis-edges').innerText();
  const { width } = await ground(page);
  await live(page, (it, file) => it.change(file), { ...timelineFile([...prompts, { at: noon + 600_000, text: 'New', project: '/repos/new', rating: 4 }]), writtenAt: 2 });
  await page.locator('.lane', { hasText: 'new' }).waitFor();
  await drawn(page);
  const spot = await spotOf(page, 4);
  assert(spot.pixels > 20 && spot.x > 0 && spot.x < width);
  assert.equal(await page.locator('.axis-edges').innerText(), edges);
  await page.context().close();
});

test('the answer to an older search is dropped', async () => {
  const page = await harness.open(timelineFile(prompts));
  await live(page, (it) => it.holdSearches(), 0);
  await page.locator('.search-field').fill('parser');
  await page.waitForTimeout(200);
  await page.locator('.search-field').fill('cache');
  await page.waitForTimeout(200);
  await live(page, (it) => it.answer('cache'), 0);
  await page.locator('.result', { hasText: 'cache' }).waitFor();
  await live(page, (it) => it.answer('parser'), 0);
  await page.waitForTimeout(100);
  assert.deepEqual(await page.locator('.result mark').allInnerTexts(), ['cache']);
  await page.context().close();
});

test('the page can be asked to show a prompt, a search, a tab', async () => {
  const page = await harness.open(timelineFile([...prompts, { at: noon + 40 * 86_400_000, text: 'Much later', project: '/repos/memento', rating: 1 }]));
  await live(page, (it) => it.show({ prompt: 1 }), 0);
  await page.locator('.prompt-text', { hasText: 'parser' }).waitFor();
  assert.match(await page.locator('.axis-start').innerText(), /2025/);
  assert.equal((await page.locator('.toolbar-count').innerText()), '2 prompts');
  await live(page, (it) => it.show({ text: 'later', tab: 'table' }), 0);
  await page.waitForFunction(() => document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') === '2');
  await page.context().close();
});

test('lanes change half a second after the movement, and who stays keeps the place', async () => {
  const day = 86_400_000;
  const busy = (project: string, at: number, count: number) => Array.from({ length: count }, (_, i) => ({ at: at + i * 60_000, text: 'x', project }));
  const page = await harness.open(timelineFile([...busy('/a', noon, 3), ...busy('/b', noon, 2), ...busy('/b', noon - day, 5), ...busy('/c', noon - day, 9)]));
  const names = async () => (await page.locator('.lane-name').allInnerTexts()).join(' ');
  assert.equal(await names(), 'a b');
  await page.getByRole('button', { name: 'Day before with prompts' }).click();
  await drawn(page);
  assert.equal(await names(), 'a b', 'not yet');
  await page.waitForTimeout(700);
  assert.equal(await names(), 'a b c');
  await page.context().close();
});
