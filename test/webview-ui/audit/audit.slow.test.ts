/** The page of the audit in a real browser, with a host that the test plays. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { auditProtocol, ROWS_AT_ONCE, type AuditAsk, type AuditChain, type AuditProtocol, type AuditRow } from '../../../src/protocol/audit.ts';
import { assertAccessible, assertFits, openPage, startBrowser, themeNames, type OpenPage, type Theme } from '../shared/openPage.ts';
import { detail, manyRows, sampleRows, unbroken } from './sample.ts';

/** Where screenshots go, when somebody wants to look at them. */
const shots = process.env['WHEELHOUSE_SHOTS'];

interface Look {
  theme?: Theme;
  width?: number;
  height?: number;
  state?: unknown;
  hooks?: boolean;
  ask?: AuditAsk;
  chain?: AuditChain;
}

type Opened = OpenPage<AuditProtocol> & { calls: unknown[][]; rows: AuditRow[]; changes: AuditRow[] };

/** The median of many steps down the table, each with what is drawn after it. */
async function msToScroll(page: Page): Promise<number> {
  const steps = await page.evaluate(async () => {
    const scroller = document.querySelector('.scroller');
    const took: number[] = [];
    for (let i = 0; i < 60 && scroller; i++) {
      const before = performance.now();
      scroller.scrollTop = (i / 60) * scroller.scrollHeight;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      took.push(performance.now() - before);
    }
    return took;
  });
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? Infinity;
}

