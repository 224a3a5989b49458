/** The page of learning statistics in a real browser, with a host that the test plays. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { learnStatsProtocol, type Foretold, type LearnStats, type LearnStatsProtocol } from '../../../src/protocol/learnStats.ts';
import { assertAccessible, assertFits, openPage, startBrowser, themeNames, type OpenPage, type Theme } from '../shared/openPage.ts';
import { foretold, sample } from './sample.ts';

describe('the statistics page', () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  async function using(stats: LearnStats, look: { theme?: Theme; width?: number; state?: unknown; foretold?: () => Promise<Foretold> }, work: (open: OpenPage<LearnStatsProtocol> & { calls: unknown[][] }) => Promise<void>): Promise<void> {
    const calls: unknown[][] = [];
    const told = (name: string) => (params: unknown) => void calls.push([name, params]);
    const handlers = {
      ready: () => stats,
      stats: ({ deck }: { readonly deck: string | undefined }) => {
        calls.push(['stats', deck]);
        return { ...stats, deck };
      },
      foretold: look.foretold ?? (() => (stats === sample ? foretold : { predictions: [] })),
      openCard: told('openCard'),
      quiz: told('quiz'),
      setAlgorithm: told('setAlgorithm'),
    };
    const opened = await openPage(browser, { name: 'learnStats', protocol: learnStatsProtocol, handlers, ...look });
    try {
      await opened.page.locator('.content > *').first().waitFor();
      await work({ ...opened, calls });
      assert.deepEqual(opened.complaints, []);
    } finally {
      await opened.close();
    }
  }

  test('a deck can be chosen, and stays chosen when the page is hidden', () =>
    using(sample, {}, async ({ page, calls, state, host }) => {
      await page.getByLabel('Deck', { exact: true }).selectOption({ label: 'typescript' });
      await page.waitForTimeout(60);
      assert.deepEqual(await state(), { deck: 'typescript' });
      host.push('changed', { at: 1 });
      await page.waitForTimeout(60);
      await page.getByRole('button', { name: 'Quiz' }).click();
      await page.waitForTimeout(60);
      assert.deepEqual(calls, [['stats', 'typescript'], ['stats', 'typescript'], ['quiz', { deck: 'typescript' }]]);
    }));

  test('the figures are there at once; what the schedulers say comes to them', async () => {
    let ready: (answer: Foretold) => void = () => undefined;
    const later = new Promise<Foretold>((resolve) => (ready = resolve));
    await using(sample, { foretold: () => later }, async ({ page }) => {
      await page.getByText('Hardest cards').waitFor();
      await page.getByText('Asking the schedulers about all your answers').waitFor();
      ready(foretold);
      await page.getByText('FSRS foretells your answers best').waitFor();
      assert.equal(await page.getByText('Asking the schedulers').count(), 0);
    });
  });

  test('a hard card opens, and its text is only text', () =>
    using(sample, {}, async ({ page, calls }) => {
      await page.getByRole('button', { name: 'der Widerspruch' }).click();
      await page.waitForTimeout(60);
      assert.deepEqual(calls, [['openCard', { id: 'card-2' }]]);
      assert.equal(await page.locator('main img').count(), 0);
    }));

  test('the pictures say in words what they show', () =>
    using(sample, {}, async ({ page }) => {
      assert.match((await page.locator('.forecast').getAttribute('aria-label')) ?? '', /^\d+ cards due within 30 days, at most 23 on one day, 23 today\.$/);
      await page.getByText('As a table').click();
      assert.equal(await page.locator('details tbody tr').count(), 30);
    }));

  const nothing: LearnStats = { ...sample, cards: { total: 0, new: 0, learning: 0, young: 0, mature: 0, suspended: 0, due: 0 }, days: [], decks: [], byDeck: [], forecast: [], hardest: [] };
  const begun: LearnStats = { ...sample, retention: null, days: sample.days.slice(-1), hardest: [], intervals: sample.intervals.map((interval) => ({ ...interval, reviews: 0, retention: null })) };
  for (const theme of themeNames) {
    test(`${theme}: accessible empty, begun and full, from 400 to 1400 pixels`, async () => {
      for (const stats of [nothing, begun, sample]) {
        await using(stats, { theme, width: 400 }, async ({ page }) => {
          await assertAccessible(page);
          for (const width of [400, 860, 1400]) {
            await page.setViewportSize({ width, height: 800 });
            await assertFits(page);
          }
        });
      }
    });
  }
});
