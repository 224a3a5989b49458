/** The page of generated cards in a real browser, with a host that the test plays. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { approvalProtocol, type ApprovalProtocol } from '../../../src/protocol/approval.ts';
import { assertAccessible, assertFits, openPage, startBrowser, themeNames, type OpenPage, type PageOptions } from '../shared/openPage.ts';
import { play, proposed, type Played } from './sample.ts';

describe('the approval page', () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  async function using(played: Played, options: Partial<PageOptions<ApprovalProtocol>>, work: (open: OpenPage<ApprovalProtocol> & { press: (...keys: string[]) => Promise<void> }) => Promise<void>): Promise<void> {
    const opened = await openPage(browser, { name: 'approval', protocol: approvalProtocol, handlers: played.handlers, ...options });
    const { page } = opened;
    try {
      await page.getByText('Cards from').waitFor();
      const press = async (...keys: string[]) => {
        for (const key of keys) {
          await page.keyboard.press(key);
          await page.waitForTimeout(50);
        }
      };
      await work({ ...opened, press });
      assert.deepEqual(opened.complaints, []);
    } finally {
      await opened.close();
    }
  }

  const articles = (page: Page) => page.locator('article');
  const focusedKey = (page: Page) => page.evaluate(() => document.activeElement?.closest('[data-key]')?.getAttribute('data-key'));

  test('nothing is kept before the user says so; by keyboard: keep, discard, choose, keep the chosen', () => {
    const played = play();
    return using(played, {}, async ({ page, press }) => {
      assert.equal(played.calls.length, 0);
      await press('ArrowDown');
      assert.equal(await focusedKey(page), '1');
      await press('d');
      assert.equal(await focusedKey(page), '2', 'the next open card has the focus');
      await press('Space');
      await page.getByRole('button', { name: 'Keep selected (2)' }).waitFor();
      await press('k');
      await press('Control+Enter');
      await page.getByRole('button', { name: 'Quiz me' }).waitFor();
      assert.equal(JSON.stringify(played.calls), '[["discard",1],["keep",2],["keep",3]]');
      await page.getByRole('button', { name: 'Put back' }).click();
      await page.getByRole('button', { name: 'Keep selected (1)' }).waitFor();
      assert.deepEqual(played.calls.at(-1), ['reopen', 1]);
    });
  });

  test('keep all takes the doubtful ones, too', () => {
    const played = play();
    return using(played, {}, async ({ page }) => {
      await page.getByText('You have a card like this in javascript').waitFor();
      await page.getByRole('button', { name: 'Keep all (3)' }).click();
      await page.getByRole('button', { name: 'Quiz me' }).click();
      await page.waitForTimeout(50);
      assert.deepEqual(played.calls, [['keep', 1, 2, 3], ['quiz']]);
    });
  });

  test('cards stream in while one is edited, and what is being written stays', () => {
    const played = play(proposed.slice(0, 1));
    played.set({ phase: 'asking' });
    return using(played, {}, async ({ page, press, host, state }) => {
      await press('ArrowDown', 'e');
      await page.getByLabel('Question').fill('Better?');
      host.push('view', played.set({ cards: proposed }));
      await page.waitForFunction(() => document.querySelectorAll('article').length === 3);
      assert.equal(await page.getByLabel('Question').inputValue(), 'Better?');
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
      assert.deepEqual((await state() as { drafts: unknown[] }).drafts.length, 1);
      await page.getByLabel('Tags').fill('#async  loops,');
      await press('Control+Enter');
      await articles(page).first().getByText('Better?').waitFor();
      assert.deepEqual(played.calls, [['edit', 1, 'Better?', ['async', 'loops']]]);
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText('Stopped after 3 cards.').waitFor();
    });
  });

  test('what was chosen and being written comes back with the page', () => {
    const state = { id: 'set-1', choices: [[3, false]], drafts: [[1, { question: 'Half writ', answer: '', notes: '', tags: '' }]] };
    return using(play(), { state }, async ({ page }) => {
      assert.equal(await page.getByLabel('Question').inputValue(), 'Half writ');
      await page.getByRole('button', { name: 'Keep selected (1)' }).waitFor();
    });
  });

  test('a deck that is typed is told', () => {
    const played = play();
    return using(played, {}, async ({ page }) => {
      await page.getByLabel('Deck').fill('promises');
      await page.getByLabel('Deck').press('Tab');
      await page.waitForTimeout(50);
      assert.deepEqual(played.calls, [['setDeck', 'promises']]);
    });
  });

  test('hostile cards are text', () => {
    const evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    const played = play([{ ...proposed[0], key: 1, question: evil, answer: evil, notes: evil, tags: [evil], kind: 'basic', state: 'open', code: { label: evil, language: evil, code: evil }, duplicate: { question: evil, answer: evil, deck: evil } }]);
    played.set({ subject: evil, model: evil, deck: evil, decks: [evil] });
    return using(played, {}, async ({ page }) => {
      assert.equal(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked), undefined);
      assert.equal(await page.locator('main img, main script').count(), 0);
    });
  });

  for (const theme of themeNames) {
    test(`${theme}: accessible open, kept, discarded and edited, from 400 to 1400 pixels`, () =>
      using(play(), { theme, width: 400 }, async ({ page, press }) => {
        const check = async () => {
          await assertAccessible(page);
          for (const width of [400, 760, 1400]) {
            await page.setViewportSize({ width, height: 800 });
            await assertFits(page);
          }
        };
        await check();
        await press('ArrowDown', 'k', 'd', 'e');
        await check();
      }));
  }
});
