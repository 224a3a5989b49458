/** The figures in a real Chromium: what they say, that charts have numbers beside them, and that no word of a cloud is lost. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { assertAccessible, assertFits, startBrowser, themeNames } from '../../shared/openPage.ts';
import { openStage } from '../theatre/stage.ts';
import type { StageOptions } from '../theatre/stage.page.ts';

let browser: Browser;
before(async () => void (browser = await startBrowser()));
after(() => browser.close());

const history: StageOptions = { view: 'stats', count: 1250, days: 200 };
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const clouds = (page: Page) => page.waitForFunction(() => document.querySelectorAll('[data-placed]').length === 2);

test('figures, and each chart with its numbers', async () => {
  const { page, complaints, close } = await openStage(browser, history);
  await clouds(page);
  assert.deepEqual(await page.locator('.stats-figure dt').allTextContents(), ['Prompts', 'Rated', 'Mean rating', 'Projects']);
  const [total, share] = await page.locator('.stats-figure dd:not(.stats-more)').allTextContents();
  assert.equal(total, '1,250');
  assert.match(share!, /^\d\d\.\d %$/);
  for (const [name, rows] of [['Do specific prompts do better?', 6], ['Days of the week', 7], ['Hours of the day', 24], ['Week by week', 30]] as const) {
    const whole = card(page, name);
    assert.equal(await whole.locator('svg[role=img]').count(), 1, name);
    await whole.locator('summary').click();
    const numbers = await whole.locator('tbody tr td:nth-of-type(1)').allTextContents();
    assert(numbers.length >= rows - 1, `${name}: ${numbers.length} rows`);
    assert.equal(numbers.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0), 1250, `${name} add up`);
    assert.equal(await whole.locator('.stats-column').count(), numbers.length, `${name}: a column for each row`);
  }
  assert.match((await card(page, 'Do specific prompts do better?').locator('.stats-sentence').textContent())!, /\(\d+ rated\)/);
  assert.deepEqual(complaints, []);
  await close();
});

test('a period is chosen, kept, and asks again', async () => {
  const { page, asked, close } = await openStage(browser, history);
  await page.getByRole('button', { name: '7 days' }).click();
  await page.getByText('No prompts in the last 7 days.').waitFor();
  assert.deepEqual(await asked('state'), { period: '7' });
  await page.getByRole('button', { name: 'Show All' }).click();
  await page.locator('.stats-headline').waitFor();
  assert.equal(await page.getByRole('button', { name: 'All', exact: true }).getAttribute('aria-pressed'), 'true');
  await page.keyboard.press('Escape');
  assert.deepEqual(await asked('opened'), ['timeline']);
  await close();
});

test('a rating changes the figures by itself', async () => {
  const { page, close } = await openStage(browser, { ...history, count: 20, days: 1, rated: 0 });
  await page.getByText('nothing rated yet').waitFor();
  await page.evaluate(() => {
    window.stage.rate(3, 5);
    window.stage.tell({ ratings: true });
  });
  await page.getByText('1 of 20').waitFor();
  await close();
});

const awkward = [...Array.from({ length: 60 }, (_, i) => ({ word: `word${i}`, count: 1 + Math.floor(5000 / (i + 1)) })), { word: 'W'.repeat(400), count: 4000 }, { word: '<b>bold</b>', count: 900 }, { word: 'مرحبا', count: 800 }, { word: 'Ωμέγα', count: 700 }, { word: '👨‍👩‍👧‍👦', count: 600 }];
for (const width of [400, 800, 1400]) {
  test(`clouds place every word, none over another, the same way every time: ${width} px`, async () => {
    const look = async () => {
      const { page, complaints, close } = await openStage(browser, { ...history, words: awkward }, { width });
      await clouds(page);
      const words = await page.locator('.stats-cloud').first().locator('text').evaluateAll((texts) => texts.map((text) => ({ text: text.firstChild?.textContent ?? '', size: Number(text.getAttribute('font-size')), width: (text as SVGTextElement).getBBox().width, x: Number(text.getAttribute('x')), y: Number(text.getAttribute('y')), box: (text as SVGTextElement).getBoundingClientRect().toJSON() as { left: number; right: number; top: number; bottom: number } })));
      const frame = (await page.locator('.stats-cloud').first().boundingBox())!;
      assert.equal(await page.locator('.stats-card .stats-more:visible').count(), 0, 'none is left out');
      assert.deepEqual(complaints, []);
      await close();
      return { words, frame };
    };
    const { words, frame } = await look();
    assert.equal(words.length, width === 1400 ? awkward.length : 45, 'a narrow cloud has fewer');
    for (const { text, box } of words) assert(box.left >= frame.x - 2 && box.right <= frame.x + frame.width + 2, `${text} is inside`);
    // The boxes of letters have air above and below; the middle thirds must be apart.
    const core = words.map(({ text, size, width: long, x, y }) => ({ text, left: x - long / 2 + 1, right: x + long / 2 - 1, top: y - size * 0.5, bottom: y - size * 0.1 }));
    for (const a of core) for (const b of core) if (a !== b) assert(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top, `${a.text} over ${b.text}`);
    assert.deepEqual((await look()).words.map(({ x, y }) => [x, y]), words.map(({ x, y }) => [x, y]));
  });
}

test('a word leads to its search, by mouse and by keyboard', async () => {
  const { page, asked, close } = await openStage(browser, history);
  await clouds(page);
  await page.locator('.stats-cloud text').first().click();
  const words = card(page, 'Technical terms');
  await words.locator('summary').focus();
  await page.keyboard.press('Enter');
  await words.getByRole('button', { name: 'esbuild' }).focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await asked('searched'), ['test', 'esbuild']);
  await close();
});

test('no prompts, few ratings, and years of weeks', async () => {
  const none = await openStage(browser, { ...history, count: 0 });
  await none.page.getByText('Here you will see').waitFor();
  await none.close();
  const few = await openStage(browser, { ...history, count: 12 });
  await few.page.getByText('Too few ratings to say').waitFor();
  await few.close();
  const long = await openStage(browser, { ...history, count: 20_000, days: 3650 }, { width: 400 });
  await clouds(long.page);
  const columns = await card(long.page, 'Week by week').locator('.stats-column').count();
  assert(columns > 20 && columns < 80, `${columns} columns`);
  await long.close();
});

for (const theme of themeNames) {
  test(`accessible and never too wide: ${theme}`, async () => {
    for (const width of [400, 800, 1400]) {
      const { page, close } = await openStage(browser, history, { theme, width });
      await clouds(page);
      await assertFits(page);
      for (const summary of await page.locator('summary').all()) await summary.click();
      await assertAccessible(page);
      await close();
    }
  });
}
