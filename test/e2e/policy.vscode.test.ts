// The policy as a user meets it: set up, written with help, applied after a look at the difference, verified on a page, and taken out again.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';
import type { ColorTheme } from '../harness/vscode/settings.ts';

const shots = process.env['WHEELHOUSE_SHOTS'];
const theme = (process.env['WHEELHOUSE_SHOTS_THEME'] ?? 'dark') as ColorTheme;
const settingsText = '{\n  // Mine.\n  "permissions": { "allow": ["Bash(ls)"] },\n}\n';

describe('the policy in the editor', { skip: (await whyNoVSCode()) || (process.platform === 'win32' && 'needs a POSIX shell') }, () => {
  let root: string;
  let folder: string;
  let file: string;
  let settings: string;
  let code: VSCode;

  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `policy-${name}-${theme}.png`)));
  const status = () => code.page.locator('.statusbar-item[id*="wheelhouse.policy"]');
  const pick = (text: string | RegExp) => code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  const page = () => code.webview('Policy');
  /** Starts a command that asks the user, and does not wait for it. */
  const begin = (id: string, argument?: unknown) => code.evaluate((vscode, call) => void vscode.commands.executeCommand(call.id, call.argument), { id, argument });
  /** The line with the cursor. */
  const line = () => code.evaluate((vscode) => vscode.window.activeTextEditor?.document.lineAt(vscode.window.activeTextEditor.selection.active.line).text ?? '');
  const problems = () => code.evaluate((vscode, file) => vscode.languages.getDiagnostics(vscode.Uri.file(file)).map(({ message, range }) => ({ message, line: range.start.line + 1 })), file);

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-po-')));
    folder = path.join(root, 'shop');
    file = path.join(folder, '.wheelhouse/policy.yaml');
    settings = path.join(folder, '.claude/settings.local.json');
    await mkdir(path.join(folder, 'src'), { recursive: true });
    await mkdir(path.join(folder, '.claude'));
    await mkdir(path.join(root, 'home'));
    await promisify(execFile)('git', ['init', '-q', '-b', 'main'], { cwd: folder });
    await writeFile(path.join(folder, 'src/app.ts'), 'export const token = process.env.TOKEN;\n');
    await writeFile(path.join(folder, '.env'), 'TOKEN=1\n');
    await chmod(path.join(folder, '.env'), 0o644);
    await writeFile(settings, settingsText);
    code = await launchVSCode({ folder, colorTheme: theme, home: path.join(root, 'home'), env: { WHEELHOUSE_DATA: path.join(root, 'data') } });
  });

  after(async () => {
    await code.dispose();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test('without a policy nothing is shown, and a question about a file offers one', async () => {
    assert.deepEqual(await code.command('wheelhouse.policy.checkPath', { path: path.join(folder, '.env') }), []);
    await code.page.getByText('There is no policy here').first().waitFor();
    assert.equal(await status().count(), 0);
    await code.command('notifications.clearAll');
  });

  test('set up: the default text is shown before it is written', async () => {
    await begin('wheelhouse.policy.init');
    await pick('This Repository').click();
    await pick('Write the Policy').waitFor();
    await code.page.locator('.view-lines').getByText('What coding agents may read').first().waitFor();
    assert.equal(existsSync(file), false);
    await shoot('setUp');
    await pick('Write the Policy').click();
    await code.waitFor(() => existsSync(file), 'the policy file');
    await code.page.locator('.codelens-decoration').getByText('What would this deny?').waitFor();
    await status().filter({ hasText: 'Policy not verified' }).waitFor();
    await shoot('file');
  });

  test('a mistake is marked as it is typed; keys are proposed and explained', async () => {
    const text = await readFile(file, 'utf8');
    await code.openFile(file);
    const edit = (text: string) => code.evaluate(async (vscode, text) => {
      const editor = vscode.window.activeTextEditor;
      if (!editor) throw new Error('no editor');
      await editor.edit((change) => change.replace(new vscode.Range(0, 0, editor.document.lineCount, 0), text));
    }, text);
    await edit('version: 1\nread:\n  denny:\n    - .env\n');
    await code.waitFor(async () => (await problems()).length === 1, 'the mistake');
    const [problem] = await problems();
    assert(problem);
    assert.equal(problem.line, 3);
    assert.match(problem.message, /denny/);
    const labels = await code.evaluate(async (vscode, file) => (await vscode.commands.executeCommand<{ items: { label: string | { label: string } }[] }>('vscode.executeCompletionItemProvider', vscode.Uri.file(file), new vscode.Position(2, 4))).items.map(({ label }) => (typeof label === 'string' ? label : label.label)), file);
    assert(labels.includes('deny') && labels.includes('only'), labels.join());
    await edit(text);
    await code.waitFor(async () => (await problems()).length === 0, 'no mistake');
    const hover = await code.evaluate(async (vscode, { file, line }) => (await vscode.commands.executeCommand<{ contents: { value: string }[] }[]>('vscode.executeHoverProvider', vscode.Uri.file(file), new vscode.Position(line, 3))).flatMap(({ contents }) => contents.map(({ value }) => value)).join('\n'), { file, line: text.split('\n').findIndex((each) => each === '  deny:') });
    assert.match(hover, /read\.deny[^]*neither/);
    await code.evaluate(async (vscode) => vscode.window.activeTextEditor?.document.save());
  });

  test('what it would deny is listed by rule', async () => {
    const { denied } = (await code.command('wheelhouse.policy.preview')) as { denied: string[] };
    assert(denied.includes(path.join(folder, '.env')), denied.join());
    await pick('.env').waitFor();
    await shoot('preview');
    await code.page.keyboard.press('Escape');
  });

  test('a file can be asked about; the explorer marks what agents may not read', async () => {
    const found = (await code.command('wheelhouse.policy.checkPath', { path: path.join(folder, '.env') })) as { tool: string; decision: string; reason: string }[];
    assert.deepEqual(found.map(({ tool, decision }) => [tool, decision]), [['Read', 'deny'], ['Edit', 'deny']]);
    await pick('Read: denied').waitFor();
    await shoot('check');
    await code.page.keyboard.press('Enter');
    await code.waitFor(async () => /- \.env/.test(await line()), 'the line of the rule');
    assert.deepEqual(((await code.command('wheelhouse.policy.checkPath', { path: path.join(folder, 'src/app.ts') })) as { decision: string }[]).map(({ decision }) => decision), ['allow', 'allow']);
    await code.page.keyboard.press('Escape');
    await code.command('workbench.view.explorer');
    await code.waitFor(() => code.page.evaluate(() => [...document.querySelectorAll('.explorer-folders-view .monaco-icon-label')].some((label) => getComputedStyle(label, '::after').content.includes('⊘'))), 'the mark');
    await shoot('explorer');
  });

  test('verified before it is applied: nothing claims to be protected', async () => {
    const result = (await code.command('wheelhouse.policy.verify')) as { protected: boolean; rules: number };
    assert.equal(result.protected, false);
    await (await page()).getByRole('heading', { name: 'Not applied' }).waitFor();
    await status().filter({ hasText: 'Policy not applied' }).waitFor();
  });

  test('apply: the difference first, and nothing without a yes', async () => {
    await begin('wheelhouse.policy.apply');
    await pick('Not Now').waitFor();
    await code.page.locator('.monaco-diff-editor').waitFor();
    await shoot('apply');
    await pick('Not Now').click();
    await code.page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
    assert.equal(await readFile(settings, 'utf8'), settingsText);
    await begin('wheelhouse.policy.apply');
    await pick('Apply').click();
    await code.waitFor(async () => (await readFile(settings, 'utf8')).includes('.env'), 'the rules');
    assert((await readFile(settings, 'utf8')).includes('// Mine.'));
    await code.command('notifications.clearAll');
    assert.deepEqual(await code.command('wheelhouse.policy.apply', { confirmed: true }), { file: settings, change: 'none' });
  });

  test('verify: each rule on each layer, in front of the user', async () => {
    await begin('wheelhouse.policy.verify');
    const shown = await page();
    await shown.getByText('Verifying…').waitFor();
    await shown.locator('tbody tr').first().waitFor();
    await shoot('verifying');
    await shown.getByText('Protected', { exact: true }).waitFor({ timeout: 120_000 });
    await shown.getByText('What is not guaranteed').waitFor();
    assert.equal(await shown.getByText('Let through').count(), 0);
    await status().filter({ hasText: 'Protected · now' }).waitFor();
    await shoot('verified');
    await shown.locator('tbody').getByRole('button').filter({ hasText: '~/.ssh' }).click();
    await code.waitFor(async () => (await line()).includes('~/.ssh'), 'the line of the rule');
    assert.deepEqual((await readdir(folder)).filter((name) => name.includes('canary')), []);
  });

  test('verifying can be cancelled, and what was known still counts', async () => {
    await begin('wheelhouse.policy.verify');
    const shown = await page();
    await shown.getByRole('button', { name: 'Cancel' }).click();
    await shown.getByText('cancelled').waitFor();
    await shown.getByText('Protected', { exact: true }).waitFor();
  });

  test('a change makes it stale', async () => {
    await writeFile(file, `${await readFile(file, 'utf8')}\n`.replace('- id_rsa', '- id_rsa\n    - another'));
    await status().filter({ hasText: 'Policy changed since verified' }).waitFor();
    await (await page().catch(() => code.command('wheelhouse.policy.show').then(page))).getByText('Changed since verified').waitFor();
  });

  test('secrets that others can read become the own, after a choice', async () => {
    await begin('wheelhouse.policy.secrets');
    await pick('.env').waitFor();
    await shoot('secrets');
    await code.page.keyboard.press('Escape');
    const secret = path.join(folder, '.env');
    assert.deepEqual(await code.command('wheelhouse.policy.secrets', { paths: [secret], confirmed: true }), { mended: [secret] });
    assert.equal((await stat(secret)).mode & 0o777, 0o600);
    await code.command('notifications.showList');
    await code.page.locator('.notification-list-item').filter({ hasText: 'Only you can read' }).getByRole('button', { name: 'Undo' }).click();
    await code.waitFor(async () => ((await stat(secret)).mode & 0o777) === 0o644, 'the mode as it was');
  });

  test('removed, the settings are what they were, byte for byte', async () => {
    assert.deepEqual(await code.command('wheelhouse.policy.remove', { confirmed: true }), { file: settings, change: 'changed' });
    assert.equal(await readFile(settings, 'utf8'), settingsText);
  });

  test('narrow and reloaded, the page is still there; what a killed verification has left is gone', async () => {
    const left = path.join(folder, '.git/.wheelhouse-canary-elsewhere-1-x');
    await mkdir(left);
    await utimes(left, 1, 1);
    await code.command('wheelhouse.policy.show');
    await code.page.setViewportSize({ width: 700, height: 800 });
    await code.reload();
    await (await page()).getByText('Changed since verified').waitFor();
    await code.waitFor(() => !existsSync(left), 'the folder to be removed');
    await shoot('narrow');
  });
});
