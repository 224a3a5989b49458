/** The page of the policy's protection in a real browser, with a host that the test plays. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { policyProtocol, type PolicyProtocol, type PolicyReport } from '../../../src/protocol/policy.ts';
import { assertAccessible, assertFits, openPage, startBrowser, themeNames, type OpenPage, type Theme } from '../shared/openPage.ts';
import { holding, managed, none, sample } from './sample.ts';

const shots = process.env['WHEELHOUSE_SHOTS'];

describe('the page of the policy', () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  async function using(report: PolicyReport, look: { theme?: Theme; width?: number }, work: (open: OpenPage<PolicyProtocol> & { calls: unknown[][] }) => Promise<void>): Promise<void> {
    const calls: unknown[][] = [];
    const told = (name: string) => (params: unknown) => void calls.push([name, params]);
    const handlers = { ready: () => report, verify: told('verify'), cancel: told('cancel'), apply: told('apply'), setUp: told('setUp'), openPolicy: told('openPolicy'), openRule: told('openRule') };
    const opened = await openPage(browser, { name: 'policy', protocol: policyProtocol, handlers, ...look });
    try {
      await opened.page.locator('.state h2').waitFor();
      await work({ ...opened, calls });
      assert.deepEqual(opened.complaints, []);
    } finally {
      await opened.close();
    }
  }

  test('what does not hold comes first and says why; rules open at their line', () =>
    using(sample, {}, async ({ page, calls }) => {
      const first = page.locator('tbody tr').first();
      assert.match((await first.textContent()) ?? '', /~\/\.ssh.*Let through.*Not there/s);
      await first.locator('summary').click();
      await first.getByText('it did not answer').waitFor();
      await first.getByRole('button').click();
      await page.getByRole('button', { name: 'Apply…' }).click();
      await page.getByRole('button', { name: 'Open Policy' }).click();
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.waitForTimeout(60);
      assert.deepEqual(calls, [['openRule', { file: '/home/me/shop/.wheelhouse/policy.yaml', line: 19 }], ['apply', undefined], ['openPolicy', undefined], ['verify', undefined]]);
      assert.equal(await page.locator('main img').count(), 0, 'texts are only texts');
      assert.equal(await page.locator('tbody tr').filter({ hasText: 'built in' }).getByRole('button').count(), 0, 'what is built in has no line');
    }));

  test('while it is verified: progress, cancel by key, no claim; then the result is said', () =>
    using(holding, {}, async ({ page, calls, host }) => {
      await page.getByText('Protected', { exact: true }).waitFor();
      await page.locator('tbody summary').nth(1).click();
      host.push('report', { ...holding, running: { done: 3, of: 12 }, rows: holding.rows.slice(0, 3), notes: [] });
      await page.getByText('3 of 12.').waitFor();
      assert.equal(await page.getByText('Protected', { exact: true }).count(), 0);
      assert.equal(await page.locator('progress').evaluate((bar) => (bar as HTMLProgressElement).value), 3);
      assert.equal(await page.locator('details[open]').count(), 1, 'what was open is still');
      await page.keyboard.press('Escape');
      host.push('report', holding);
      await page.locator('[role=status]').filter({ hasText: 'Protected. All 7 rules' }).waitFor({ state: 'attached' });
      assert.deepEqual(calls, [['cancel', undefined]]);
    }));

  test('what stands in the way is said at the top', () =>
    using(managed, {}, async ({ page }) => {
      assert.match((await page.locator('.state').textContent()) ?? '', /Not protected.*in the way.*allowManagedHooksOnly.*Ask whoever/s);
      assert.equal(await page.getByText('Stopped', { exact: true }).filter({ visible: true }).count(), managed.rows.filter(({ layers }) => layers.engine === 'stopped').length, 'only the policy itself was seen');
    }));

  test('without a policy there is one thing to do', () =>
    using(none, {}, async ({ page, calls }) => {
      assert.deepEqual(await page.getByRole('button').allTextContents(), ['Set Up Policy…']);
      await page.getByRole('button').click();
      await page.waitForTimeout(60);
      assert.deepEqual(calls, [['setUp', undefined]]);
    }));

  for (const theme of themeNames) {
    for (const width of [360, 1100]) {
      test(`reads well in ${theme}, ${width} wide`, async () => {
        for (const [name, report] of Object.entries({ sample, holding, managed, none })) {
          await using(report, { theme, width }, async ({ page }) => {
            if (shots) await page.screenshot({ path: join(shots, `policy-${name}-${theme}-${width}.png`), fullPage: true });
            await assertFits(page);
            await assertAccessible(page);
          });
        }
      });
    }
  }
});
