// Comments of several lines by the `+` in the gutter, and conversations under them, as a user meets them.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';

const skip = await whyNoVSCode();
const shots = process.env['WHEELHOUSE_SHOTS'];

describe('comment threads', { skip }, () => {
  let root: string;
  let code: VSCode;

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-threads-')));
    const folder = path.join(root, 'totals');
    await mkdir(folder);
    await writeFile(path.join(folder, 'sum.js'), Array.from({ length: 12 }, (_none, line) => `const value${line + 1} = ${line};\n`).join(''));
    await promisify(execFile)('git', ['init', '-q'], { cwd: folder });
    code = await launchVSCode({ folder, home: path.join(root, 'home') });
  });

  after(async () => {
    await code.dispose();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `${name}.png`)));
  const orgLog = () => readFile(path.join(root, 'home/code_review.org'), 'utf8').catch(() => '');
  const widget = () => code.page.locator('.review-widget');
  const glyphs = (kind: string) => code.page.locator(`.comment-range-glyph.${kind}`);
  const middle = async (place: Locator) => {
    const box = await place.boundingBox();
    return box === null ? undefined : box.y + box.height / 2;
  };
  const gutterOf = async (line: number) => (await middle(code.page.locator('.margin-view-overlays .line-numbers').getByText(String(line), { exact: true }))) ?? -1;
  const isOnLine = async (line: number) => Math.abs(((await middle(glyphs('comment-thread-unresolved'))) ?? -99) - (await gutterOf(line))) < 6;

  test('the + on a line logs a comment of several lines', async () => {
    await code.openFile('sum.js', 1);
    const anyPlus = glyphs('comment-diff-added').first();
    await anyPlus.waitFor();
    const x = (await anyPlus.boundingBox())?.x ?? 0;
    await code.page.mouse.move(x + 2, await gutterOf(4));
    await shoot('threads-plus');
    await code.page.mouse.click(x + 2, await gutterOf(4));
    await widget().locator('.comment-form .monaco-editor').waitFor();
    await code.page.keyboard.type('! loses the *last* value #data');
    await code.page.keyboard.press('Enter');
    await code.page.keyboard.type('See `total` below.');
    await shoot('threads-new');
    await widget().getByRole('button', { name: 'Log Review Comment' }).click();
    await code.waitFor(async () => (await orgLog()).includes('See `total` below.'), 'the comment in the log');
    const log = await orgLog();
    assert.match(log, /TODO .*sum\.js::4.*:must:/);
    assert.match(log, /:data:/);
    assert.match(log, /loses the \*last\* value$/m);
    await glyphs('comment-thread-unresolved').waitFor();
    await shoot('threads-logged');
    assert.ok(await isOnLine(4));
    // Nothing opens by itself.
    assert.equal(await code.page.getByText('Filter (e.g. text, author)').isVisible(), false);
    assert.equal(await widget().isVisible(), false);
  });

  test('its text is shown as text, and a reply goes into the log', async () => {
    await glyphs('comment-thread-unresolved').click();
    await widget().getByText('loses the *last* value').waitFor();
    await widget().getByText('Reply…').click();
    await code.page.keyboard.type('Because of the loop.');
    await shoot('threads-reply');
    await widget().getByRole('button', { name: 'Reply to Review Comment' }).click();
    await code.waitFor(async () => (await orgLog()).includes('Because of the loop.'), 'the reply in the log');
    await widget().locator('.comment-body').getByText('Because of the loop.').waitFor();
    await shoot('threads-replied');
  });

  test('the thread follows its line, and is resolved with its comment', async () => {
    await code.evaluate(async (vscode) => {
      const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'file');
      await editor?.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one\n// two\n'));
    });
    await code.waitFor(() => isOnLine(6), 'the thread on its new line');
    const id = /cr-[a-z2-7]+/.exec(await orgLog())?.[0];
    await code.command('wheelhouse.review.wontfix', { id, why: 'By design.' });
    await glyphs('comment-thread-unresolved').waitFor({ state: 'detached' });
    await code.command('wheelhouse.review.reopen', { id });
    await glyphs('comment-thread-unresolved').waitFor();
  });

  test('the setting takes everything away', async () => {
    await code.evaluate((vscode) => vscode.workspace.getConfiguration().update('wheelhouse.review.commentThreads', false, vscode.ConfigurationTarget.Global));
    await glyphs('comment-thread-unresolved').waitFor({ state: 'detached' });
    await glyphs('comment-diff-added').first().waitFor({ state: 'detached' });
  });
});
