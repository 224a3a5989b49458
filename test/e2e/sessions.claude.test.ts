// The real Claude Code client in real tmux, with a scripted model: `wheelhouse sessions` follows it through a working day.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { writeLauncher } from '../../src/adapters/node/launcher.ts';
import { addClaudeHooks } from '../../src/core/sessions/index.ts';
import { claudeEnvironment } from '../harness/claude/client.ts';
import { startModel } from '../harness/claude/model.ts';
import type { Answer } from '../harness/claude/model.ts';
import { startInTerminal, whyNoTerminal } from '../harness/claude/terminal.ts';
import type { ClaudeTerminal } from '../harness/claude/terminal.ts';
import type { Turn } from '../harness/claude/turn.ts';

const skip = await whyNoTerminal();
const cli = join(import.meta.dirname, '../../src/faces/cli/cli.ts');
const run = promisify(execFile);

interface Line { id: string; pid: number; state: string; reason: string; lastPrompt: string | null; place: { kind: string; pane: string } | null; from: string | null }

async function script(turn: Turn): Promise<Answer> {
  const { lastPrompt: prompt, lastToolResult: result } = turn;
  // A turn of no time at all would be over before anybody could see it.
  await delay(500);
  if (prompt === 'slow') {
    await delay(15_000);
    return { say: 'Late.' };
  }
  if (prompt === 'ask') return { say: 'There are two ways. Which one do you want?' };
  if (prompt === 'fail') throw new Error('scripted failure');
  if (result !== undefined) return { say: 'All done.' };
  if (prompt === 'bash') return { say: 'On it.', use: { name: 'Bash', input: { command: 'rm -rf build', description: 'Removes build' } } };
  const question = { question: 'Which database?', header: 'DB', multiSelect: false, options: [{ label: 'One', description: 'a' }, { label: 'Two', description: 'b' }] };
  if (prompt === 'question') return { use: { name: 'AskUserQuestion', input: { questions: [question] } } };
  return { say: 'Hello.' };
}

async function stage(t: TestContext, { hooks }: { hooks: boolean }) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'wheelhouse-e2e-sessions-')));
  const [cwd, home, data] = [join(root, 'project'), join(root, 'home'), join(root, 'data')];
  await mkdir(cwd);
  const model = await startModel(script);
  const terminals: ClaudeTerminal[] = [];
  const ends: (() => void)[] = [];
  t.after(async () => {
    for (const end of ends) end();
    await Promise.all(terminals.map((terminal) => terminal.stop()));
    await model.close();
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  });
  const env = await claudeEnvironment({ home, model, trusted: [cwd], extra: { WHEELHOUSE_DATA: data } });
  if (hooks) {
    const launcher = await writeLauncher(data, { runtime: process.execPath, cli });
    await mkdir(join(home, '.claude'), { recursive: true });
    await writeFile(join(home, '.claude/settings.json'), addClaudeHooks(undefined, 'settings.json', { launcher }));
  }
  const start = async () => {
    const terminal = await startInTerminal({ cwd, env });
    terminals.push(terminal);
    // What a shell in that terminal has: so `tmux` finds its server.
    const inTmux = { ...env, TMUX: `${terminal.tmux.at(-1) ?? ''},0,0` };
    return { terminal, ...watch(inTmux), wheelhouse: async (...args: string[]) => (await run(process.execPath, [cli, ...args], { cwd, env: inTmux })).stdout };
  };

  function watch(environment: NodeJS.ProcessEnv) {
    const child = spawn(process.execPath, [cli, 'sessions', 'watch'], { cwd, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    ends.push(() => child.kill('SIGKILL'));
    const lines: Line[] = [];
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts.map((line) => JSON.parse(line) as Line));
    });
    /** Waits for the next line that shows so, behind those that earlier calls have seen. */
    let seen = 0;
    const follows = async (state: string, reason: RegExp = /./s, timeoutMs = 20_000): Promise<Line> => {
      const deadline = Date.now() + timeoutMs;
      while (Date.now() < deadline) {
        const index = lines.findIndex((line, at) => at >= seen && line.state === state && (reason.test(line.reason) || reason.source === '.'));
        const line = lines[index];
        if (line) {
          seen = index + 1;
          return line;
        }
        await delay(20);
      }
      throw new Error(`${state} ${String(reason)} did not follow: ${JSON.stringify(lines.slice(seen).map(({ state: was, reason: why }) => `${was} ${why}`))}`);
    };
    return { lines, follows };
  }
  return { start };
}

