/** The page of coordination in a real browser, with a host that the test plays. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { coordinationProtocol, type CoordinationProtocol, type CoordinationView } from '../../../src/protocol/coordination.ts';
import { assertAccessible, assertFits, openPage, startBrowser, themeNames, type OpenPage, type Theme } from '../shared/openPage.ts';
import { empty, ids, NOW, sample } from './sample.ts';

const shots = process.env['WHEELHOUSE_SHOTS'];

describe('the page of coordination', () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  async function using(view: CoordinationView, look: { theme?: Theme; width?: number; height?: number; state?: unknown }, work: (open: OpenPage<CoordinationProtocol> & { calls: unknown[][] }) => Promise<void>): Promise<void> {
    const calls: unknown[][] = [];
    const told = (name: string) => (params: unknown) => void calls.push([name, params]);
    const showing = (name: string) => (params: { readonly repository?: string | undefined }) => {
      calls.push([name, params.repository]);
      return view;
    };
    const handlers = { ready: showing('ready'), choose: showing('choose'), release: told('release'), breakBarrier: told('breakBarrier'), resolve: told('resolve'), openFile: told('openFile'), showSession: told('showSession'), install: told('install'), openSettings: told('openSettings') };
    const opened = await openPage(browser, { name: 'coordination', protocol: coordinationProtocol, handlers, ...look });
    try {
      await opened.page.locator('.content > *').first().waitFor();
      await work({ ...opened, calls });
      assert.deepEqual(opened.complaints, []);
    } finally {
      await opened.close();
    }
  }

  test('release, break, resolve, open, go: each says exactly what is meant', () =>
    using(sample, {}, async ({ page, calls }) => {
      calls.length = 0;
      await page.getByRole('button', { name: 'Release test/rounding/' }).click();
      await page.getByRole('button', { name: 'Break the barrier rounding-done' }).click();
      await page.getByRole('button', { name: /^Resolve: the schema/ }).click();
      await page.getByRole('button', { name: 'data/*.json', exact: true }).click();
      await page.locator('.holder').getByRole('button', { name: 'tax-tables' }).click();
      await page.waitForTimeout(60);
      assert.deepEqual(calls, [['release', { fence: 10, path: 'test/rounding/' }], ['breakBarrier', { name: 'rounding-done' }], ['resolve', { id: 'b1' }], ['openFile', { fence: 20, path: 'data/*.json' }], ['showSession', { id: ids.tax }]]);
      assert.equal(await page.locator('main img').count(), 0, 'texts are only texts');
    }));

  test('the graph is walked by keyboard, and keeps still and focused when something comes', () =>
    using(sample, {}, async ({ page, calls, host }) => {
      const place = (name: string) => page.locator(`.node[aria-label^="${name}"]`).getAttribute('transform');
      await page.locator('.node').first().focus();
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      assert.match((await focused()) ?? '', /^tax-tables; waits for billable-export \(the schema of the export\)/);
      await page.keyboard.press('ArrowRight');
      assert.match((await focused()) ?? '', /^billable-export; waits for invoice-rounding \(barrier rounding-done\); awaited by tax-tables/);
      await page.keyboard.press('ArrowRight');
      assert.match((await focused()) ?? '', /^invoice-rounding; awaited by/);
      const before = await place('invoice-rounding');
      host.push('view', { ...sample, names: { ...sample.names, late: 'late' }, waits: [...sample.waits, { from: 'late', to: ids.tax, kind: 'blocker', because: 'x' }] });
      await page.locator('.node[aria-label^="late"]').waitFor();
      assert.equal(await place('invoice-rounding'), before);
      assert.match((await focused()) ?? '', /^invoice-rounding/);
      calls.length = 0;
      await page.keyboard.press('Enter');
      await page.waitForTimeout(60);
      assert.deepEqual(calls, [['showSession', { id: ids.rounding }]]);
      await page.getByText('As a table').click();
      assert.deepEqual(await page.locator('details tbody tr').first().locator('td').allInnerTexts(), ['tax-tables', 'billable-export', 'the schema of the export']);
      host.push('view', sample);
      await page.waitForTimeout(60);
      assert.equal(await page.locator('details').getAttribute('open'), '', 'the table stays open');
    }));

  test('the summary says how much there is; what is gone is gone', () =>
    using(sample, { state: { repository: '/w/.git' } }, async ({ page, calls, host, state }) => {
      assert.deepEqual(calls, [['ready', '/w/.git']]);
      assert.equal(await page.getByRole('status').innerText(), '2 sessions hold 4 paths, 4 sessions wait, 1 blocker.');
      assert.deepEqual(await state(), { repository: '/w/.git' }, 'what was chosen is not given up for what is shown for want of it');
      await page.getByRole('group', { name: 'Repository' }).getByRole('button', { name: /^tools/ }).click();
      await page.waitForTimeout(60);
      assert.deepEqual(calls.at(-1), ['choose', '/t/.git']);
      assert.deepEqual(await state(), { repository: '/t/.git' });
      await page.getByRole('button', { name: 'Release data/*.json' }).focus();
      host.push('view', { ...empty, installed: true });
      await page.getByRole('button', { name: 'Let the first edit of a file claim it…' }).click();
      assert.equal(await page.getByRole('status').innerText(), 'Nobody holds anything, nobody waits.');
      await page.waitForTimeout(60);
      assert.deepEqual(calls.at(-1), ['openSettings', undefined]);
    }));

  test('the head says at one look where somebody waits or was stopped, and keeps the focus', () =>
    using(sample, {}, async ({ page, host }) => {
      const buttons = page.getByRole('group', { name: 'Repository' }).getByRole('button');
      assert.deepEqual((await buttons.allInnerTexts()).map((text) => text.split('\n').join(' · ')), ['billable · 4 wait · 2 conflicts', 'website', 'documentation-of-the-whole-platform-in-eleven-languages · 1 waits', 'tools · 1 conflict']);
      assert.deepEqual(await page.locator('.repository[aria-pressed="true"] .name').allInnerTexts(), ['billable']);
      await buttons.nth(1).focus();
      host.push('view', { ...sample, repository: '/w/.git', repositories: sample.repositories.map((each) => (each.name === 'website' ? { ...each, waiting: 3 } : each)) });
      await page.getByRole('button', { name: 'website 3 wait' }).waitFor();
      assert.deepEqual(await page.locator('.repository:focus').getAttribute('aria-pressed'), 'true');
      host.push('view', { ...sample, repositories: sample.repositories.slice(0, 1) });
      await buttons.first().waitFor({ state: 'detached' });
    }));

  test('what lasts runs down by itself', () =>
    using({ ...sample, at: Date.now(), sessions: [{ ...sample.sessions[0]!, paths: [{ ...sample.sessions[0]!.paths[0]!, until: Date.now() + 60_000 }] }] }, {}, async ({ page }) => {
      const left = () => page.locator('td.left').innerText();
      const first = Number.parseInt(await left(), 10);
      await page.waitForTimeout(2500);
      assert(first - Number.parseInt(await left(), 10) >= 1);
    }));

  test('a journal that cannot be read is said, and nothing is taught', () =>
    using({ ...sample, sessions: [], problem: 'The journal cannot be read.' }, {}, async ({ page }) => {
      assert.equal(await page.getByRole('alert').innerText(), 'The journal cannot be read.');
    }));

  for (const theme of themeNames) {
    test(`${theme}: accessible empty and full, from 400 to 1400 pixels`, async () => {
      for (const [name, view] of [['empty', empty], ['full', sample]] as const) {
        await using({ ...view, at: Date.now(), ...shifted(view) }, { theme, width: 400 }, async ({ page }) => {
          await assertAccessible(page);
          for (const width of [400, 860, 1400]) {
            await page.setViewportSize({ width, height: 900 });
            await assertFits(page);
            if (width !== 1400) await assertAccessible(page);
            if (shots && width !== 1400) await page.screenshot({ path: join(shots, `coordination-page-${name}-${theme}-${width}.png`), fullPage: true });
          }
        });
      }
    });
  }
});

/** The same moments, seen from now. */
function shifted(view: CoordinationView): Partial<CoordinationView> {
  const by = Date.now() - NOW;
  return JSON.parse(JSON.stringify(view), (name, value: unknown) => (['since', 'until', 'deadline', 'at'].includes(name) && typeof value === 'number' ? value + by : value)) as CoordinationView;
}
