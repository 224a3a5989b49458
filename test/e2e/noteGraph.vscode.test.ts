// The graph of notes as a user meets it: opened from the palette or a note, walked, followed, and there again after a reload.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';
import type { ColorTheme } from '../harness/vscode/settings.ts';

const shots = process.env['WHEELHOUSE_SHOTS'];
const theme = (process.env['WHEELHOUSE_SHOTS_THEME'] ?? 'dark') as ColorTheme;

const org = (id: string, title: string, tags: string, body: string) => `:PROPERTIES:\n:ID:       ${id}\n:END:\n#+title: ${title}\n${tags === '' ? '' : `#+filetags: ${tags}\n`}\n${body}`;

describe('the graph of notes in the editor', { skip: await whyNoVSCode() }, () => {
  let root: string;
  let notes: string;
  let code: VSCode;

  const graph = () => code.webview('Graph of Notes');
  const write = (name: string, text: string) => writeFile(path.join(notes, name), text);
  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `note-graph-${name}-${theme}.png`)));
  const shows = async (text: string) => (await graph()).locator('.count').filter({ hasText: text }).waitFor({ timeout: 20_000 });
  const activeFile = () => code.evaluate((vscode) => vscode.window.visibleTextEditors.map(({ document }) => document.uri.path.split('/').at(-1) ?? '').join(' '));

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-ng-')));
    notes = path.join(root, 'notes');
    await mkdir(path.join(root, 'work'));
    await mkdir(notes);
    code = await launchVSCode({ folder: path.join(root, 'work'), colorTheme: theme, env: { WHEELHOUSE_DATA: path.join(root, 'data') } });
    await code.command('wheelhouse.notes.chooseFolders', { folders: [notes] });
  });
  after(async () => {
    await code.dispose();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test('without notes it teaches, and notes that are written appear', async () => {
    await code.command('wheelhouse.notes.openGraph');
    await (await graph()).getByText('There are no notes yet').waitFor();
    await shoot('empty');
    await write('smoke.org', org('smoke', 'Smoke test paradigm', ':PUBLIC:testing:', 'See [[id:ideas]] and [[Global context]].\n'));
    await write('ideas.org', org('ideas', 'Ideas for later', ':ideas:', '[[id:smoke]]\n'));
    await write('global.md', '---\ntags: [PUBLIC]\n---\n# Global context\n');
    await write('alone.md', '# Alone\n');
    await shows('4 notes, 3 links');
    await shoot('small');
  });

  test('a note is opened beside the graph, and the keys stay in it', async () => {
    const page = await graph();
    await page.locator('.picture').focus();
    await page.locator('.picture').press('Home');
    await page.locator('.card h2').filter({ hasText: 'Smoke test paradigm' }).waitFor();
    await page.locator('.picture').press('Enter');
    await code.waitFor(async () => (await activeFile()).includes('smoke.org'), 'the note is open');
    await page.locator('.picture').press('n');
    assert.notEqual(await page.locator('.card h2').textContent(), 'Smoke test paradigm');
    await shoot('opened');
  });

  test('a command shows a note with those around it', async () => {
    await code.command('wheelhouse.notes.openGraph', { focus: 'ideas' });
    await shows('2 of 4 notes');
    assert.equal(await (await graph()).locator('.focus-title').textContent(), 'Around Ideas for later');
    await (await graph()).getByRole('button', { name: 'Show all' }).click();
  });

  test('a new link is followed, and what was there stays at its place', async () => {
    const places = async () => {
      const { keys, places: all } = JSON.parse(await readFile(path.join(root, 'data/user/note-graph.json'), 'utf8')) as { keys: string[]; places: number[] };
      return new Map(keys.map((key, n) => [key, [all[2 * n], all[2 * n + 1]]]));
    };
    const before = await places();
    await write('later.org', org('later', 'Later still', '', '[[id:ideas]]\n'));
    await shows('5 notes, 4 links');
    await code.waitFor(async () => (await places()).size === 5, 'the places are kept');
    const after = await places();
    for (const [key, place] of before) assert.deepEqual(after.get(key), place, key);
  });

  test('the table has the same notes', async () => {
    const page = await graph();
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.locator('.space .row').filter({ hasText: 'Later still' }).waitFor();
    await shoot('table');
    await page.getByRole('tab', { name: 'Graph' }).click();
  });

  test('after a reload of the window the graph is there again', async () => {
    await code.reload();
    // With what was kept of the view last: VS Code may come back with an older one, such as the notes around a note.
    await shows('5 notes');
    await shoot('reloaded');
  });
});
