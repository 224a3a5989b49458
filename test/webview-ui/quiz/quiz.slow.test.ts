/** The quiz page in a real browser, with a host that the test plays. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { quizProtocol, type QuizCard, type QuizProtocol } from '../../../src/protocol/quiz.ts';
import { assertAccessible, assertFits, openPage, startBrowser, themeNames, type OpenPage, type PageOptions } from '../shared/openPage.ts';
import { card, codeCard, play, type Played } from './sample.ts';

describe('the quiz page', () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  interface Open extends OpenPage<QuizProtocol> {
    readonly played: Played;
    readonly press: (...keys: string[]) => Promise<void>;
    readonly sees: (text: string | RegExp) => Promise<void>;
    readonly focused: () => Promise<string>;
  }

  async function open(cards: readonly QuizCard[], options: Partial<PageOptions<QuizProtocol>> = {}): Promise<Open> {
    const played = play(cards);
    const opened = await openPage(browser, { name: 'quiz', protocol: quizProtocol, handlers: played.handlers, ...options });
    const { page } = opened;
    await page.locator('.card, .end, .editor').first().waitFor();
    return {
      ...opened,
      played,
      press: async (...keys) => {
        for (const key of keys) {
          await page.keyboard.press(key);
          await page.waitForTimeout(40);
        }
      },
      sees: (text) => page.locator('.stage, .problem').getByText(text).first().waitFor({ timeout: 3_000 }),
      focused: () => page.evaluate(() => document.activeElement?.className ?? ''),
    };
  }

  async function using(cards: readonly QuizCard[], options: Partial<PageOptions<QuizProtocol>>, work: (open: Open) => Promise<void>): Promise<void> {
    const opened = await open(cards, options);
    try {
      await work(opened);
      assert.deepEqual(opened.complaints, []);
    } finally {
      await opened.close();
    }
  }

  test('a whole quiz by keyboard', () =>
    using([card('a'), card('b'), card('c')], {}, async ({ press, sees, played, focused, page }) => {
      await sees('What is a?');
      assert.match(await focused(), /reveal/);
      await press('3');
      assert.equal(played.calls.length, 0, 'nothing is rated before the answer is seen');
      await press('Space');
      await sees('The answer to a.');
      assert.equal(await focused(), 'answer');
      assert.deepEqual(await page.locator('.rating .when').allInnerTexts(), ['1 · again', '2 · again', '3 · 1 d', '4 · 4 d', '5 · 1.2 mo']);
      await press('1');
      await sees('What is b?');
      await press('u');
      await sees('What is a?');
      await press('Space', '2', 'n', 'Space', '4');
      await sees('What is a?');
      await press('f');
      await sees('Flagged');
      await press('Space', '5', 'Space', '3');
      await sees('Done for now');
      await sees('The next card is due tomorrow.');
      assert.deepEqual(played.calls.map((call) => call.slice(0, 2).join(' ')), ['rate 1', 'undo', 'rate 2', 'skip', 'rate 4', 'flag 1', 'rate 5', 'rate 3']);
      assert(played.calls.every((call) => call[0] !== 'rate' || (call[2] === true && call[3] === true)), 'every answer names its turn and its time');
    }));

  const faster: { name: string; keys: string[]; calls: string[]; shows: string }[] = [
    { name: 'the same key again answers one card only', keys: ['4', '4', '4'], calls: ['rate 4'], shows: 'What is b?' },
    { name: 'they wait for the card that they are meant for', keys: ['1', 'Space', '4', 'f', 'Space', '3'], calls: ['rate 1', 'rate 4', 'flag 1', 'rate 3'], shows: 'Done for now' },
  ];
  for (const { name, keys, calls, shows } of faster) {
    test(`keys that come faster than the host: ${name}`, () => {
      const played = play([card('a'), card('b')]);
      const slow = { ...played.handlers, rate: async (params: Parameters<typeof played.handlers.rate>[0]) => new Promise<Awaited<ReturnType<typeof played.handlers.rate>>>((resolve) => setTimeout(() => resolve(played.handlers.rate(params)), 150)) };
      return using([], { handlers: slow }, async ({ press, page, sees }) => {
        await sees('What is a?');
        await press('Space');
        for (const key of keys) await page.keyboard.press(key);
        await sees(shows);
        assert.deepEqual(played.calls.map((call) => call.slice(0, 2).join(' ')), calls);
      });
    });
  }

  test('what a cloze hides in code is a blank there, without asterisks', () =>
    using([card('c', { kind: 'cloze', front: '```ts\nconst all = await \ue000[…]\ue001(work);\n```', back: '```ts\nconst all = await \ue000Promise.all\ue001(work);\n```' })], {}, async ({ press, page }) => {
      assert.equal(await page.locator('.front pre mark.blank').count(), 1);
      await press('Space');
      assert.equal(await page.locator('.back pre mark').innerText(), 'Promise.all');
      assert.equal(await page.locator('.back pre').innerText(), 'const all = await Promise.all(work);');
    }));

  test('editing in place keeps what is typed, saves, and leaves', () =>
    using([card('a')], {}, async ({ press, sees, page, played, state }) => {
      await press('e');
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
      await page.getByLabel('Question').fill('What is **A**?');
      assert.equal(((await state()) as { draft: { question: string } }).draft.question, 'What is **A**?');
      await press('Escape');
      await sees('What is a?');
      await press('e');
      await page.getByLabel('Question').fill('What is **A**?');
      await press('Control+Enter');
      await sees('What is A?');
      await sees('The card is changed.');
      assert.deepEqual(played.calls, [['edit', 'What is **A**?']]);
    }));

  test('a typed card shows what was right and what was not', () =>
    using([card('t', { kind: 'typed', front: 'The way to wait for all promises?', back: '`Promise.all`', expected: 'Promise.all' })], {}, async ({ press, page, sees, focused }) => {
      await page.getByLabel('Your answer').waitFor();
      await page.keyboard.type('Promise.any');
      assert.equal(await focused(), '');
      await press('Enter');
      await sees('Promise.all');
      assert.match(await page.locator('.typed ins').first().innerText(), /^missing:\sll$/);
      await press('4');
      await sees('Done for now');
    }));

  test('an explanation streams, can be stopped, and is called what it is', () =>
    using([card('a')], {}, async ({ press, sees, played, host, page }) => {
      await press('Space', 'x');
      await sees('Asking Claude Code …');
      host.push('view', played.set({ explanation: { phase: 'asking', text: 'Because **it**', model: 'Claude Code' } }));
      await sees('Claude Code is writing …');
      assert.equal(await page.locator('.explanation strong').innerText(), 'it');
      await press('x');
      await sees('Stopped.');
      assert.deepEqual(played.calls, [['explain'], ['stopExplaining']]);
    }));

  test('what the host says counts: a card that was answered elsewhere is gone, and it is said', () =>
    using([card('a'), card('b')], {}, async ({ press, sees, host, played, page }) => {
      await press('Space');
      await sees('The answer to a.');
      host.push('view', { ...played.view(), turn: 99, card: card('b'), notice: 'That card was answered in another window.' });
      await sees('What is b?');
      await sees('That card was answered in another window.');
      assert.equal(await page.locator('.rating').count(), 0, 'the new card is not turned');
    }));

  test('what only shows something does not hold up the next key', () => {
    const played = play([card('a', { source: { label: 'a.ts:1', language: 'typescript', code: '' } })]);
    return using([], { handlers: { ...played.handlers, openSource: () => new Promise<undefined>(() => undefined) } }, async ({ press, sees }) => {
      await press('o', 'v', 'Space');
      await sees('The answer to a.');
    });
  });

  test('a failing host is told, and the card stays', () => {
    const played = play([card('a')]);
    return using([], { handlers: { ...played.handlers, rate: () => Promise.reject(new Error('The disk is full.')) } }, async ({ press, sees }) => {
      await press('Space', '4');
      await sees('The disk is full.');
      await sees('The answer to a.');
    });
  });

  test('a page that comes back shows what was turned and typed', () =>
    using([card('a')], { state: { session: 'quiz-1', deck: 'typescript', turn: 1, card: 'a', revealed: true, typed: '' } }, ({ sees }) => sees('The answer to a.')));

  test('without any voice, it says so', () =>
    using([card('a', { languages: { front: 'ja', back: 'en' } })], {}, async ({ press, sees, played, page }) => {
      await press('v');
      await page.waitForTimeout(1_600);
      await sees('There is no voice for “ja” on this machine.');
      assert.deepEqual(played.calls, [['speak', 'What is a?', 'ja']]);
    }));

  const hostile: { name: string; text: string; shows: string | RegExp }[] = [
    { name: 'a script', text: '<script>window.hacked = 1</script>', shows: '<script>window.hacked = 1</script>' },
    { name: 'an image with a handler', text: '<img src=x onerror="window.hacked=1">', shows: /<img src=x/ },
    { name: 'a link to a script', text: '[click](javascript:window.hacked=1)', shows: /\[click\]\(javascript:/ },
    { name: 'a picture from the web', text: '![seen](https://example.com/pixel.png)', shows: '[picture: seen]' },
    { name: 'markup in a language name', text: '```"><img/src=x>\ncode\n```', shows: 'code' },
    { name: 'markup in code', text: '```html\n<img src=x onerror=alert(1)>&amp;&lt;\n```', shows: /<img src=x onerror=alert\(1\)>&amp;&lt;/ },
    { name: 'an address that is only text', text: 'https://example.com/track', shows: 'https://example.com/track' },
    { name: 'deep nesting', text: `${'> '.repeat(200)}deep`, shows: /deep|>/ },
    { name: 'a megabyte', text: 'word '.repeat(200_000), shows: /characters more are not shown/ },
  ];
  for (const { name, text, shows } of hostile) {
    test(`hostile cards: ${name}`, () =>
      using([card('h', { front: text, back: text, notes: text, deck: text.slice(0, 50), tags: [text.slice(0, 30)] })], {}, async ({ press, page, sees }) => {
        await sees(shows);
        await press('Space');
        await page.locator('.back').waitFor();
        assert.equal(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked), undefined);
        assert.equal(await page.locator('.card script, .card img, .card iframe, .card a').count(), 0);
      }));
  }

  test('a link goes through the host', () =>
    using([card('l', { front: 'See [the docs](https://example.com/docs).' })], {}, async ({ page, played }) => {
      await page.getByRole('button', { name: 'the docs' }).click();
      await page.waitForTimeout(50);
      assert.deepEqual(played.calls, [['openLink', 'https://example.com/docs']]);
    }));

  for (const theme of themeNames) {
    test(`${theme}: accessible on both sides, in the editor and at the end, from 400 to 1400 pixels`, () =>
      using([codeCard, card('t', { kind: 'typed', expected: 'x', flag: 1 })], { theme, width: 400 }, async ({ page, press }) => {
        const check = async () => {
          await assertAccessible(page);
          for (const width of [400, 720, 1400]) {
            await page.setViewportSize({ width, height: 700 });
            await assertFits(page);
          }
        };
        await check();
        await press('Space');
        await check();
        await press('e');
        await check();
        await press('Escape', '4');
        await check();
        await page.keyboard.type('y');
        await press('Enter');
        await check();
        await press('3');
        await check();
      }));
  }
});
