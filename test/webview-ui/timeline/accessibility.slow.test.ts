/** axe finds nothing, in any tab and theme, with panel, popovers and notices open. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startHarness, type Harness, type Theme } from './harness/browser.ts';
import { workHistory } from './harness/prompts.ts';

let harness: Harness;
let axe = '';
before(async () => {
  harness = await startHarness();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}, { timeout: 60_000 });
after(() => harness.close());

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function check(page: Page, where: string): Promise<void> {
  const violations = await page.evaluate<Violation[]>('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => ({ html, failureSummary })) })))');
  assert.deepEqual(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} — ${failureSummary}`).join('\n')}`), []);
}

const end = new Date('2025-10-02T20:00:00+02:00').getTime();

for (const theme of ['dark', 'light', 'hc', 'hcLight', undefined] as const satisfies readonly (Theme | undefined)[]) {
  test(`axe finds nothing in ${theme ?? 'a file of its own'}`, { timeout: 90_000 }, async () => {
    const page = await harness.open(workHistory(300, 30, end), { ...(theme && { theme }) });
    await page.evaluate(axe);
    await page.locator('.ground').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.locator('.prompt-text').waitFor();
    await check(page, 'timeline and panel');
    await page.keyboard.press('5');
    await page.getByRole('alert').waitFor();
    await check(page, 'notice');
    await page.locator('.search-field').fill('smoke');
    await page.keyboard.press('Escape');
    await page.locator('.search-field').fill('test');
    await page.waitForTimeout(300);
    await check(page, 'search');
    for (const name of ['Rating', 'Project', 'Dates']) {
      await page.getByRole('button', { name, exact: true }).click();
      await check(page, name);
      await page.keyboard.press('Escape');
    }
    await page.getByTitle('Pick a day').click();
    await check(page, 'calendar');
    await page.keyboard.press('Escape');
    for (const tab of ['Day', 'Table']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForTimeout(200);
      await check(page, tab);
    }
    await page.context().close();
  });
}

test('with forced colours the page keeps its bubbles and its lines', async () => {
  const page = await harness.open(workHistory(100, 5, end));
  await page.emulateMedia({ forcedColors: 'active' });
  await page.waitForTimeout(200);
  const colours = await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.bubbles');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const seen = new Set<number>();
    for (let i = 0; i < data.length; i += 4) seen.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0));
    return seen.size;
  });
  assert(colours > 5, String(colours));
  await page.context().close();
});
