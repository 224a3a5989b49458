/** The theatre in a real Chromium: its keys, what plays, and what hostile prompts can do (nothing). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible, assertFits, startBrowser, themeNames } from '../../shared/openPage.ts';
import { openStage } from './stage.ts';
import type { StageOptions } from './stage.page.ts';

let browser: Browser;
before(async () => void (browser = await startBrowser()));
after(() => browser.close());

const day: StageOptions = { view: 'theatre', count: 42, days: 1 };
const hostile = ['<img src=x onerror="document.title=1"> </script><script>document.title=1</script>', 'Look: [Pasted text #1 +47 lines] and [Pasted text #2 +3 lines], please', '\u202Eright to left \u0000\u200B مرحبا 👨‍👩‍👧‍👦', 'x'.repeat(30_000)];

test('keys go forth and back, rate, scroll and leave', async () => {
  const { page, asked, complaints, close } = await openStage(browser, day);
  const place = page.locator('.film-place');
  await place.getByText('1 of 42 prompts').waitFor();
  assert(await page.evaluate(() => document.querySelector('.theatre')?.contains(document.activeElement)), 'its keys work at once');
  for (const [key, text] of [['ArrowRight', '2 of'], ['ArrowRight', '3 of'], ['ArrowLeft', '2 of'], ['End', '42 of'], ['ArrowRight', '42 of'], ['Home', '1 of'], ['ArrowLeft', '1 of']] as const) {
    await page.keyboard.press(key);
    assert.match((await place.textContent())!, new RegExp(`^${text}`), key);
  }
  await page.keyboard.press('ArrowRight');
  for (const key of ['5', '5', '2']) await page.keyboard.press(key);
  assert.deepEqual(await asked('rated'), [[2, 5], [2, 0], [2, 2]], 'the same again clears');
  assert.equal(await page.locator('.film-star.is-filled').count(), 2);
  await page.getByRole('button', { name: '4 stars' }).click();
  assert.deepEqual((await asked('rated')).at(-1), [2, 4]);
  await page.keyboard.press('Escape');
  assert.deepEqual(await asked('opened'), ['timeline']);
  assert.deepEqual(await asked('state'), { id: 2, speed: 1 });
  assert.deepEqual(complaints, []);
  await close();
});

test('up and down scroll a long prompt', async () => {
  const { page, close } = await openStage(browser, { ...day, texts: [`${'word '.repeat(3000)}end`], reducedMotion: true });
  await page.locator('.theatre-prompt').waitFor();
  const top = () => page.locator('.theatre-screen').evaluate((screen) => screen.scrollTop);
  await page.keyboard.press('ArrowDown');
  const down = await top();
  assert(down > 100, `${down}`);
  await page.keyboard.press('ArrowUp');
  assert.equal(await top(), 0);
  await close();
});

test('space plays until the end, and hiding stops it', async () => {
  const { page, asked, close } = await openStage(browser, { ...day, count: 4, texts: ['go on'], state: { id: 1, speed: 10 } });
  const place = page.locator('.film-place');
  await place.getByText('1 of 4').waitFor();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await place.getByText('4 of 4').waitFor({ timeout: 10_000 });
  await page.getByRole('button', { name: 'Play' }).waitFor();
  assert((await asked('said')).includes('The end of the stretch.'));
  await page.keyboard.press(' ');
  await place.getByText('1 of 4').waitFor();
  await page.evaluate(() => window.stage.hide());
  await page.waitForTimeout(1200);
  assert.match((await place.textContent())!, /^1 of/);
  await close();
});

test('a click on the strip goes to the nearest prompt', async () => {
  const { page, close } = await openStage(browser, day);
  const strip = page.getByRole('slider');
  const box = (await strip.boundingBox())!;
  await page.mouse.click(box.x + box.width - 1, box.y + 8);
  assert.match((await page.locator('.film-place').textContent())!, /^42 of/);
  assert.equal(await strip.getAttribute('aria-valuenow'), '42');
  await close();
});

test('hostile prompts are text, and pasted parts are folded in their place', async () => {
  const { page, complaints, close } = await openStage(browser, { ...day, texts: hostile });
  await page.locator('.theatre-prompt').waitFor();
  assert.match((await page.locator('.theatre-prompt').textContent())!, /<img src=x/);
  await page.keyboard.press('ArrowRight');
  const pasted = page.locator('.theatre-prompt details');
  await pasted.waitFor();
  assert.equal(await pasted.getAttribute('open'), null);
  await pasted.locator('summary').click();
  assert.match((await pasted.textContent())!, /Error: <b>bold<\/b>/);
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowRight');
  await page.locator('.film-place').getByText('4 of').waitFor();
  await assertFits(page);
  assert.equal(await page.title(), 'Stage');
  assert.equal(await page.locator('.theatre img, .theatre script').count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

test('one prompt, none, and a prompt that is gone', async () => {
  const one = await openStage(browser, { ...day, count: 1 });
  await one.page.keyboard.press(' ');
  assert.match((await one.page.locator('.film-place').textContent())!, /^1 of 1 prompt$/);
  await one.close();
  const none = await openStage(browser, { ...day, count: 0 });
  await none.page.getByRole('button', { name: 'Show the Timeline' }).click();
  assert.deepEqual(await none.asked('opened'), ['timeline']);
  await none.close();
  const gone = await openStage(browser, { ...day, refuse: true });
  await gone.page.waitForFunction(() => window.stage.failed.length > 0);
  await gone.close();
});

for (const theme of themeNames) {
  test(`accessible and never too wide: ${theme}`, async () => {
    for (const width of [400, 800, 1400]) {
      const { page, close } = await openStage(browser, { ...day, texts: hostile, state: { id: 2, speed: 2 } }, { theme, width });
      await page.locator('.theatre-prompt').waitFor();
      await assertFits(page);
      if (width === 800) await assertAccessible(page);
      await close();
    }
  });
}
