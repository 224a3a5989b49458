// The prompt history as a user meets it: VS Code, a history of a thousand prompts, the timeline, and what goes out of it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Frame } from 'playwright-core';
import { installBrowser } from '../../scripts/vscode/browser.ts';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';
import type { ColorTheme } from '../harness/vscode/settings.ts';

const shots = process.env['WHEELHOUSE_SHOTS'];
const theme = (process.env['WHEELHOUSE_SHOTS_THEME'] ?? 'dark') as ColorTheme;
const cli = path.join(import.meta.dirname, '../../dist/cli.js');
const run = promisify(execFile);

const minute = 60_000;
const day = 86_400_000;
const COUNT = 1000;
const projects = ['/repos/wheelhouse', '/repos/memento', '/repos/shop', '/work/shop', '/repos/appdaemon'];
const tasks = ['Write a smoke test for the {} module', 'Why does the {} build break?', 'Refactor the {} so that it is testable', 'Document the {} in the readme', 'Rename {} everywhere, and run the tests'];
const things = ['parser', 'cache', 'timeline', 'journal', 'quiz', 'scheduler', 'exporter', 'watcher'];
const secret = `sk-ant-${'a1B2c3D4'.repeat(5)}`;
const hostile = ['</script><script>window.hacked = true</script>', '<!-- not a comment -->', '<img src=x onerror="window.hacked = true">', '\u202eright to left\u202c', 'zero\u200bwidth and bell \u0007', '👨‍👩‍👧‍👦 a family', `Use ${secret} for it`, '$(trash) [link](command:workbench.action.quit)'];

interface Line { display: string; pastedContents: Record<string, unknown>; timestamp: number; project: string; sessionId: string }

/** A stand-in for the program: it writes down what it is given. */
const memento = `#!/bin/sh
{ echo "$@"; while [ "$1" != --file ]; do shift; done; cat "$2"; } > "$HOME/memento.txt"
`;

/** A thousand prompts over forty days; the last one is some minutes old. */
function history(now: number): Line[] {
  return Array.from({ length: COUNT }, (_, n) => {
    const back = COUNT - 1 - n;
    const text = (tasks[n % tasks.length] ?? '').replace('{}', things[Math.floor(n / tasks.length) % things.length] ?? '');
    return {
      display: n % 50 === 7 ? (hostile[Math.floor(n / 50) % hostile.length] ?? '') : `${text} (${n})`,
      pastedContents: {},
      // Evenly over the last day, so that bubbles can be told apart, and over the days before.
      timestamp: back < 20 ? now - 10 * minute - back * 60 * minute : now - day - Math.round(((back - 20) / (COUNT - 20)) * 39 * day),
      project: projects[n % 7 % projects.length] ?? '',
      sessionId: `00000000-0000-4000-8000-${String(Math.floor(n / 10)).padStart(12, '0')}`,
    };
  });
}

