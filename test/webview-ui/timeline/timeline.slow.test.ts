/** The timeline in a real Chromium: what is on the canvas, and what hands and keys do. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { drawn, ground, spotOf } from './harness/canvas.ts';
import { startHarness, type Harness } from './harness/browser.ts';
import { timelineFile, workHistory, type MadePrompt } from './harness/prompts.ts';

let harness: Harness;
before(async () => void (harness = await startHarness()), { timeout: 60_000 });
after(() => harness.close());

const noon = new Date('2025-10-02T12:00:00+02:00').getTime();
const minute = 60_000;
const one: MadePrompt = { at: noon, text: 'Write a smoke test for the parser', project: '/repos/memento', rating: 4, session: 's' };
const several: readonly MadePrompt[] = [
  { at: noon - 90 * minute, text: 'Why does the build break?', project: '/repos/memento', rating: 1, session: 's' },
  one,
  { at: noon + 45 * minute, text: 'Refactor the cache', project: '/repos/wheelhouse', rating: 5, session: 't' },
  { at: noon + 120 * minute, text: 'Document the cache', project: '/repos/memento', session: 's' },
];
const status = (page: Page) => page.locator('[role="status"]').innerText();
const nearly = (a: number, b: number, slack: number, what: string) => assert(Math.abs(a - b) <= slack, `${what}: ${a}, not ${b}`);

test('the first view is the last day; a bubble floats at its time, in its colour', async () => {
  const page = await harness.open(timelineFile([one, { ...one, at: noon - 5 * 86_400_000 }]));
  const { width } = await ground(page);
  const spot = await spotOf(page, 4);
  assert(spot.pixels > 40);
  nearly(spot.x, width / 2, 1.5, 'noon is in the middle');
  assert.match(await page.locator('.range-button').innerText(), /2.*Oct.*2025|Oct.*2.*2025/);
  assert.equal(await page.locator('.toolbar-count').innerText(), '1 prompt');
  await page.context().close();
});

test('the wheel zooms around the cursor, a drag pans, and both can be taken back', async () => {
  const page = await harness.open(timelineFile([one]));
  const { x, y, width } = await ground(page);
  const start = await spotOf(page, 4);
  await page.mouse.move(x + start.x, y + 200);
  for (let i = 0; i < 6; i++) {
    await page.mouse.wheel(0, -120);
    await drawn(page);
    nearly((await spotOf(page, 4)).x, start.x, 1.5, `zoomed in ${i}`);
  }
  const left = await page.locator('.axis-start').innerText();
  await page.mouse.down();
  await page.mouse.move(x + start.x + 150, y + 210, { steps: 5 });
  await page.mouse.up();
  await drawn(page);
  nearly((await spotOf(page, 4)).x, start.x + 150, 2, 'dragged');
  assert.notEqual(await page.locator('.axis-start').innerText(), left);
  await page.getByRole('button', { name: 'Last day' }).click();
  await drawn(page);
  nearly((await spotOf(page, 4)).x, width / 2, 1.5, 'back');
  await page.context().close();
});

test('hover shows time, length and the beginning; a click opens the panel', async () => {
  const page = await harness.open(timelineFile(several));
  const place = await ground(page);
  const spot = await spotOf(page, 4);
  await page.mouse.move(place.x + spot.x, place.y + spot.y);
  await page.locator('.tooltip-text', { hasText: 'Write a smoke test' }).waitFor();
  assert.match(await page.locator('.tooltip').innerText(), /12:00:00[\s\S]*memento · 33 characters · ★★★★/);
  await page.mouse.click(place.x + spot.x, place.y + spot.y);
  const panel = page.getByRole('complementary', { name: 'Prompt' });
  await panel.locator('.prompt-text').waitFor();
  assert.equal(await panel.locator('.prompt-text').innerText(), one.text);
  assert.equal(await panel.getByRole('img', { name: '4 of 5 stars' }).count(), 1);
  await panel.getByRole('button', { name: 'After in this session' }).click();
  await panel.locator('.prompt-text', { hasText: 'Document the cache' }).waitFor();
  await panel.getByRole('button', { name: 'Close (Escape)' }).click();
  await panel.waitFor({ state: 'hidden' });
  await page.context().close();
});

test('the keyboard reaches every bubble, reads it, and says what it is', async () => {
  const page = await harness.open(timelineFile(several));
  await page.locator('.search-field').focus();
  for (let i = 0; i < 30 && !(await page.evaluate(() => document.activeElement?.classList.contains('ground'))); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.querySelector('[role="status"]')?.textContent.includes('Why does the build break?'));
  assert.match(await status(page), /2025, 10:30, memento, 1 star/);
  const heard = new Set<string>();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'ArrowUp']) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
    heard.add((await status(page)).replace(/^.*(stars?|unrated), /, ''));
  }
  for (const { text } of several.slice(1)) assert(heard.has(text), `${text} in ${[...heard].join(' | ')}`);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.locator('.prompt-text', { hasText: 'Document the cache' }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.locator('.prompt-text', { hasText: one.text }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.panel').waitFor({ state: 'hidden' });
  const before = await page.locator('.axis-edges').innerText();
  for (const key of ['+', '-', 'Shift+ArrowRight', 'PageUp', '0', 't']) {
    await page.keyboard.press(key);
    await drawn(page);
  }
  assert.equal(await page.locator('.axis-edges').innerText(), before, 't is the last day again');
  await page.context().close();
});

test('search lights hits up, dims others, and lists them with their words marked', async () => {
  const page = await harness.open(timelineFile(several));
  const before = await spotOf(page, 4);
  await page.keyboard.press('/');
  await page.keyboard.type('cache');
  await page.locator('.result').first().waitFor();
  assert.equal(await page.locator('.result').count(), 2);
  assert.deepEqual(await page.locator('.result mark').allInnerTexts(), ['cache', 'cache']);
  assert.equal((await spotOf(page, 4)).pixels, 0, 'dimmed');
  assert((await spotOf(page, 5)).pixels > 20, 'lit');
  assert.equal(await page.locator('.toolbar-count').innerText(), '2 of 4 prompts');
  await page.locator('.result').first().click();
  await page.locator('.prompt-text', { hasText: 'Document the cache' }).waitFor();
  await page.getByRole('button', { name: 'Back to 2 results' }).click();
  await page.locator('.search-field').fill('');
  await page.locator('.panel').waitFor({ state: 'hidden' });
  await page.waitForTimeout(100);
  assert.equal((await spotOf(page, 4)).pixels, before.pixels, 'lit again');
  await page.context().close();
});

test('filters: by a lane, by stars, and all cleared', async () => {
  const page = await harness.open(timelineFile(several));
  await page.getByRole('button', { name: /^wheelhouse/ }).click();
  await drawn(page);
  assert.deepEqual([(await spotOf(page, 4)).pixels, (await spotOf(page, 5)).pixels > 20], [0, true]);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'Rating', exact: true }).click();
  await page.locator('.check', { hasText: '★★★★☆' }).click();
  await drawn(page);
  assert.deepEqual([(await spotOf(page, 4)).pixels > 20, (await spotOf(page, 5)).pixels], [true, 0]);
  await page.keyboard.press('Escape');
  assert(await page.getByRole('button', { name: 'Rating: 4★' }).evaluate((chip) => chip === document.activeElement), 'the focus goes back');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'Has note' }).click();
  assert.equal(await page.locator('.emptiness').innerText().then((text) => text.split('\n')[0]), 'No prompt passes the filters.');
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await drawn(page);
  assert((await spotOf(page, 5)).pixels > 20);
  await page.context().close();
});

test('a calendar day and its neighbours', async () => {
  const page = await harness.open(timelineFile([...several, { at: noon - 3 * 86_400_000, text: 'Earlier', project: '/repos/memento', rating: 2 }]));
  await page.getByTitle('Pick a day').click();
  await page.locator('[data-day="2025-09-29"]').click();
  await drawn(page);
  assert((await spotOf(page, 2)).pixels > 20);
  await page.getByRole('button', { name: 'Next day with prompts' }).click();
  await drawn(page);
  assert((await spotOf(page, 5)).pixels > 20);
  assert.match(await page.locator('.axis-start').innerText(), /2 Oct 2025.*00:00/);
  await page.context().close();
});

test('all days lie over each other by the clock on the wall', async () => {
  const page = await harness.open(timelineFile([{ ...one, at: new Date('2025-07-10T06:00+02:00').getTime(), rating: 1 }, { ...one, at: new Date('2025-11-10T06:00+01:00').getTime(), rating: 5 }]));
  await page.getByRole('tab', { name: 'Day' }).click();
  await drawn(page);
  const { width } = await ground(page);
  nearly((await spotOf(page, 1)).x, width / 4, 1.5, 'summer');
  nearly((await spotOf(page, 5)).x, width / 4, 1.5, 'winter');
  await page.context().close();
});

test('a marked area can be saved as CSV', async () => {
  const page = await harness.open(timelineFile(several));
  const { x, y, width } = await ground(page);
  await page.keyboard.press('s');
  await page.mouse.move(x + width * 0.3, y + 1);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.52, y + 60, { steps: 4 });
  await page.mouse.up();
  const bar = page.getByRole('region', { name: 'Marked prompts' });
  assert.match(await bar.innerText(), /^2 prompts marked/);
  const [download] = await Promise.all([page.waitForEvent('download'), bar.getByRole('button', { name: 'Save as CSV' }).click()]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  assert.equal(lines.length, 3);
  assert.match(lines[2] ?? '', /2025-10-02 12:00:00,\/repos\/memento,4,Write a smoke test/);
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'hidden' });
  await page.locator('.ground').focus();
  for (const key of ['s', 'Enter']) await page.keyboard.press(key);
  assert.match(await bar.innerText(), /^4 prompts marked/, 'by keys: all in view');
  await page.context().close();
});

test('zoom, filters, tab and prompt survive a reload', async () => {
  const page = await harness.open(timelineFile(several));
  await page.locator('.ground').focus();
  for (const key of ['End', 'Enter', '+', '+']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Rating', exact: true }).click();
  await page.locator('.check', { hasText: 'Unrated' }).click();
  await page.keyboard.press('Escape');
  const seen = () => page.locator('.axis-edges').innerText();
  const before = await seen();
  await page.waitForTimeout(400);
  await page.reload();
  await page.locator('.prompt-text', { hasText: 'Document the cache' }).waitFor();
  assert.equal(await seen(), before);
  assert.equal(await page.getByRole('button', { name: 'Rating: unrated' }).count(), 1);
  await page.context().close();
});

test('axis labels never touch, and both ends are readable, at any zoom and width', async () => {
  for (const width of [1400, 700, 380]) {
    const page = await harness.open(workHistory(300, 900, noon), { width });
    await page.locator('.ground').focus();
    await page.keyboard.press('0');
    for (let i = 0; i < 40; i++) {
      await drawn(page);
      const { ticks, edges, space } = await page.evaluate(() => {
        const box = (node: Element) => {
          const { left, right } = node.getBoundingClientRect();
          return { left, right, text: node.textContent };
        };
        return { ticks: [...document.querySelectorAll('.axis-ticks .tick text')].map(box), edges: [...document.querySelectorAll('.axis-edge')].map(box), space: box(document.querySelector('.axis')!) };
      });
      ticks.sort((a, b) => a.left - b.left);
      for (let n = 1; n < ticks.length; n++) assert(ticks[n]!.left >= ticks[n - 1]!.right + 2, `${ticks[n - 1]!.text} and ${ticks[n]!.text}`);
      assert(ticks.length >= 1, 'there are ticks');
      assert(edges[0]!.right <= edges[1]!.left && edges[0]!.left >= space.left - 1 && edges[1]!.right <= space.right + 1, `${width} ${i}: ${edges.map(({ text }) => text).join(' / ')}`);
      await page.keyboard.press('+');
    }
    assert.match(await page.locator('.axis-start').innerText(), /\d\d:\d\d:\d\d/, 'down to seconds');
    await page.context().close();
  }
});

test('the table shows the same, by keys', async () => {
  const page = await harness.open(workHistory(5000, 100, noon));
  await page.getByRole('tab', { name: 'Table' }).click();
  const table = page.getByRole('grid', { name: 'Prompts' });
  assert.equal(await table.getAttribute('aria-rowcount'), '5001');
  assert(await table.locator('.table-space [role="row"]').count() < 60, 'only what is seen');
  await table.locator('.table-space [tabindex="0"]').focus();
  for (const key of ['End', 'PageUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
  await page.locator('.prompt-text').waitFor();
  const row = await page.evaluate(() => Number(document.activeElement?.getAttribute('aria-rowindex')));
  assert(row > 4950 && row < 5001, String(row));
  await page.getByRole('button', { name: 'Length' }).click();
  assert.equal(await table.locator('[aria-sort="descending"]').innerText().then((text) => text.startsWith('Length')), true);
  await page.context().close();
});
