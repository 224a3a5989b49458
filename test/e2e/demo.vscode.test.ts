// `npm start -- --demo` as somebody meets it who tries Wheelhouse for the first time: each view has something to show, and nothing complains.

import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startDemo, type Demo } from '../../scripts/vscode/demo/index.ts';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';
import type { ColorTheme } from '../harness/vscode/settings.ts';

const shots = process.env['WHEELHOUSE_SHOTS'];
const theme = (process.env['WHEELHOUSE_SHOTS_THEME'] ?? 'dark') as ColorTheme;

describe('the demo', { skip: (await whyNoVSCode()) || (process.platform === 'linux' ? false : 'Linux only') }, () => {
  let root: string;
  let demo: Demo;
  let code: VSCode;

  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `demo-${name}-${theme}.png`)));
  const view = (name: string) => code.page.locator(`.pane:has([aria-label^="${name} Section"])`);
  const row = (name: string, text: string | RegExp) => view(name).locator('.monaco-list-row').filter({ hasText: text }).first();

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-demo-')));
    demo = await startDemo(path.join(root, 'demo'));
    code = await launchVSCode({ folder: demo.folder, colorTheme: theme, env: { ...demo.env, TMUX_TMPDIR: root }, viewport: { width: 1400, height: 900 } });
    for (const [id, value] of Object.entries(demo.settings)) await code.evaluate((vscode, { id, value }) => vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global), { id, value });
    await code.command('workbench.view.extension.wheelhouse');
  });

  after(async () => {
    await code.dispose();
    demo.stop();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test('sessions, comments, cards and notes are there', async () => {
    await row('Sessions', 'invoice-rounding').waitFor();
    await row('Review Comments', 'store.js').waitFor();
    await row('Learn', 'money').waitFor();
    await row('Notes', 'How we work').waitFor();
    await shoot('all');
  });

  test('who holds what, and who waits for whom', async () => {
    await code.command('wheelhouse.coordination.open');
    const page = await code.webview('Coordination');
    await page.getByText('2 sessions hold 3 paths').waitFor();
    await page.getByText('1 of 2').waitFor();
    await shoot('coordination');
  });

  test('the audit has what was tried, and the policy is not applied yet', async () => {
    await code.command('wheelhouse.audit.open');
    await (await code.webview('Audit')).getByRole('row', { name: /violation: .*\.env/ }).first().waitFor();
    await shoot('audit');
    await code.command('wheelhouse.policy.show');
    await (await code.webview('Policy')).getByText('Not applied').first().waitFor();
    await shoot('policy');
  });

  test('notes are a graph, and one of them was changed by a session', async () => {
    assert.equal(((await code.command('wheelhouse.notes.showAgentChanges', { limit: 10 })) as unknown[]).length, 1);
    await code.command('wheelhouse.notes.openGraph');
    await (await code.webview('Graph of Notes')).getByText('17 notes').first().waitFor();
    await shoot('graph');
  });

  test('a second start keeps what is there', async () => {
    demo.stop();
    demo = await startDemo(path.join(root, 'demo'));
    await code.command('wheelhouse.coordination.open');
    const page = await code.webview('Coordination');
    await page.getByText('2 sessions hold 3 paths, 2 sessions wait, 1 blocker.').waitFor();
    await shoot('again');
  });
});