describe('prompts in the editor', { skip: await whyNoVSCode() }, () => {
  let root: string;
  let home: string;
  let code: VSCode;
  const lines = history(Date.now());
  const last = lines.at(-1) as Line;
  const historyFile = () => path.join(home, '.claude', 'history.jsonl');

  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `prompts-${name}-${theme}.png`)));
  const page = () => code.webview('Prompt Timeline');
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await code.page.keyboard.press(key);
      await code.page.waitForTimeout(120);
    }
  };
  const wheelhouse = async (...args: string[]) => JSON.parse((await run(process.execPath, [cli, '--json', ...args], { env: { PATH: process.env['PATH'] ?? '', HOME: home, WHEELHOUSE_DATA: path.join(root, 'data') } })).stdout) as unknown;
  const listed = async (...args: string[]) => (await wheelhouse('prompts', 'list', ...args)) as { id: number; display: string; rating: number | null; note: string | null }[];
  const says = (frame: Frame, text: string | RegExp) => frame.locator('[role="status"]').filter({ hasText: text }).waitFor({ state: 'attached' });
  const countText = (frame: Frame) => frame.locator('.toolbar-count').first().innerText();
  const openTab = (frame: Frame, name: string) => frame.getByRole('tab', { name, exact: true }).click();
  /** Under test VS Code shows notifications in their list only. */
  const notification = async (text: RegExp) => {
    const found = code.page.locator('.notifications-center .notification-list-item').filter({ hasText: text });
    await code.waitFor(async () => {
      await code.command('notifications.showList');
      return found.first().isVisible();
    }, `a notification like ${String(text)}`);
    return found.first();
  };
  const focusLanes = async (frame: Frame) => {
    await frame.locator('.ground').first().focus();
    await press('End');
  };

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-pr-')));
    home = path.join(root, 'home');
    await mkdir(path.join(home, '.claude', 'projects', '-repos-wheelhouse'), { recursive: true });
    await mkdir(path.join(root, 'folder'));
    await writeFile(historyFile(), `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    await writeFile(path.join(home, '.claude', 'projects', '-repos-wheelhouse', `${last.sessionId}.jsonl`), transcript(lines.filter(({ sessionId }) => sessionId === last.sessionId)));
    await mkdir(path.join(root, 'bin'));
    await writeFile(path.join(root, 'bin', 'memento'), memento, { mode: 0o755 });
    const PATH = [path.join(root, 'bin'), process.env['PATH']].join(path.delimiter);
    code = await launchVSCode({ folder: path.join(root, 'folder'), home, colorTheme: theme, env: { PATH, WHEELHOUSE_DATA: path.join(root, 'data') } });
  });

  after(async () => {
    await code.dispose();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test('the timeline opens on the last day, with a bubble for each prompt and a lane for each project', async () => {
    await code.command('wheelhouse.prompts.openTimeline');
    const frame = await page();
    await frame.locator('.lane').first().waitFor();
    assert.match(await countText(frame), /^\d+ prompts$/);
    assert.equal(await frame.locator('button.lane').count(), projects.length);
    assert.deepEqual((await frame.locator('.lane-name').allInnerTexts()).filter((name) => /shop/.test(name)).sort().length, 2, 'two projects with the same last name are told apart');
    assert(await inked(frame), 'something is on the canvas');
    await shoot('timeline');
  });

  test('by the keyboard: the newest prompt is read, rated, and rated with the same key again', async () => {
    const frame = await page();
    await focusLanes(frame);
    await says(frame, /unrated/);
    await press('Enter');
    await frame.locator('.prompt-text').filter({ hasText: last.display }).waitFor();
    await frame.getByText(/Context: .* tokens/).waitFor();
    await press('4');
    await says(frame, '4 stars');
    await shoot('panel');
    await code.waitFor(async () => (await listed('--limit', '1'))[0]?.rating === 4, 'the rating in the command line');
    await press('4');
    await says(frame, 'Rating cleared');
    await code.waitFor(async () => (await listed('--limit', '1'))[0]?.rating === null, 'no rating in the command line');
    await press('5');
    await code.waitFor(async () => (await listed('--limit', '1'))[0]?.rating === 5, 'the other rating');
  });

  test('a click on a bubble opens it', async () => {
    const frame = await page();
    await press('Escape');
    await frame.locator('.panel').waitFor({ state: 'hidden' });
    const box = await frame.locator('.ground').first().boundingBox();
    assert(box);
    const spot = await ratedSpot(frame, 5);
    await code.page.mouse.click(box.x + spot.x, box.y + spot.y);
    await frame.locator('.prompt-text').filter({ hasText: last.display }).waitFor();
  });

  test('a note is kept, and one that the command line writes appears', async () => {
    const frame = await page();
    await frame.locator('#note').fill('Short and clear.');
    await press('Control+Enter');
    await frame.getByText('Saved', { exact: true }).waitFor();
    const [newest] = await listed('--limit', '1');
    assert(newest);
    assert.equal(newest.note, 'Short and clear.');
    await wheelhouse('prompts', 'rate', String(newest.id), '3');
    await frame.locator('.ground').first().focus();
    await frame.locator('.panel').getByRole('button', { name: '3 stars', pressed: true }).waitFor();
    await code.waitFor(async () => (await ratedSpot(frame, 3)).pixels > 0, 'the rating of another program on the canvas');
  });

  test('search lights up what it finds, over the whole history', async () => {
    const frame = await page();
    await press('/');
    await code.page.keyboard.type('scheduler smoke');
    await frame.locator('.result').first().waitFor();
    assert((await frame.locator('.result').count()) > 5);
    await shoot('search');
    const hidden = await frame.evaluate(() => (window as { hacked?: boolean }).hacked);
    assert.equal(hidden, undefined, 'prompts are text');
    await frame.locator('.search-field').fill('');
    await press('Escape');
  });

  test('statistics, crawl and table', async () => {
    const frame = await page();
    await code.command('wheelhouse.prompts.stats');
    await frame.getByText('1,000', { exact: true }).or(frame.getByText('1,000 prompts')).first().waitFor();
    await shoot('stats');
    await openTab(frame, 'Crawl');
    await frame.locator('.crawl canvas.crawl-sky').waitFor();
    await code.page.waitForTimeout(1500);
    await shoot('crawl');
    await openTab(frame, 'Table');
    await frame.getByRole('table').or(frame.getByRole('grid')).first().waitFor();
    await shoot('table');
    await openTab(frame, 'Timeline');
  });

  test('a new prompt appears while it is open', async () => {
    const frame = await page();
    const fresh = { ...last, display: 'A prompt that was typed just now', timestamp: Date.now(), sessionId: '00000000-0000-4000-9000-000000000001' };
    await appendFile(historyFile(), `${JSON.stringify(fresh)}\n`);
    await code.waitFor(async () => {
      await focusLanes(frame);
      return (await frame.locator('[role="status"]').first().innerText()).includes(fresh.display);
    }, 'the new prompt');
  });

  test('what is looked at survives hiding and reloading', async () => {
    let frame = await page();
    await openTab(frame, 'Day');
    await code.page.waitForTimeout(600);
    await code.command('workbench.action.files.newUntitledFile');
    await code.page.waitForTimeout(500);
    // A request to a hidden page reaches the one that takes its place.
    await code.command('wheelhouse.prompts.openTimeline', { text: 'journal' });
    frame = await page();
    await frame.locator('[data-tab="day"] .lane').first().waitFor();
    await frame.locator('.result').first().waitFor();
    await frame.locator('.search-field').fill('');
    await frame.locator('.result').first().waitFor({ state: 'detached' });
    await code.reload();
    frame = await page();
    await frame.locator('[data-tab="day"] .lane').first().waitFor();
    await openTab(frame, 'Timeline');
  });

  test('commands for other extensions: search, rate, note, topics, threads, a session', async () => {
    const found = (await code.command('wheelhouse.prompts.search', { text: 'watcher readme' })) as { id: number; display: string }[];
    assert(found.length > 3 && found.every(({ display }) => /watcher.*readme/.test(display)));
    const id = found[0]?.id ?? 0;
    const rated = (await code.command('wheelhouse.prompts.rate', { id, rating: 5 })) as { rating: number };
    assert.equal(rated.rating, 5);
    const noted = (await code.command('wheelhouse.prompts.note', { id, note: 'Says where.' })) as { note: string };
    assert.equal(noted.note, 'Says where.');
    for (const { id: each } of found.slice(1, 4)) await code.command('wheelhouse.prompts.rate', { id: each, rating: 4 });
    assert.deepEqual(await code.command('wheelhouse.prompts.sync'), { added: 0, problems: [] });
    const shown = (await code.command('wheelhouse.prompts.openForSession', { id: last.sessionId })) as { prompts: number };
    assert.equal(shown.prompts, 10);
    const frame = await page();
    await frame.locator('.chip').filter({ hasText: 'Session: 10 prompts' }).waitFor();
    await code.waitFor(async () => (await countText(frame)) === '10 prompts', 'only the prompts of the session');
    await frame.locator('.prompt-text').filter({ hasText: last.display }).waitFor();
    await shoot('session');
    await frame.locator('.chip').filter({ hasText: 'Session:' }).click();
    await code.waitFor(async () => (await countText(frame)) !== '10 prompts', 'all prompts again');
  });

  test('topics and search by pick lists', async () => {
    void code.command('wheelhouse.prompts.topics').catch(() => undefined);
    const row = code.page.locator('.quick-input-list .monaco-list-row').first();
    await row.waitFor();
    await shoot('topics');
    await press('Enter');
    const frame = await page();
    await frame.locator('.chip').filter({ hasText: 'Topic:' }).waitFor();
    await frame.locator('.chip').filter({ hasText: 'Topic:' }).click();
    void code.command('wheelhouse.prompts.search').catch(() => undefined);
    await code.page.locator('.quick-input-widget input').waitFor();
    await code.page.keyboard.type('exporter everyw');
    // What Enter takes is the row in focus, which is another one until the answer has come.
    await code.page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: /exporter everywhere/ }).waitFor();
    await code.page.waitForTimeout(500);
    await shoot('pick');
    await press('Enter');
    await frame.locator('.prompt-text').filter({ hasText: 'Rename exporter everywhere' }).waitFor();
  });

  test('a template is filled and goes into the terminal, unsent', async () => {
    await code.command('workbench.action.terminal.new');
    await code.waitFor(async () => (await code.terminalText()) !== '', 'a terminal');
    const text = await code.command('wheelhouse.prompts.useTemplate', { template: 'echo {{word}}', values: { word: 'mast' }, to: 'terminal' });
    assert.equal(text, 'echo mast');
    await code.waitFor(async () => /echo mast$/m.test(await code.terminalText()), 'the text at the prompt');
    await code.command('wheelhouse.prompts.useTemplate', { template: 'echo {{a}}\necho {{b}}', values: { a: 'one', b: 'two' }, to: 'clipboard' });
    assert.equal(await code.evaluate((vscode) => vscode.env.clipboard.readText()), 'echo one\necho two');
    // Several lines go as one paste: nothing is run, and the clipboard is as it was.
    await code.command('wheelhouse.prompts.useTemplate', { template: ' && touch {{a}}\ntouch {{b}}', values: { a: 'one', b: 'two' }, to: 'terminal' });
    await code.waitFor(async () => /touch two$/m.test(await code.terminalText()), 'both lines at the prompt');
    assert.equal(await code.evaluate((vscode) => vscode.env.clipboard.readText()), 'echo one\necho two');
    await code.page.waitForTimeout(300);
    assert.deepEqual(await readdir(path.join(root, 'folder')), []);
    await code.command('workbench.action.terminal.killAll');
    void code.command('wheelhouse.prompts.useTemplate').catch(() => undefined);
    await code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: /\{\{/ }).first().waitFor();
    await shoot('templates');
    await press('Escape');
  });

  test('a prompt becomes a note in the folder of the notes, without its secrets', async () => {
    const notes = path.join(root, 'notes');
    await code.evaluate((vscode, folder) => vscode.workspace.getConfiguration().update('wheelhouse.prompts.notesFolder', folder, vscode.ConfigurationTarget.Global), notes);
    const [found] = (await code.command('wheelhouse.prompts.search', { text: 'for it' })) as { id: number; display: string }[];
    assert(found && !found.display.includes(secret), 'what leaves the index is redacted');
    const published = (await code.command('wheelhouse.prompts.publish', { id: found.id })) as { noteId: string; path: string };
    const text = await readFile(published.path, 'utf8');
    assert.match(text, /^:PROPERTIES:\n:ID: +prompt-\d{8}-\d{6}\n/);
    assert.match(text, /Use \[redacted: Anthropic key\] for it/);
    const told = await notification(/Published as prompt-/);
    await shoot('published');
    await told.getByRole('button', { name: 'Undo' }).click();
    await code.waitFor(async () => (await readdir(notes)).length === 0, 'the note to be gone');
    await code.command('notifications.clearAll');
    await code.evaluate((vscode) => vscode.workspace.getConfiguration().update('wheelhouse.prompts.publishWith', 'memento', vscode.ConfigurationTarget.Global));
    assert.deepEqual(await code.command('wheelhouse.prompts.publish', { id: found.id, noteId: 'keys', tags: ['llm'] }), { noteId: 'keys' });
    const given = await readFile(path.join(home, 'memento.txt'), 'utf8');
    assert.match(given, /^create keys --title .* --file \S+\.org --tags llm\n#\+TITLE: /);
    assert(!given.includes(secret));
  });

  test('exports: a page that needs nothing else, CSV, JSON, a database, and back', async () => {
    const file = (name: string) => path.join(root, name);
    assert.deepEqual(await code.command('wheelhouse.prompts.exportTimeline', { path: file('timeline.html') }), { path: file('timeline.html'), prompts: COUNT + 1 });
    await standsAlone(file('timeline.html'));
    assert.deepEqual(await code.command('wheelhouse.prompts.exportCsv', { path: file('some.csv'), ids: [1, 2, 3] }), { path: file('some.csv'), prompts: 3 });
    assert.equal((await readFile(file('some.csv'), 'utf8')).split('\r\n').filter((line) => /^\d+,/.test(line)).length, 3);
    await code.command('wheelhouse.prompts.exportJson', { path: file('all.json') });
    const json = await readFile(file('all.json'), 'utf8');
    assert.equal((JSON.parse(json) as unknown[]).length, COUNT + 1);
    assert(!json.includes(secret));
    const exported = (await code.command('wheelhouse.prompts.exportDatabase', { path: file('instance.db') })) as { prompts: number };
    assert.equal(exported.prompts, COUNT + 1);
    const imported = (await code.command('wheelhouse.prompts.importDatabase', { path: file('instance.db') })) as { added: number; known: number };
    assert.deepEqual([imported.added, imported.known], [0, COUNT + 1], 'all are known');
    const examples = (await code.command('wheelhouse.prompts.saveExamples', { path: file('examples.md') })) as { examples: number };
    assert(examples.examples > 0);
    assert.match(await readFile(file('examples.md'), 'utf8'), /## Example 1/);
  });

  test('the view of sessions leads to it', async () => {
    await code.command('workbench.action.closeAllEditors');
    await code.command('workbench.view.extension.wheelhouse');
    const header = code.page.locator('.pane-header').filter({ hasText: 'Sessions' });
    await header.hover();
    await header.getByRole('button', { name: 'Views and More Actions…' }).or(header.locator('[aria-label^="More Actions"], [aria-label^="Views and More"]')).first().click();
    await code.page.locator('.monaco-menu').getByText('Use Prompt Template…').waitFor();
    await shoot('menu');
    await press('Escape');
    await header.hover();
    await header.locator('[aria-label="Open Prompt Timeline"]').click();
    await (await page()).locator('.lane').first().waitFor();
  });

  test('a session that has ended says so', async () => {
    await code.command('wheelhouse.prompts.openTimeline', { tab: 'timeline', prompt: 1 });
    const frame = await page();
    await frame.getByRole('button', { name: 'Open session' }).click();
    await frame.getByText('Claude Code has deleted its transcript').waitFor();
    await frame.locator('.notice').getByRole('button', { name: 'Close' }).click();
  });

  test('axe finds nothing, and the page fits a narrow editor', async () => {
    const frame = await page();
    const axe = await readFile(path.join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
    await frame.evaluate(axe);
    for (const tab of ['Timeline', 'Stats', 'Table']) {
      await openTab(frame, tab);
      await code.page.waitForTimeout(500);
      const found = await frame.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`);
      });
      assert.deepEqual(found, [], tab);
    }
    await openTab(frame, 'Timeline');
    await code.page.setViewportSize({ width: 820, height: 620 });
    await code.page.waitForTimeout(600);
    await shoot('narrow');
    assert.equal(await frame.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'nothing sticks out');
    await code.page.setViewportSize({ width: 1280, height: 800 });
  });

  test('a reason, not a trace, when something does not work', async () => {
    assert.equal(await code.command('wheelhouse.prompts.importDatabase', { path: path.join(root, 'none.db') }), undefined);
    await notification(/There is no .*none\.db/);
    await code.command('notifications.clearAll');
  });

  test('closing gives the prompts back', async () => {
    await code.command('wheelhouse.prompts.openTimeline', { tab: 'timeline' });
    const frame = await page();
    await frame.locator('.lane').first().waitFor();
    await code.command('workbench.action.closeAllEditors');
    await code.waitFor(async () => (await readdir(path.join(root, 'data', 'user', 'prompts'))).includes('positions.json'), 'what was read to be saved');
    assert.equal((await listed('--limit', '2')).length, 2);
  });

  test('a history from another machine is read too', async () => {
    await writeFile(path.join(home, 'laptop.jsonl'), `${JSON.stringify({ ...last, display: 'From the laptop', timestamp: last.timestamp - 5 * day })}\n`);
    await code.evaluate((vscode) => vscode.workspace.getConfiguration().update('wheelhouse.prompts.historyFiles', ['~/laptop.jsonl'], vscode.ConfigurationTarget.Global));
    assert.deepEqual(await code.command('wheelhouse.prompts.sync'), { added: 1, problems: [] });
    assert.deepEqual(await code.command('wheelhouse.prompts.sync'), { added: 0, problems: [] });
  });
});

