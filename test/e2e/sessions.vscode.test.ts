// The list of sessions as a user meets it: VS Code, the real agent in its terminal and in tmux, a model that follows a script.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DEMO_SESSIONS, startDemoSessions } from '../../scripts/vscode/demo/sessions.ts';
import { claudeEnvironment, claudePath } from '../harness/claude/client.ts';
import { startModel, type Model } from '../harness/claude/model.ts';
import { startInTerminal, whyNoTerminal, type ClaudeTerminal } from '../harness/claude/terminal.ts';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';
import type { ColorTheme } from '../harness/vscode/settings.ts';

const skip = (await whyNoVSCode()) || (await whyNoTerminal()) || (process.platform === 'linux' ? false : 'Linux only');
const shots = process.env['WHEELHOUSE_SHOTS'];

interface SessionJson {
  readonly id: string;
  readonly pid: number;
  readonly state: string;
  readonly reason: string;
}

const rows = (code: VSCode) => code.page.locator('.pane:has([aria-label^="Sessions Section"]) .monaco-list-row');
const row = (code: VSCode, text: string | RegExp) => rows(code).filter({ hasText: text });
const badge = (code: VSCode) => code.page.locator('.activitybar .action-item:has([aria-label^="Wheelhouse"]) .badge-content');
const statusItem = (code: VSCode) => code.page.locator('.statusbar-item[id*="wheelhouse.sessions"]');