async function submit(terminal: ClaudeTerminal, text: string): Promise<void> {
  await terminal.type(text);
  // A slash opens a menu, which Enter would take from.
  await delay(text.startsWith('/') ? 800 : 150);
  await terminal.send('Enter');
}

for (const hooks of [true, false]) {
  test(`the list follows the client ${hooks ? 'with hooks' : 'with nothing installed'}`, { skip, timeout: 180_000 }, async (t) => {
    const { start } = await stage(t, { hooks });
    const { terminal, lines, follows, wheelhouse } = await start();
    await terminal.waitForScreen(/❯/);
    const { pid } = await follows('idle');
    assert.equal(pid, terminal.pid);
    await delay(1000);

    await submit(terminal, 'hello');
    await follows('working');
    assert.equal((await follows('done', /finished/)).lastPrompt, 'hello');

    await submit(terminal, 'bash');
    await follows('waiting', /^approve Bash: rm -rf build$/);
    const [listed] = JSON.parse(await wheelhouse('sessions', 'list', '--json')) as Line[];
    assert.deepEqual([listed?.state, listed?.reason, listed?.pid], ['waiting', 'approve Bash: rm -rf build', terminal.pid]);
    const explained = await wheelhouse('sessions', 'explain', String(pid));
    assert.match(explained, /waits for you \(approve Bash: rm -rf build\)[\s\S]*the agent's own register said status waiting/);
    assert.match(explained, hooks ? /a hook said PermissionRequest/ : /the transcript said an open call of Bash/);
    await terminal.send('Enter');
    await follows('done', /finished/);

    await submit(terminal, 'question');
    await follows('waiting', /^question: Which database\?$/);
    await terminal.send('Enter');
    await follows('done', /finished/);

    await submit(terminal, 'bash');
    await follows('waiting', /approve/);
    await terminal.send('Escape');
    await follows('idle', /interrupted/);

    await submit(terminal, 'ask');
    await follows('waiting', /^question: Which one do you want\?$/);
    // Another window is shown; the next waiting session is gone to.
    await run('tmux', [...terminal.tmux, 'new-window']);
    const current = async () => (await run('tmux', [...terminal.tmux, 'display-message', '-p', '#{pane_pid}'])).stdout.trim();
    assert.notEqual(await current(), String(terminal.pid));
    assert.match(await wheelhouse('sessions', 'next'), /question: Which one do you want\?\n.*tmux/);
    assert.equal(await current(), String(terminal.pid));
    await follows('idle', /question/);

    await submit(terminal, 'fail');
    await follows('error', /scripted failure/);
    await submit(terminal, 'slow');
    await follows('working');
    await delay(500);
    await terminal.send('Escape');
    await follows('idle', /./, 5000);
    await terminal.send('C-u');
    await submit(terminal, '/exit');
    await follows('ended', /exited/);

    const wrong = lines.filter(({ state, reason }) => state === 'waiting' && !/^(approve Bash: rm -rf build|a permission|question: Which .*)$/.test(reason));
    assert.deepEqual(wrong, [], 'nothing else ever waited');
  });
}

test('a client that is killed has ended', { skip, timeout: 60_000 }, async (t) => {
  const { start } = await stage(t, { hooks: false });
  const { terminal, follows, wheelhouse } = await start();
  await terminal.waitForScreen(/❯/);
  await follows('idle');
  await delay(1000);
  await submit(terminal, 'slow');
  await follows('working');
  process.kill(terminal.pid, 'SIGKILL');
  await follows('ended', /its process is gone/);
  const [listed] = JSON.parse(await wheelhouse('sessions', 'list', '--json')) as Line[];
  assert.equal(listed?.state, 'ended');
});