/** Whether anything is drawn. */
function inked(frame: Frame): Promise<boolean> {
  return frame.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.stage canvas.bubbles');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    return data?.some((value, i) => i % 4 === 3 && value > 0) === true;
  });
}

/** The middle of the pixels in the colour of a rating, CSS pixels within the lanes. */
function ratedSpot(frame: Frame, rating: number): Promise<{ x: number; y: number; pixels: number }> {
  return frame.evaluate((wanted) => {
    const probe = document.createElement('span');
    probe.style.color = `var(--tl-rating-${wanted})`;
    document.querySelector('.page')?.append(probe);
    const [red, green, blue] = (getComputedStyle(probe).color.match(/\d+/g) ?? []).map(Number);
    probe.remove();
    const canvas = document.querySelector<HTMLCanvasElement>('.stage canvas.bubbles');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return { x: 0, y: 0, pixels: 0 };
    const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
    const spot = { x: 0, y: 0, pixels: 0 };
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] !== red || data[i + 1] !== green || data[i + 2] !== blue) continue;
      spot.pixels++;
      spot.x += (i / 4) % width;
      spot.y += Math.floor(i / 4 / width);
    }
    return { x: spot.x / spot.pixels / devicePixelRatio, y: spot.y / spot.pixels / devicePixelRatio, pixels: spot.pixels };
  }, rating);
}

