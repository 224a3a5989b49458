/**
 * Pictures of the page in every theme at three widths: `node test/webview-ui/timeline/harness/shots.ts FOLDER [NAME…]`.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startHarness, type Theme } from './browser.ts';
import { workHistory } from './prompts.ts';

const [out = 'shots', ...only] = process.argv.slice(2);
await mkdir(out, { recursive: true });
const harness = await startHarness();
const end = Date.now();
const history = workHistory(2400, 200, end);
const themes: readonly Theme[] = ['dark', 'light', 'hc', 'hcLight'];
const wanted = (name: string) => only.length === 0 || only.some((part) => name.includes(part));

async function shot(name: string, theme: Theme | undefined, width: number, prepare: (page: Page) => Promise<unknown>): Promise<void> {
  const file = `${name}-${theme ?? 'file'}-${width}`;
  if (!wanted(file)) return;
  const page = await harness.open(history, { ...(theme && { theme }), width, height: width < 600 ? 800 : 760 });
  await prepare(page);
  await page.waitForTimeout(700);
  await page.screenshot({ path: path.join(out, `${file}.png`) });
  await page.context().close();
}

try {
  for (const theme of [...themes, undefined]) {
    for (const width of [1440, 900, 480]) {
      await shot('first', theme, width, () => Promise.resolve());
      await shot('panel', theme, width, async (page) => {
        await page.locator('.ground').focus();
        for (const key of ['End', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
      });
    }
    await shot('all', theme, 1440, (page) => page.getByRole('button', { name: 'Everything (0)' }).click());
    await shot('search', theme, 1440, async (page) => {
      await page.getByRole('button', { name: 'Everything (0)' }).click();
      await page.getByRole('searchbox', { name: 'Search prompts' }).fill('smoke test');
    });
    await shot('day', theme, 1440, (page) => page.getByRole('tab', { name: 'Day' }).click());
    await shot('table', theme, 1440, (page) => page.getByRole('tab', { name: 'Table' }).click());
    await shot('calendar', theme, 1440, (page) => page.getByTitle('Pick a day').click());
    await shot('rating', theme, 900, (page) => page.getByRole('button', { name: 'Rating', exact: true }).click());
    await shot('hover', theme, 1440, async (page) => {
      await page.getByRole('button', { name: 'Zoom out (−)' }).click();
      const place = await page.locator('.ground').boundingBox();
      if (place) await page.mouse.move(place.x + place.width / 2, place.y + 32);
      for (let x = 0; place && x < place.width && !(await page.locator('.tooltip').isVisible()); x += 5) await page.mouse.move(place.x + x, place.y + 32);
    });
    for (const tab of ['Theatre', 'Crawl', 'Stats']) await shot(tab.toLowerCase(), theme, 1440, (page) => page.getByRole('tab', { name: tab }).click());
  }
} finally {
  await harness.close();
}
