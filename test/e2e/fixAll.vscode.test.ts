// Fix All Pending Reviews as a user meets it: VS Code, the real agent in its terminal, a model that follows a script.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { claudeEnvironment, claudePath } from '../harness/claude/client.ts';
import { whyNoClaude } from '../harness/claude/install.ts';
import { startModel, type Answer, type Model } from '../harness/claude/model.ts';
import type { Turn } from '../harness/claude/turn.ts';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';

const skip = (await whyNoVSCode()) || (await whyNoClaude());
const shots = process.env['WHEELHOUSE_SHOTS'];

const files = {
  Makefile: 'test:\n\tnode --test\n',
  'package.json': '{ "type": "module" }\n',
  // As `install claude` leaves it, but with a server that does not work: the run brings its own, and no dialog comes up.
  '.mcp.json': '{ "mcpServers": { "wheelhouse": { "type": "stdio", "command": "/nowhere/bin/wheelhouse", "args": ["mcp"] } } }\n',
  'sum.js': 'export function sum(list) {\n  let total = 1;\n  for (const n of list) total += n;\n  return total;\n}\n',
  'first.js': 'export function first(list) {\n  return list[0];\n}\n',
  'all.test.js': "import { equal } from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { first } from './first.js';\ntest('first', () => equal(first([7, 8]), 7));\n",
};

interface Listed {
  readonly id: string;
  readonly file: string;
}

/** Fixes the first comment; breaks the tests with the second, is refused, and takes its change back. */
function script(folder: string) {
  const use = (name: string, input: object): Answer => ({ use: { name, input } });
  const at = (file: string) => path.join(folder, file);
  const edit = (file: string, old_string: string, new_string: string) => use('Edit', { file_path: at(file), old_string, new_string });
  let listed: readonly Listed[] = [];
  const idOf = (file: string) => listed.find((comment) => comment.file === file)?.id ?? '';
  const done = (file: string, summary: string) => use('mcp__wheelhouse__review_done', { id: idOf(file), summary });
  const steps: readonly ((turn: Turn) => Answer)[] = [
    () => use('mcp__wheelhouse__review_list', {}),
    (turn) => {
      listed = (JSON.parse(turn.lastToolResult?.text ?? '{}') as { comments: Listed[] }).comments;
      return use('Read', { file_path: at('sum.js') });
    },
    () => edit('sum.js', 'let total = 1', 'let total = 0'),
    () => done('sum.js', 'The sum starts at 0; *no* [link](http://example.com) here.'),
    () => use('Read', { file_path: at('first.js') }),
    () => edit('first.js', 'list[0]', 'list.at(-1)'),
    () => done('first.js', 'Takes the last one.'),
    () => edit('first.js', 'list.at(-1)', 'list[0]'),
    () => ({ say: 'One fixed, one left open.' }),
  ];
  return (turn: Turn): Answer => steps[turn.toolResults.length]?.(turn) ?? { say: 'Nothing left.' };
}