/** Opens the file in a browser of its own that may ask nobody for anything. */
async function standsAlone(file: string): Promise<void> {
  const { executable, env } = await installBrowser();
  const browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-gpu'], env: { PATH: process.env['PATH'] ?? '', HOME: path.dirname(file), ...env } });
  try {
    const page = await browser.newPage();
    const asked: string[] = [];
    const failed: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', (error) => failed.push(error.message));
    await page.goto(pathToFileURL(file).href);
    await page.locator('button.lane').first().waitFor();
    assert.deepEqual(asked, [pathToFileURL(file).href]);
    assert.deepEqual(failed, []);
    assert.equal(await page.evaluate(() => (window as { hacked?: boolean }).hacked), undefined);
  } finally {
    await browser.close();
  }
}

/** What Claude Code writes of answers, as far as it tells of tokens. */
function transcript(prompts: readonly Line[]): string {
  return prompts
    .map(({ timestamp, sessionId }, n) => JSON.stringify({ type: 'assistant', isSidechain: false, sessionId, uuid: `u${n}`, timestamp: new Date(timestamp + 5000).toISOString(), message: { id: `m${n}`, model: 'claude-sonnet-4-5', usage: { input_tokens: 1000, cache_read_input_tokens: 2000 * n, cache_creation_input_tokens: 2000, output_tokens: 300 } } }))
    .join('\n')
    .concat('\n');
}
