import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';

import { projectRoot } from '../../scripts/vscode/paths.ts';
import { launchVSCode, whyNoVSCode } from '../harness/vscode/launch.ts';
import type { VSCode } from '../harness/vscode/launch.ts';

const skip = await whyNoVSCode();

const manifest = {
  name: 'fixture',
  publisher: 'test',
  version: '1.2.3',
  engines: { vscode: '^1.105.0' },
  main: './extension.js',
  contributes: { commands: [{ command: 'fixture.ask', title: 'Fixture: Ask' }, { command: 'fixture.show', title: 'Fixture: Show' }] },
};

const source = `
const vscode = require('vscode');
exports.activate = (context) => {
  let answer;
  context.subscriptions.push(
    vscode.commands.registerCommand('fixture.ask', async () => { answer = await vscode.window.showInformationMessage('Really?', { modal: true }, 'Yes'); }),
    vscode.commands.registerCommand('fixture.show', () => {
      const panel = vscode.window.createWebviewPanel('fixture', 'Fixture Page', vscode.ViewColumn.Active, { enableScripts: true });
      const style = panel.webview.asWebviewUri(vscode.Uri.joinPath(context.extensionUri, 'style.css'));
      panel.webview.html = '<link rel="stylesheet" href="' + style + '"><h1>Shown</h1>';
    }),
  );
  return { answer: () => answer };
};`;

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const waitUntil = async (what: string, ask: () => boolean) => {
  const deadline = Date.now() + 10_000;
  while (!ask()) {
    assert.ok(Date.now() < deadline, what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('the VS Code harness', { skip }, () => {
  let files: string;
  let code: VSCode;
  const at = (name: string) => path.join(files, name);

  before(async () => {
    files = await mkdtemp(path.join(tmpdir(), 'wheelhouse-harness-'));
    await mkdir(at('extension'));
    await mkdir(at('folder'));
    await writeFile(at('extension/package.json'), JSON.stringify(manifest));
    await writeFile(at('extension/extension.js'), source);
    await writeFile(at('extension/style.css'), 'h1 { color: rgb(1, 2, 3) }');
    await writeFile(at('folder/hello.txt'), 'hello\n');
    code = await launchVSCode({ folder: at('folder'), extensionPath: at('extension'), settings: { 'editor.tabSize': 3 }, env: { FIXTURE: 'given' } });
  });

  after(async () => {
    await code.dispose();
    await rm(files, { recursive: true, force: true });
  });

  test('evaluates in the extension host, with arguments, settings, environment, and an own HOME', async (t) => {
    const seen = await code.evaluate(
      (vscode, arg, require) => ({
        folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
        sum: arg.a + arg.b,
        tabSize: vscode.workspace.getConfiguration('editor').get<number>('tabSize'),
        home: (require('node:os') as { homedir(): string }).homedir(),
        fixture: process.env['FIXTURE'],
      }),
      { a: 1, b: 2 },
    );
    assert.deepEqual(seen, { folder: at('folder'), sum: 3, tabSize: 3, home: code.home, fixture: 'given' });
    assert.match(code.version, /^1\.\d+\.\d+$/);
    t.diagnostic(`this run uses VS Code ${code.version}, ${process.env['WHEELHOUSE_TEST_HOST'] === 'electron' ? 'the desktop' : 'its server with a browser'}`);
    await assert.rejects(code.evaluate(() => Promise.reject(new Error('thrown inside'))), /thrown inside/);
  });

  test('the keyboard types into the editor', async () => {
    await code.openFile('hello.txt', 2);
    await code.page.keyboard.type('typed');
    const text = await code.waitFor(
      async () => {
        const text = await code.evaluate((vscode) => vscode.window.activeTextEditor?.document.getText());
        return text?.endsWith('typed') ? text : undefined;
      },
      'the typed text',
    );
    assert.equal(text, 'hello\ntyped');
    await code.command('workbench.action.files.revert');
  });

  test('the palette runs a command, and its modal question is answered with the mouse', async () => {
    await code.runCommandFromPalette('Fixture: Ask');
    await code.page.getByRole('button', { name: 'Yes' }).click();
    const answer = () => code.evaluate((vscode) => (vscode.extensions.getExtension('test.fixture')?.exports as { answer(): string | undefined }).answer());
    assert.equal(await code.waitFor(answer, 'the answer'), 'Yes');
  });

  test('a webview can be read, with its own files', async () => {
    await code.command('fixture.show');
    const frame = await code.webview('Fixture Page');
    assert.equal(await frame.locator('h1').textContent(), 'Shown');
    const color = () => frame.locator('h1').evaluate((heading) => getComputedStyle(heading).color);
    assert.ok(await code.waitFor(async () => (await color()) === 'rgb(1, 2, 3)', 'the style'));
  });

  test('the terminal can be read', async () => {
    await code.evaluate((vscode) => {
      const terminal = vscode.window.createTerminal('fixture');
      terminal.show();
      terminal.sendText('echo $((40+2))-$HOME');
    });
    assert.ok(await code.waitFor(async () => (await code.terminalText()).includes(`42-${code.home}`), 'the output'));
  });

  test('takes a screenshot', async () => {
    await code.screenshot(at('shot.png'));
    const png = await readFile(at('shot.png'));
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1280, 800]);
    assert.ok(png.length > 10_000, 'an empty page is smaller');
  });

  test('a second window has an extension host of its own, and a reloaded one a new one', async () => {
    const pidOf = (window: Pick<VSCode, 'evaluate'>) => window.evaluate(() => process.pid);
    const first = await pidOf(code);
    const other = await code.openWindow();
    const second = await pidOf(other);
    assert.notEqual(second, first);
    await code.reload();
    assert.ok(![first, second].includes(await pidOf(code)));
    assert.equal(await pidOf(other), second);
    await other.close();
    await waitUntil('the closed window leaves its extension host', () => !isAlive(second));
  });

  test('a packaged extension is installed, and nothing is left after dispose', async () => {
    const vsce = path.join(projectRoot, 'node_modules/.bin/vsce');
    const vsix = at('fixture.vsix');
    await promisify(execFile)(vsce, ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', vsix], { cwd: at('extension') });
    const packaged = await launchVSCode({ folder: undefined, installVsix: vsix, colorTheme: 'hcLight' });
    const host = await packaged.evaluate((vscode) => ({
      pid: process.pid,
      version: (vscode.extensions.getExtension('test.fixture')?.packageJSON as { version?: string } | undefined)?.version,
      folders: vscode.workspace.workspaceFolders?.length ?? 0,
      theme: vscode.window.activeColorTheme.kind,
    }));
    await packaged.dispose();
    assert.deepEqual({ ...host, pid: 0 }, { pid: 0, version: '1.2.3', folders: 0, theme: 4 });
    assert.equal(isAlive(host.pid), false);
    if (packaged.processGroup !== undefined) assert.equal(isAlive(-packaged.processGroup), false);
    // The home lies in the one folder that a launch makes; other launches may be under way.
    assert.match(path.basename(path.dirname(packaged.home)), /^whvs-/);
    assert.equal(existsSync(path.dirname(packaged.home)), false);
  });

  test('a test that is killed takes its server along', async () => {
    const script = `
      import { startServer } from './scripts/vscode/server.ts';
      const { processGroup } = await startServer({ dataDir: ${JSON.stringify(at('data'))}, extensionsDir: ${JSON.stringify(at('none'))}, home: ${JSON.stringify(files)} });
      console.log(processGroup);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const group = Number(line.toString());
    assert.ok(isAlive(-group));
    child.kill('SIGKILL');
    await waitUntil('the server outlives the test', () => !isAlive(-group));
  });
});

