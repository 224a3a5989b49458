/** The page of the graph in a real browser, with a host that the test plays. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { noteGraphProtocol, type GraphPlaces, type NoteGraph, type NoteGraphProtocol } from '../../../src/protocol/noteGraph.ts';
import { assertAccessible, assertFits, openPage, startBrowser, themeNames, type OpenPage, type Theme } from '../shared/openPage.ts';
import { graphOf, nothingKept, sampleGraph, start } from './sample.ts';

/** A cross around `m`, with a tail, and a note alone. */
const small = graphOf('m-left', 'm-right', 'up-m', 'm-down', 'down-tail', 'alone');
const cross: GraphPlaces = { keys: ['m', 'left', 'right', 'up', 'down', 'tail', 'alone'], places: [0, 0, -80, 0, 80, 0, 0, -80, 0, 80, 0, 160, 120, 120] };

interface Look {
  readonly kept?: GraphPlaces;
  readonly focus?: string;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  readonly state?: unknown;
}

type Opened = OpenPage<NoteGraphProtocol> & {
  readonly calls: unknown[][];
  /** What the host has from now on. */
  readonly become: (graph: NoteGraph) => void;
  readonly kept: () => GraphPlaces | undefined;
  /** Waits until something is so. */
  readonly until: (holds: () => boolean | Promise<boolean>) => Promise<void>;
};

