// What the agents of VS Code itself are offered: the server is in the editor's own list, starts from there, and its
// tools can be called.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';

const skip = await whyNoVSCode();

describe('the MCP server in VS Code', { skip }, () => {
  let root: string;
  let folder: string;
  let home: string;
  let code: VSCode;

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-mcp-')));
    folder = path.join(root, 'shop');
    home = path.join(root, 'home');
    await mkdir(folder);
    await mkdir(path.join(home, '.codex'), { recursive: true });
    await writeFile(path.join(folder, 'README.md'), 'Hello\n');
    await promisify(execFile)('git', ['init', '-q'], { cwd: folder });
    code = await launchVSCode({ folder, home, env: { HOME: home, WHEELHOUSE_DATA: path.join(root, 'data') } });
  });
  after(async () => {
    await code.dispose();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  const input = () => code.page.locator('.quick-input-widget input[type="text"]').first();
  const entry = (text: string | RegExp) => code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  const ours = () => code.evaluate((vscode) => vscode.lm.tools.map(({ name }) => name).filter((name) => /review_list$/.test(name)));

  test('it is listed, starts, and a tool of it answers', { timeout: 240_000 }, async () => {
    void code.command('workbench.mcp.listServer');
    await entry(/Wheelhouse/).click({ timeout: 60_000 });
    await entry(/Start Server/).click({ timeout: 20_000 });
    let [tool] = await ours();
    for (let waited = 0; tool === undefined && waited < 60_000; waited += 500) {
      await delay(500);
      const trust = code.page.locator('.monaco-dialog-box .monaco-button', { hasText: /^Trust$/ });
      if (await trust.isVisible()) await trust.click();
      [tool] = await ours();
    }
    assert.ok(tool, 'the tools of the server are among those of the editor');
    const answer = await code.evaluate(async (vscode, name) => {
      const result = await vscode.lm.invokeTool(name, { input: {}, toolInvocationToken: undefined });
      return JSON.stringify(result.content);
    }, tool);
    assert.match(answer, /\\"total\\":0/);
  });

  test('another agent is chosen from those that are found here', { timeout: 120_000 }, async () => {
    const file = path.join(folder, '.codex/config.toml');
    const done = code.command('wheelhouse.install.agent');
    await input().waitFor({ timeout: 30_000 });
    assert.match(await entry(/./).innerText(), /Codex|Claude/);
    await entry('Codex').click();
    await entry('This Workspace').click();
    assert.match(String(await done), /^Created .*config\.toml with the MCP server "wheelhouse"\. Codex reads it/);
    assert.match(await readFile(file, 'utf8'), /^\[mcp_servers\.wheelhouse\]\ncommand = ".*bin\/wheelhouse"/);
    await code.command('wheelhouse.uninstall.agent', { agent: 'codex', scope: 'workspace' });
    await assert.rejects(readFile(file), { code: 'ENOENT' });
  });
});