async function repository(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const git = (...args: string[]) => promisify(execFile)('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
  await git('init', '-q', '-b', 'main');
  await writeFile(path.join(folder, 'README.md'), 'Hello\n');
  await git('add', '.');
  await git('commit', '-qm', 'Start');
}

describe('sessions of the real agent', { skip }, () => {
  let root: string;
  let here: string;
  let there: string;
  let model: Model;
  let inTmux: ClaudeTerminal;
  let code: VSCode;

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-se-')));
    here = path.join(root, 'shop');
    there = path.join(root, 'docs');
    await Promise.all([here, there].map(repository));
    model = await startModel(async (turn) => {
      if (turn.lastToolResult === undefined) return { use: { name: 'Bash', input: { command: `touch ${turn.lastPrompt}.txt`, description: 'Makes a file' } } };
      await delay(2500);
      return { say: 'All done.' };
    });
    const home = path.join(root, 'home');
    const env = await claudeEnvironment({ home, model, trusted: [here, there] });
    inTmux = await startInTerminal({ cwd: there, env });
    await inTmux.waitForScreen(/^❯\s*$/m);
    const more = { CLAUDE_CODE_IDE_SKIP_AUTO_INSTALL: '1', PATH: `${path.dirname(await claudePath())}:${env['PATH'] ?? ''}`, WHEELHOUSE_DATA: path.join(root, 'data') };
    code = await launchVSCode({ folder: here, home, env: { ...env, ...more } });
    // A setting of the machine: with a server, VS Code does not take it from the user's settings of the browser.
    await code.evaluate((vscode, socket) => vscode.workspace.getConfiguration().update('wheelhouse.sessions.tmuxSockets', [socket], vscode.ConfigurationTarget.Global), inTmux.tmux.at(-1));
    await code.command('workbench.view.extension.wheelhouse');
  });

  after(async () => {
    await code.dispose();
    await inTmux.stop();
    await model.close();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  let count = 0;
  afterEach(() => shoot(`sessions-step-${++count}`));

  const activeTerminal = () => code.evaluate((vscode) => vscode.window.activeTerminal?.name ?? '');
  const press = (keys: string) => code.evaluate((vscode, keys) => vscode.window.terminals.find(({ name }) => name === 'Claude: shop')?.sendText(keys, false), keys);
  const shows = (text: string | RegExp, timeout = 30_000) => row(code, text).first().waitFor({ timeout });
  const bar = (text: string | RegExp) => statusItem(code).filter({ hasText: text }).waitFor({ timeout: 30_000 });
  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `${name}.png`)));
  const notifications = async () => {
    await code.command('notifications.showList');
    return code.page.locator('.notifications-center .notification-list-item-message').allInnerTexts();
  };
  const jump = async () => (await code.command('wheelhouse.sessions.jumpNextWaiting')) as SessionJson | undefined;

  test('a session that was there before the window is listed', async () => {
    await shows(/docs-\w+/);
    assert.equal(await statusItem(code).count(), 0);
    assert.equal(await jump(), undefined);
  });

  test('one that is started here waits: in the tree, the badge and the status bar, without a notification', async () => {
    assert.deepEqual(await code.command('wheelhouse.sessions.start', { folder: here, prompt: 'first' }), { terminal: 'Claude: shop' });
    await shows('approve Bash: touch first.txt');
    await bar('1 waiting');
    await badge(code).filter({ hasText: '1' }).waitFor();
    const text = String(await code.command('wheelhouse.sessions.explain', { id: (await jump())?.id }));
    assert.match(text, /waits for you/);
    assert.match(text, /the agent\\'s own register said/);
    await code.command('workbench.action.closeActiveEditor');
    await delay(1500);
    assert.deepEqual(await notifications(), [], 'its terminal is the active one');
  });

  test('one in tmux that starts to wait is told once', async () => {
    await inTmux.type('second');
    await inTmux.send('Enter');
    await shows('approve Bash: touch second.txt');
    await bar('2 waiting');
    await code.waitFor(async () => (await notifications()).length > 0, 'a notification');
    await delay(1500);
    const [only, another] = await notifications();
    assert.match(only ?? '', /^docs-\w+ waits for you: approve Bash: touch second\.txt/);
    assert.equal(another, undefined);
    await shoot('sessions-notice');
    await code.command('notifications.clearAll');
  });

  test('the jump goes round: the terminal, and tmux attached in a terminal', async () => {
    const docs = await jump();
    assert.equal(docs?.pid, inTmux.pid);
    await code.waitFor(async () => /^tmux: /.test(await activeTerminal()), 'a terminal that shows tmux');
    await code.waitFor(async () => (await code.terminalText()).includes('touch second.txt'), 'the dialog in tmux');
    const shop = await jump();
    assert.notEqual(shop?.id, docs.id);
    await code.waitFor(async () => (await activeTerminal()) === 'Claude: shop', 'the terminal of the other');
    await jump();
    await code.waitFor(async () => /^tmux: /.test(await activeTerminal()), 'the terminal that shows tmux again');
    assert.equal(await code.evaluate((vscode) => vscode.window.terminals.length), 2, 'attached only once');
    await shoot('sessions-tmux');
  });

  test('a second window has the first one show the terminal', async () => {
    const second = await code.openWindow();
    try {
      const id = await idOf('shop');
      await code.waitFor(async () => /another window/.test(String(await second.command('wheelhouse.sessions.explain', { id }))), 'the second window knows where it is');
      assert.match(await activeTerminal(), /^tmux: /);
      await second.command('wheelhouse.sessions.jump', { id });
      await code.waitFor(async () => (await activeTerminal()) === 'Claude: shop', 'the terminal of the first window');
      await second.command('notifications.showList');
      await second.page.locator('.notifications-center .notification-list-item-message').filter({ hasText: 'is shown in another window' }).waitFor();
    } finally {
      await second.close();
    }
    await jump();
    await code.waitFor(async () => /^tmux: /.test(await activeTerminal()), 'the terminal that shows tmux again');
  });

  test('approved it works, then it is done until somebody looks', async () => {
    await press('\r');
    await row(code, 'shop').locator('..').getByText(/working|touch first/).first().waitFor();
    await bar(/1 waiting · 1 working/);
    await code.waitFor(async () => (await row(code, /shop-\w+/).locator('.codicon-pass-filled').count()) === 1, 'done', 30_000);
    await code.command('wheelhouse.sessions.jump', { id: await idOf('shop') });
    await code.waitFor(async () => (await row(code, /shop-\w+/).locator('.codicon-circle-outline').count()) === 1, 'idle after a look');
  });

  test('Esc ends the wait, and the session in tmux is idle', async () => {
    await inTmux.send('Escape');
    await shows(/interrupted/);
    await statusItem(code).waitFor({ state: 'hidden' });
  });

  test('grouped by state, and by project again', async () => {
    assert.equal(await code.command('wheelhouse.sessions.groupBy', { by: 'state' }), 'state');
    await shows(/^Idle/);
    await code.command('wheelhouse.sessions.groupBy', { by: 'project' });
    await shows(/^shop/);
  });

  test('without status bar, notifications and view nothing is watched, and a look brings it back', async () => {
    const set = (id: string, value: boolean | undefined) => code.evaluate((vscode, [id, value]) => vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global), [id, value] as const);
    await set('wheelhouse.sessions.statusBar', false);
    await set('wheelhouse.sessions.notify', false);
    await code.command('workbench.view.explorer');
    await delay(500);
    // What happens meanwhile is seen when somebody looks again.
    await inTmux.type('unseen');
    await inTmux.send('Enter');
    await inTmux.waitForScreen(/touch unseen\.txt[\s\S]*1\. Yes/);
    await delay(500);
    assert.equal(await badge(code).filter({ hasText: '1' }).count(), 0);
    await code.command('workbench.view.extension.wheelhouse');
    await shows('approve Bash: touch unseen.txt');
    await inTmux.send('Escape');
    await shows(/interrupted/);
    await set('wheelhouse.sessions.statusBar', undefined);
    await set('wheelhouse.sessions.notify', undefined);
  });

  test('a name of the user, the resume command, mute', async () => {
    const id = await idOf('docs');
    assert.equal(await code.command('wheelhouse.sessions.rename', { id, name: 'the *docs*' }), 'the *docs*');
    await shows('the *docs*');
    assert.equal(await code.command('wheelhouse.sessions.copyResume', { id }), `cd '${there}' && claude --resume ${id}`);
    await code.command('wheelhouse.sessions.mute', { id });
    await code.waitFor(() => code.evaluate((vscode, there) => vscode.workspace.getConfiguration().get<string[]>('wheelhouse.sessions.mutedProjects')?.includes(there), there), 'the setting');
    await inTmux.type('third');
    await inTmux.send('Enter');
    await shows('approve Bash: touch third.txt');
    await delay(1500);
    assert.deepEqual(await notifications(), []);
    await inTmux.send('Escape');
    await code.command('wheelhouse.sessions.revealTranscript', { id });
    await code.waitFor(() => code.evaluate((vscode) => vscode.window.activeTextEditor?.document.fileName.endsWith('.jsonl') === true), 'the transcript');
  });

  test('stop asks, and ends the process', async () => {
    const id = await idOf('shop');
    const stopping = code.command('wheelhouse.sessions.stop', { id });
    await code.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Stop' }).click();
    assert.deepEqual(await stopping, { stopped: true });
    await code.waitFor(async () => (await row(code, /shop-\w+ (?!.*circle-slash)/).locator('.codicon-circle-outline').count()) === 0, 'ended');
  });

  test('a session in a new work tree belongs to its project', async () => {
    assert.deepEqual(await code.command('wheelhouse.sessions.start', { folder: here, worktree: 'fix/login' }), { terminal: 'Claude: shop-fix-login' });
    assert.equal(await readFile(path.join(root, 'shop-fix-login/README.md'), 'utf8'), 'Hello\n');
    await shows(/^shop-fix-login-.*idle/);
    assert.equal(await row(code, /^shop-fix-login(?!-\w)/).count(), 0, 'no group of its own');
    assert.equal(await code.command('wheelhouse.sessions.start', { folder: here, worktree: '--force' }), undefined);
    assert.match((await notifications()).join(), /"--force" is no name for a branch/);
    await code.evaluate((vscode) => vscode.window.terminals.forEach((terminal) => terminal.dispose()));
  });

  test('a session that asks whether its folder is trusted waits, though it tells nobody', async () => {
    const strange = path.join(root, 'strange');
    await repository(strange);
    await code.command('wheelhouse.sessions.start', { folder: strange, prompt: '' });
    await shows(/^strange.*trust in the folder/);
    await code.evaluate((vscode) => vscode.window.terminals.find(({ name }) => name === 'Claude: strange')?.sendText('\r', false));
    await shows(/^strange-.*idle/);
    await code.evaluate((vscode) => vscode.window.terminals.forEach((terminal) => terminal.dispose()));
  });

  test('the changes are in the journal of the repository', async () => {
    const repositories = path.join(root, 'data/repositories');
    const names = (await readdir(repositories)).filter((name) => name.startsWith('shop-'));
    const journal = await readFile(path.join(repositories, names[0] ?? '', 'journal.jsonl'), 'utf8');
    const states = journal.split('\n').flatMap((line) => (line.includes('sessions.changed') ? [/"to":"(\w+)"/.exec(line)?.[1]] : []));
    for (const state of ['waiting', 'working', 'done', 'idle', 'ended']) assert(states.includes(state), state);
    assert(!(await readdir(repositories)).some((name) => name.startsWith('docs-')), 'only repositories that are open here');
  });

  /** From the agent's own register. */
  async function idOf(name: string): Promise<string> {
    const folder = path.join(root, 'home/.claude/sessions');
    const texts = await Promise.all((await readdir(folder)).filter((file) => file.endsWith('.json')).map((file) => readFile(path.join(folder, file), 'utf8')));
    return texts.map((text) => JSON.parse(text) as { sessionId: string; cwd: string }).find(({ cwd }) => path.basename(cwd) === name)?.sessionId ?? '';
  }
});

