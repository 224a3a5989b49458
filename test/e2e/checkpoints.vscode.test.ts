// Checkpoints as a user meets them: a session in the list, its checkpoint, and what the next one is told.

import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { org } from '../adapters/notes/stage.ts';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';
import type { ColorTheme } from '../harness/vscode/settings.ts';

const shots = process.env['WHEELHOUSE_SHOTS'];
const theme = (process.env['WHEELHOUSE_SHOTS_THEME'] ?? 'dark') as ColorTheme;
const session = '0b1d2c3e-1111-2222-3333-444455556666';

interface Saved { readonly id: string; readonly path: string; readonly isNew: boolean }

describe('checkpoints in the editor', { skip: await whyNoVSCode() }, () => {
  let root: string;
  let repo: string;
  let home: string;
  let code: VSCode;
  /** Stands in for the agent: what counts is that it lives. */
  let agent: ChildProcess;

  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `checkpoints-${name}-${theme}.png`)));
  const preview = async (argument: object = {}) => String(await code.command('wheelhouse.notes.previewContext', argument));

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-cp-')));
    [repo, home] = [path.join(root, 'shop'), path.join(root, 'home')];
    for (const folder of [repo, path.join(home, 'notes'), path.join(home, '.claude/sessions'), path.join(home, '.claude/projects/shop')]) await mkdir(folder, { recursive: true });
    await promisify(execFile)('git', ['init', '-q', '-b', 'main'], { cwd: repo });
    await writeFile(path.join(home, 'notes/g.org'), org('claude-global-context', 'Rules of the house', ':PUBLIC:', 'Always use make.\n'.repeat(600)));
    await writeFile(path.join(home, 'notes/shop.org'), org('shop-guide', 'Guide to the shop', ':PUBLIC:shop:', 'The till is in till.ts.\n'));
    await writeFile(path.join(home, 'notes/shut.org'), org('shut-note', 'Shut', ':shop:', 'rosebud\n'));
    await writeFile(path.join(home, 'notes/pipes.md'), '---\nid: "a`|b"\ntitle: Pipes | and `ticks`\ntags: [PUBLIC, shop]\n---\nText with ``` in it.\n');
    agent = spawn('sleep', ['600'], { stdio: 'ignore' });
    await writeFile(path.join(home, `.claude/sessions/${agent.pid}.json`), JSON.stringify({ pid: agent.pid, sessionId: session, cwd: repo, kind: 'interactive', name: 'till-fixer', status: 'idle', updatedAt: Date.now(), statusUpdatedAt: Date.now(), startedAt: Date.now() }));
    const line = (type: string, content: unknown) => `${JSON.stringify({ type, timestamp: new Date().toISOString(), cwd: repo, sessionId: session, message: { role: type, content, stop_reason: 'end_turn' } })}\n`;
    await writeFile(path.join(home, `.claude/projects/shop/${session}.jsonl`), line('user', 'Fix the till') + line('assistant', [{ type: 'text', text: 'The till is fixed.' }]));
    code = await launchVSCode({ folder: repo, home, colorTheme: theme, env: { WHEELHOUSE_DATA: path.join(root, 'data') } });
    await code.command('workbench.view.extension.wheelhouse');
  });

  after(async () => {
    agent.kill();
    await code.dispose();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test('a session in the list offers to save its checkpoint, which says what it did', async () => {
    const row = code.page.locator('.pane:has([aria-label^="Sessions Section"]) .monaco-list-row').filter({ hasText: 'till-fixer' }).first();
    await row.waitFor({ timeout: 30_000 });
    await row.click({ button: 'right' });
    const entry = code.page.locator('.context-view .action-item').filter({ hasText: 'Save Checkpoint' });
    await entry.waitFor();
    await shoot('menu');
    await code.page.keyboard.press('Escape');
    const saved = (await code.command('wheelhouse.sessions.saveCheckpoint', { id: session, summary: 'Till done.' })) as Saved;
    assert.equal(saved.isNew, true);
    const text = await readFile(saved.path, 'utf8');
    assert.match(text, /> Till done\.[^]*- Asked: Fix the till\n- Last answer: The till is fixed\./);
    const again = (await code.command('wheelhouse.sessions.saveCheckpoint', { id: session })) as Saved;
    assert.deepEqual(again, { ...saved, isNew: false });
  });

  test('the last one of the session and of the repository opens', async () => {
    for (const argument of [{ id: session }, {}]) {
      await code.command('workbench.action.closeAllEditors');
      const opened = String(await code.command('wheelhouse.sessions.openCheckpoint', argument));
      assert.equal(await code.waitFor(() => code.evaluate((vscode) => vscode.window.activeTextEditor?.document.uri.fsPath), 'the checkpoint in an editor'), opened);
    }
  });

  test('what a new session is told is shown exactly, with what was trimmed and why', async () => {
    const text = await preview();
    for (const part of ['Always use make.', 'The till is in till.ts.', '> Till done.']) assert(text.includes(part), part);
    assert(!/rosebud|shut/i.test(text));
    const frame = await code.webview();
    await frame.locator('table').waitFor();
    const told = await frame.locator('pre').last().innerText();
    assert.equal(told.trim(), text.trim());
    const cells = await frame.locator('tbody tr').allInnerTexts();
    assert.equal(cells.length, 4, cells.join('\n'));
    assert.match(cells[0] ?? '', /Global context claude-global-context\s+[\d,]+ of [\d,]+ characters\s+It is longer/);
    await shoot('preview');
    await code.evaluate((vscode) => vscode.workspace.getConfiguration().update('wheelhouse.notes.globalContext', 'shop-guide', vscode.ConfigurationTarget.Global));
    await code.waitFor(async () => !(await preview()).includes('Always use make'), 'another note as the global context');
  });
});