describe('the audit page', () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  async function using(rows: AuditRow[], look: Look, work: (open: Opened) => Promise<void>): Promise<void> {
    const calls: unknown[][] = [];
    const changes: AuditRow[] = [];
    const told = (name: string) => (params: unknown) => void calls.push([name, params]);
    const opened = await openPage(browser, {
      name: 'audit',
      protocol: auditProtocol,
      handlers: {
        ready: () => ({ total: rows.length, revision: 1, hooks: look.hooks ?? true, ask: look.ask ?? null, problem: '' }),
        rows: ({ from }) => JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE)),
        changes: () => ({ rows: changes, revision: 2, again: false }),
        detail: ({ n }) => detail(n),
        verify: () => look.chain ?? unbroken(Date.now()),
        openBreak: told('openBreak'),
        openPath: told('openPath'),
        openRule: told('openRule'),
        openSession: told('openSession'),
        install: told('install'),
        exportRows: (params) => {
          calls.push(['exportRows', params]);
          return { path: '/tmp/audit.csv' };
        },
      },
      ...look,
    });
    try {
      await opened.page.locator('.whole, .broken').first().waitFor();
      await work({ ...opened, calls, rows, changes });
      assert.deepEqual(opened.complaints, []);
    } finally {
      await opened.close();
    }
  }

  const labels = (open: Opened) => open.page.locator('.space .row .what .text').allTextContents();

  test('the newest is on top; hostile text is only text, in one line', () =>
    using(sampleRows(Date.now()), {}, async (open) => {
      const texts = await labels(open);
      assert.equal(texts.length, 12);
      assert.equal(texts[0], '/home/you/project/src/file11.ts');
      assert.equal(texts[4], '</script><img src=x onerror=alert(1)>\ufffd   [31mred');
      assert.equal(await open.page.locator('.space img, .space script').count(), 0);
      assert.equal(await open.page.locator('.summary').textContent(), '12 calls · 4 violations · 1 near-miss');
    }));

  test('one key goes to the next that stands out, Enter opens it, Escape closes it', () =>
    using(sampleRows(Date.now()), {}, async ({ page, calls }) => {
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'));
      const seen: (string | null | undefined)[] = [];
      for (const key of ['n', 'n', 'n', 'n', 'n', 'n', 'N']) {
        await page.keyboard.press(key);
        seen.push(await focused());
      }
      assert.deepEqual(seen, ['4', '8', '9', '10', '11', '4', '11']);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'policy.yaml:12' }).click();
      await page.getByRole('button', { name: '/home/you/project/link' }).click();
      await page.getByText('in truth').waitFor();
      assert.deepEqual(calls, [['openRule', { n: 2 }], ['openPath', { n: 2, path: 0 }]]);
      await page.keyboard.press('Escape');
      assert.deepEqual([await page.locator('.opened').count(), await focused()], [0, '11']);
      await page.keyboard.press('End');
      assert.equal(await focused(), '13');
    }));

  test('filters: text, session, tool, decision, time; they are kept, and what is shown is exported', () =>
    using(sampleRows(Date.now()), {}, async (open) => {
      const { page, calls } = open;
      await page.getByLabel('Decision').selectOption({ label: 'Violations and near-misses' });
      assert.equal((await labels(open)).length, 5);
      await page.getByLabel('Tool', { exact: true }).selectOption({ label: 'Bash' });
      assert.deepEqual(await labels(open), ['cat /etc/shadow', 'rm -rf build', 'base64 < ./.ENV']);
      await page.keyboard.press('Escape');
      await page.getByLabel('Search').fill('shadow');
      await page.waitForTimeout(250);
      assert.deepEqual(await labels(open), ['cat /etc/shadow']);
      assert.deepEqual(await open.state(), { text: 'shadow', session: '', tool: 'Bash', show: 'marked', since: 'all' });
      await page.getByRole('button', { name: 'Export CSV' }).click();
      await page.waitForTimeout(80);
      assert.deepEqual(calls, [['exportRows', { format: 'csv', rows: [9] }]]);
      await page.getByLabel('Search').fill('nowhere');
      await page.getByRole('button', { name: 'Show All' }).click();
      assert.equal((await labels(open)).length, 12);
      await page.getByLabel('Since').selectOption({ label: 'Last hour' });
      assert.equal((await labels(open)).length, 8);
    }));

  test('it follows what happens; a call changes where it stands; nothing jumps under the reader', () => {
    const rows = manyRows(2000, Date.now() - 60_000);
    return using(rows, {}, async (open) => {
      const { page, host, changes } = open;
      const [last] = rows.slice(-1);
      if (last === undefined) throw new Error('no rows');
      changes.push({ ...last, decision: 'denied', mark: 'violation', why: 'It was denied by the policy.' }, { ...last, n: 2000, at: Date.now(), what: '/new' });
      host.push('changed', { revision: 2 });
      await page.getByText('/new').waitFor();
      assert.equal(await page.locator('.space .row').nth(1).locator('.decision').textContent(), 'denied');
      await page.locator('.scroller').evaluate((element) => (element.scrollTop = 28 * 500));
      await page.waitForTimeout(100);
      const [first] = await labels(open);
      changes.splice(0, 2, { ...last, n: 2001, at: Date.now() + 5, what: '/newer' });
      host.push('changed', { revision: 3 });
      await page.getByText('2,002 calls').waitFor();
      assert.equal((await labels(open))[0], first);
    });
  });

  test('a hundred thousand calls scroll as a thousand do, and are searched', async () => {
    let few = 0;
    await using(manyRows(1000, Date.now()), {}, async ({ page }) => {
      await page.getByText('1,000 calls').waitFor();
      few = await msToScroll(page);
    });
    await using(manyRows(100_000, Date.now()), {}, async ({ page }) => {
      await page.getByText('100,000 calls').waitFor();
      const many = await msToScroll(page);
      // A hundred times the calls: a page that drew or looked at all of them would take many times as long.
      assert(many < 5 * few, `a step takes ${Math.round(many)} ms, and ${Math.round(few)} ms with a thousand calls`);
      assert((await page.locator('.space .row').count()) < 60);
      await page.getByLabel('Search').fill('file99999');
      await page.getByText('1 of 100,000 calls').waitFor();
    });
  });

  test('a broken record is said at the top, with the file and the line', () =>
    using(sampleRows(Date.now()), { chain: { state: 'broken', text: '', breaks: [{ file: '2026-03-14/one.jsonl', line: 5, message: 'Line 5 of 2026-03-14/one.jsonl was changed after it was written.' }], checkedAt: Date.now() } }, async ({ page, calls }) => {
      await page.getByRole('alert').getByText('Line 5 of 2026-03-14/one.jsonl was changed').waitFor();
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await page.waitForTimeout(60);
      assert.deepEqual(calls, [['openBreak', { index: 0 }]]);
    }));

  test('an empty record teaches, and fills by itself', () =>
    using([], { hooks: false }, async ({ page, calls, host, changes }) => {
      await page.getByRole('button', { name: 'Install for Claude Code' }).click();
      await page.waitForTimeout(60);
      assert.deepEqual(calls, [['install', undefined]]);
      await assertAccessible(page);
      const [row] = sampleRows(Date.now());
      if (row) changes.push(row);
      host.push('changed', { revision: 2 });
      await page.getByText('1 call ·').waitFor();
      assert.equal(await page.locator('.empty').count(), 0);
    }));

  test('it opens with what it was asked for, and shows it when it is asked again', () =>
    using(sampleRows(Date.now()), { ask: { session: 'ffee-1', filter: 'all' } }, async (open) => {
      assert.deepEqual(await labels(open), ['/home/you/project/src/app.ts']);
      open.host.push('show', { session: null, filter: 'denied' });
      await open.page.getByText('4 of 12 calls').waitFor();
    }));

  for (const theme of themeNames) {
    for (const width of [1100, 400]) {
      test(`${theme}, ${width} px wide: accessible, and nothing is cut off`, () =>
        using(sampleRows(Date.now()), { theme, width, height: 760 }, async ({ page }) => {
          await page.keyboard.press('n');
          await page.keyboard.press('Enter');
          await page.getByText('Reading .env is denied').waitFor();
          await assertFits(page);
          await assertAccessible(page);
          if (shots !== undefined) await page.screenshot({ path: `${shots}/audit-${theme}-${width}.png` });
        }));
    }
  }
});