describe('the graph page', () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  async function using(graph: NoteGraph, { kept: known = nothingKept, focus, ...look }: Look, work: (open: Opened) => Promise<void>): Promise<void> {
    const calls: unknown[][] = [];
    let now = graph;
    let kept: GraphPlaces | undefined;
    const opened = await openPage(browser, {
      name: 'graph', protocol: noteGraphProtocol, ...look,
      handlers: {
        ready: () => start(now, known, focus),
        graph: () => now,
        keep: (places) => {
          kept = places;
          return undefined;
        },
        open: ({ key }) => {
          calls.push(['open', key]);
          return undefined;
        },
        create: () => {
          calls.push(['create']);
          return undefined;
        },
      },
    });
    const until = async (holds: () => boolean | Promise<boolean>) => {
      for (let tries = 0; !(await holds()); tries++) {
        assert(tries < 1200, 'it did not come to be in a minute');
        await opened.page.waitForTimeout(50);
      }
    };
    try {
      const last = cross === known ? () => true : () => kept !== undefined || graph.nodes.length === 0;
      await until(last);
      await opened.page.locator('.count, .empty').first().waitFor({ state: 'attached' });
      await opened.page.waitForTimeout(80);
      await work({ ...opened, calls, become: (next) => (now = next), kept: () => kept, until });
      assert.deepEqual(opened.complaints, []);
    } finally {
      await opened.close();
    }
  }

  const title = ({ page }: Opened) => page.locator('.card h2').textContent();
  /** How many different colours the picture has. */
  const colours = ({ page }: Opened) =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.picture canvas');
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
      const seen = new Set<number>();
      for (let i = 0; i < data.length; i += 4) seen.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0));
      return seen.size;
    });

  test('arrows walk along links, Enter opens, and Escape leaves', () =>
    using(small, { kept: cross }, async (open) => {
      const { page, calls } = open;
      await page.locator('.picture').focus();
      const steps = [['ArrowDown', 'M'], ['ArrowLeft', 'LEFT'], ['ArrowLeft', 'LEFT'], ['ArrowRight', 'M'], ['ArrowDown', 'DOWN'], ['ArrowDown', 'TAIL'], ['Home', 'M'], ['n', 'UP'], ['n', 'RIGHT'], ['Shift+N', 'UP']] as const;
      for (const [key, expected] of steps) {
        await page.keyboard.press(key);
        assert.equal(await title(open), expected, key);
      }
      assert.match((await page.locator('[aria-live="polite"]').textContent()) ?? '', /^UP, private, 1 link, 0 backlinks/);
      await page.keyboard.press('Enter');
      await open.until(() => calls.length > 0);
      assert.deepEqual(calls, [['open', 'up']]);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.card').isVisible(), false);
    }));

  test('a click on a note opens it; a drag opens nothing', () =>
    using(small, { kept: cross }, async (open) => {
      const { page, calls, state } = open;
      await page.waitForTimeout(250);
      const { camera } = (await state()) as { camera: { k: number; x: number; y: number } };
      const box = await page.locator('.picture').boundingBox();
      const at = (x: number, y: number) => [(box?.x ?? 0) + camera.k * x + camera.x, (box?.y ?? 0) + camera.k * y + camera.y] as const;
      await page.mouse.move(...at(-40, -60));
      await page.mouse.down();
      await page.mouse.move(...at(-20, -30), { steps: 4 });
      await page.mouse.move(...at(-40, -60), { steps: 4 });
      await page.mouse.up();
      assert.deepEqual(calls, []);
      await page.mouse.move(...at(80, 0));
      assert.equal(await page.locator('.picture.on-note').count(), 1);
      await page.mouse.click(...at(80, 0));
      await open.until(() => calls.length > 0);
      assert.deepEqual(calls, [['open', 'right']]);
      assert.equal(await title(open), 'RIGHT');
    }));

  test('a focus shows the neighbourhood by steps, from the keyboard and when the extension asks', () =>
    using(small, { kept: cross, focus: 'tail' }, async (open) => {
      const { page, host } = open;
      const count = page.locator('.count');
      assert.equal(await count.textContent(), '2 of 7 notes');
      await page.getByRole('button', { name: '3 steps' }).click();
      assert.equal(await count.textContent(), '6 of 7 notes');
      await page.getByRole('button', { name: 'Show all' }).click();
      assert.equal(await count.textContent(), '7 notes, 5 links');
      host.push('focus', { id: 'left' });
      await open.until(async () => (await count.textContent()) === '2 of 7 notes');
      await page.locator('.picture').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('f');
      assert.equal(await count.textContent(), '5 of 7 notes');
      await page.keyboard.press('Escape');
      assert.equal(await count.textContent(), '7 notes, 5 links');
    }));

  test('slash filters by text; tags, visibility and orphans filter too; what is filtered out is not walked to', () =>
    using(sampleGraph(60, 120), {}, async (open) => {
      const { page } = open;
      const count = page.locator('.count');
      await page.locator('.picture').focus();
      await page.keyboard.press('/');
      await page.keyboard.type('emacs');
      await open.until(async () => /^\d+ of 60 notes$/.test((await count.textContent()) ?? ''));
      await page.keyboard.press('Enter');
      await page.keyboard.press('Home');
      assert.match((await title(open)) ?? '', /^Emacs/);
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.locator('.chip').first().click();
      await page.getByLabel('Who may read them').selectOption('public');
      assert.match((await count.textContent()) ?? '', /^\d of 60 notes$/);
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByRole('button', { name: 'Orphans' }).click();
      assert.match((await count.textContent()) ?? '', /^[1-9] of 60 notes$/);
    }));

  test('changes are followed: what is there stays where it is', async () => {
    const before = sampleGraph(80, 160);
    await using(before, {}, async (open) => {
      const first = open.kept();
      assert(first);
      assert.equal(first.keys.length, 80);
      open.become({ nodes: [...before.nodes.slice(0, 70), { key: 'new', id: 'new', title: 'New', tags: [], isPublic: true, modifiedAt: 0 }], links: [...before.links.filter((_, n) => Math.max(before.links[n - (n % 2)] ?? 0, before.links[n - (n % 2) + 1] ?? 0) < 70), 70, 3] });
      open.host.push('changed', { at: 1 });
      await open.until(() => open.kept()?.keys.length === 71);
      assert.deepEqual(open.kept()?.places.slice(0, 140), first.places.slice(0, 140));
    });
  });

  test('what was looked at is there after a reload', async () => {
    let state: unknown;
    await using(small, { kept: cross }, async (open) => {
      await open.page.locator('.picture').focus();
      await open.page.keyboard.press('Home');
      await open.page.keyboard.press('ArrowDown');
      await open.page.keyboard.press('+');
      await open.page.getByLabel('Who may read them').selectOption('private');
      await open.page.waitForTimeout(300);
      state = await open.state();
    });
    await using(small, { kept: cross, state }, async (open) => {
      await open.page.waitForTimeout(300);
      assert.deepEqual(await open.state(), state);
      assert.equal(await title(open), 'DOWN');
      assert.equal(await open.page.getByLabel('Who may read them').inputValue(), 'private');
    });
  });

  test('the table has the same notes; it sorts, and has only the rows on the screen', () =>
    using(sampleGraph(2000, 6000), {}, async (open) => {
      const { page, calls } = open;
      await page.getByRole('tab', { name: 'Table' }).click();
      const rows = page.locator('.space .row');
      assert((await rows.count()) < 60);
      assert.equal(await page.locator('[role="grid"]').getAttribute('aria-rowcount'), '2001');
      await page.getByRole('button', { name: 'Title' }).click();
      assert.match((await rows.first().textContent()) ?? '', /^Agents/);
      assert.equal(await page.locator('[aria-sort="ascending"]').textContent(), 'Title ↑');
      await rows.first().focus();
      await page.keyboard.press('End');
      assert.match((await page.locator('.space [tabindex="0"]').textContent()) ?? '', /^Typescript/);
      await page.keyboard.press('Enter');
      await open.until(() => calls.length > 0);
      await assertAccessible(page);
    }));

  test('text of notes is only text, and an empty folder says what comes', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    await using({ nodes: [{ key: 'a', id: 'a', title: hostile, tags: [hostile], isPublic: true, modifiedAt: 0 }], links: [] }, {}, async ({ page }) => {
      await page.locator('.picture').focus();
      await page.keyboard.press('Home');
      assert.equal(await page.locator('.card h2').textContent(), hostile);
      assert.equal(await page.locator('main img').count(), 0);
    });
    await using({ nodes: [], links: [] }, {}, async (open) => {
      await open.page.getByRole('button', { name: 'New Note' }).click();
      await open.until(() => open.calls.length > 0);
      assert.deepEqual(open.calls, [['create']]);
      open.become(small);
      open.host.push('changed', { at: 1 });
      await open.page.locator('.picture').waitFor();
    });
  });

  test('ten thousand notes open, with the page answering meanwhile', { timeout: 90_000 }, () =>
    using(sampleGraph(10_000, 30_000), {}, async (open) => {
      assert((await colours(open)) > 20);
      await open.page.locator('.picture').focus();
      await open.page.keyboard.press('Home');
      assert.notEqual(await title(open), '');
    }));

  for (const theme of themeNames) {
    test(`${theme}: accessible empty and full, from 400 to 1400 pixels; the picture has its colours`, async () => {
      for (const graph of [{ nodes: [], links: [] }, sampleGraph(120, 240)]) {
        await using(graph, { theme, width: 400, reducedMotion: true }, async (open) => {
          const { page } = open;
          await assertAccessible(page);
          for (const width of [400, 860, 1400]) {
            await page.setViewportSize({ width, height: 800 });
            await assertFits(page);
          }
          if (graph.nodes.length === 0) return;
          assert((await colours(open)) > 8);
          await page.locator('.picture').focus();
          await page.keyboard.press('Home');
          await page.keyboard.press('f');
          await page.locator('.chip').first().click();
          await assertAccessible(page);
          for (const width of [400, 1400]) {
            await page.setViewportSize({ width, height: 800 });
            await assertFits(page);
          }
        });
      }
    });
  }
});