describe('Fix All Pending Reviews', { skip }, () => {
  let root: string;
  let folder: string;
  let model: Model;
  let code: VSCode;

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-fix-')));
    folder = path.join(root, 'totals');
    await mkdir(folder);
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    const git = (...args: string[]) => promisify(execFile)('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
    await git('init', '-q');
    await git('add', '.');
    await git('commit', '-qm', 'Start');
    model = await startModel(script(folder));
    const home = path.join(root, 'home');
    const env = await claudeEnvironment({ home, model, trusted: [folder] });
    const more = { CLAUDE_CODE_IDE_SKIP_AUTO_INSTALL: '1', PATH: `${path.dirname(await claudePath())}:${env['PATH'] ?? ''}` };
    code = await launchVSCode({ folder, home, env: { ...env, ...more } });
  });

  after(async () => {
    await code.dispose();
    await model.close();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  const statusBar = () => code.page.locator('.statusbar-item[id*="fixRun"]');
  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `${name}.png`)));
  const press = (text: string) => code.evaluate((vscode, text) => vscode.window.terminals.find(({ name }) => name === 'Fix Reviews')?.sendText(text, false), text);

  /** The one notification with this text, in the list of all. */
  const notified = async (text: string) => {
    const found = code.page.locator('.notification-list-item').filter({ hasText: text });
    const isShown = async () => {
      await code.command('notifications.showList');
      return (await found.count()) > 0;
    };
    await code.waitFor(isShown, `the notification “${text}”`, 30_000);
    assert.equal(await found.count(), 1);
    return found;
  };

  test('with nothing to do it starts nothing and says so', async () => {
    assert.deepEqual(await code.command('wheelhouse.review.fixAll'), { started: false });
    await notified('No review comment is open here');
    assert.equal(await code.evaluate((vscode) => vscode.window.terminals.length), 0);
    await code.command('notifications.clearAll');
  });

  test('the agent fixes what it can; nothing is done without a passing test', async () => {
    const log = (file: string, lineNumber: number, text: string) => code.command('wheelhouse.review.logComment', { uri: path.join(folder, file), lineNumber, endLine: lineNumber, text });
    await log('sum.js', 2, '! starts at *one*');
    await log('first.js', 2, 'should be the last one\nor not');
    await code.openFile('sum.js', 1);

    assert.deepEqual(await code.command('wheelhouse.review.fixAll'), { started: true });
    // The focus stays where the user works.
    assert.equal(await code.evaluate((vscode) => vscode.window.activeTextEditor?.document.fileName.endsWith('sum.js')), true);

    await statusBar().filter({ hasText: 'Fixing reviews 0/2: waits for you' }).waitFor({ timeout: 60_000 });
    await shoot('fix-waiting');
    assert.deepEqual(await code.command('wheelhouse.review.fixAll'), { started: false });
    await press('2');

    await statusBar().filter({ hasText: 'Fixing reviews 1/2' }).waitFor({ timeout: 60_000 });
    await shoot('fix-running');
    await statusBar().waitFor({ state: 'hidden', timeout: 60_000 });
    const notification = await notified('1 of 2 review comments fixed');
    await shoot('fix-ended');

    const refused = model.turns.at(-2)?.lastToolResult;
    assert.equal(refused?.isError, true);
    assert.match(refused.text, /make test did not pass/);
    assert.match(await readFile(path.join(folder, 'sum.js'), 'utf8'), /total = 0/);
    assert.equal(await readFile(path.join(folder, 'first.js'), 'utf8'), files['first.js']);
    const orgLog = await readFile(path.join(root, 'home/code_review.org'), 'utf8');
    assert.match(orgLog, /^\*+ DONE .*sum\.js/m);
    assert.match(orgLog, /^\*+ TODO .*first\.js/m);
    await notification.getByRole('button', { name: 'Show Summary' }).click();
    const page = await code.webview();
    await page.getByRole('heading', { name: '1 of 2 review comments fixed' }).waitFor();
    await shoot('fix-summary');
    assert.equal(await page.getByRole('link').filter({ hasText: 'link' }).count(), 0);
  });

  test('the summary says what was done, with evidence, and what is open', async () => {
    const text = String(await code.command('wheelhouse.review.showSummary'));
    const [fixed = '', open = ''] = text.split('## Still open');
    assert.match(fixed, /## Fixed\n[^#]*### `sum\.js:2` · must/);
    assert.match(fixed, /The sum starts at 0/);
    assert.match(fixed, /`make test` passed in [\d.]+ s · on `[0-9a-f]{10}`/);
    assert.match(open, /### `first\.js:2`/);
    assert.ok(!open.includes('passed in'));
  });

  test('the terminal stays for the user, and the next run can start', async () => {
    assert.match(await code.evaluate((vscode) => vscode.window.terminals.map(({ name }) => name).join()), /Fix Reviews/);
    assert.match(await code.terminalText(), /One fixed, one left open/);
  });

  test('a run outlives a reload, and closing its terminal ends it', async () => {
    await code.command('notifications.clearAll');
    await code.evaluate((vscode) => vscode.window.terminals.forEach((terminal) => terminal.dispose()));
    assert.deepEqual(await code.command('wheelhouse.review.fixAll'), { started: true });
    await statusBar().filter({ hasText: 'Fixing reviews 0/1: waits for you' }).waitFor({ timeout: 60_000 });
    await code.reload();
    await statusBar().filter({ hasText: 'Fixing reviews 0/1: waits for you' }).waitFor();
    await code.evaluate((vscode) => vscode.window.terminals.forEach((terminal) => terminal.dispose()));
    await notified('0 of 1 review comment fixed');
    assert.match(String(await code.command('wheelhouse.review.showSummary')), /^# 0 of 1 review comment fixed/);
  });
});