const rounding = `// Money is counted in cents, so that no fraction gets lost.

/** Half a cent goes to the even neighbour, as banks do it. */
export function toCents(amount) {
  const cents = amount * 100;
  const floor = Math.floor(cents);
  const rest = cents - floor;
  if (rest !== 0.5) return Math.round(cents);
  return floor % 2 === 0 ? floor : floor + 1;
}

export function total(lines) {
  return lines.reduce((sum, { hours, rate }) => sum + toCents(hours * rate), 0);
}
`;

describe('pictures of ten sessions', { skip: skip || (shots === undefined && 'WHEELHOUSE_SHOTS names no folder for them') }, () => {
  let root: string;
  let folder: string;
  const env = () => ({ CLAUDE_CONFIG_DIR: path.join(root, 'claude'), WHEELHOUSE_DATA: path.join(root, 'data'), TMUX_TMPDIR: root });
  let demo: { stop(): void };

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-ten-')));
    folder = path.join(root, 'code/billable');
    for (const project of new Set(DEMO_SESSIONS.map(({ project }) => project))) await repository(path.join(root, 'code', project));
    await mkdir(path.join(folder, 'src'));
    await writeFile(path.join(folder, 'src/rounding.js'), rounding);
    demo = await startDemoSessions(path.join(root, 'code'), path.join(root, 'claude'), path.join(root, 'data'));
  });

  after(async () => {
    demo.stop();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  for (const theme of ['dark', 'light', 'hc', 'hcLight'] as const satisfies readonly ColorTheme[]) {
    test(theme, async () => {
      const code = await launchVSCode({ folder, env: env(), colorTheme: theme, viewport: { width: 1280, height: 760 } });
      try {
        await code.command('workbench.view.extension.wheelhouse');
        await row(code, 'invoice-rounding').waitFor();
        await statusItem(code).filter({ hasText: '3 waiting · 4 working' }).waitFor({ timeout: 10_000 });
        await code.openFile('src/rounding.js', 5);
        // Without the other views, so that all rows are on the screen.
        await code.page.locator('.pane-header[aria-label^="Review Comments"]').click();
        await row(code, 'spring-theme').waitFor({ timeout: 5000 });
        assert.equal(await rows(code).count(), DEMO_SESSIONS.length + 4, 'ten sessions in four projects');
        await code.command('wheelhouse.sessions.focus');
        const edge = (await code.page.locator('.part.sidebar').boundingBox()) ?? { x: 0, y: 0, width: 300, height: 700 };
        await code.page.mouse.move(edge.x + edge.width + 2, edge.y + 300);
        await code.page.mouse.down();
        await code.page.mouse.move(edge.x + 440, edge.y + 300, { steps: 5 });
        await code.page.mouse.up();
        await row(code, 'deck-import').locator('.monaco-tl-twistie').click();
        await code.command('workbench.action.focusActiveEditorGroup');
        await code.page.mouse.move(900, 500);
        await delay(1000);
        await code.screenshot(path.join(shots ?? '', `sessions-${theme}.png`));
        await row(code, 'invoice-rounding').hover();
        await code.page.locator('.workbench-hover, .monaco-hover').filter({ hasText: / MB · CPU / }).first().waitFor({ timeout: 10_000 });
        await code.screenshot(path.join(shots ?? '', `sessions-hover-${theme}.png`));
      } finally {
        await code.dispose();
      }
    });
  }
});
