/** `wheelhouse sessions` and `wheelhouse hook`, as programs use them. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { cli, stage, type Ran, type Stage } from './stage.ts';

interface Listed { id: string; state: string; reason: string; pid: number; name: string; since: string; background: number; lastPrompt: string | null; from?: string | null }

// The start of a process is looked up in /proc here.
const skip = process.platform === 'linux' ? false : 'Linux only';

async function sessionStage(t: TestContext) {
  const s = await stage(t, { git: false });
  const children: ReturnType<typeof spawn>[] = [];
  t.after(() => children.forEach((child) => child.kill('SIGKILL')));
  const client = async (): Promise<number> => {
    const child = spawn('sleep', ['100'], { stdio: 'ignore' });
    children.push(child);
    await new Promise((resolve) => child.once('spawn', resolve));
    return child.pid!;
  };
  const register = (pid: number, row: object) => {
    const file = join(s.home, '.claude/sessions', `${pid}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ pid, sessionId: `id-of-${pid}`, cwd: s.repo, kind: 'interactive', entrypoint: 'cli', ...row }));
  };
  const list = async (): Promise<Listed[]> => JSON.parse((await s.wheelhouse(['sessions', 'list', '--json'])).stdout) as Listed[];
  return { ...s, client, register, list, data: join(s.home, '.local/share/wheelhouse') };
}

function hook(s: Stage, input: string | Buffer, options: { cwd?: string; args?: string[]; env?: Record<string, string> } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'hook', ...(options.args ?? [])], { cwd: options.cwd ?? s.repo, env: { ...s.env, ...options.env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += String(text)));
    child.stderr.on('data', (text: Buffer) => (stderr += String(text)));
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => undefined).end(input);
  });
}
const silent: Ran = { code: 0, stdout: '', stderr: '' };
const event = (name: string, more: object = {}) => JSON.stringify({ session_id: 's-1', cwd: '/p', hook_event_name: name, ...more });

test('nothing runs', { skip }, async (t) => {
  const s = await sessionStage(t);
  assert.deepEqual(await s.list(), []);
  assert.match((await s.wheelhouse(['sessions', 'list'])).stdout, /No coding session/);
  const next = await s.wheelhouse(['sessions', 'next']);
  assert.deepEqual([next.code, next.stderr], [1, 'wheelhouse: no session waits for you.\n']);
});

test('list, explain and next', { skip }, async (t) => {
  const s = await sessionStage(t);
  const [busy, first, second] = [await s.client(), await s.client(), await s.client()];
  s.register(busy, { name: 'busy', status: 'busy', statusUpdatedAt: 1000 });
  s.register(second, { name: 'second', status: 'waiting', waitingFor: 'approve Bash', statusUpdatedAt: 3000 });
  s.register(first, { name: 'first\u001b[31m', status: 'waiting', waitingFor: 'permission prompt', statusUpdatedAt: 2000, entrypoint: 'claude-vscode' });
  assert.deepEqual((await s.list()).map(({ id, state, reason, since }) => [id, state, reason, since]), [
    [`id-of-${first}`, 'waiting', 'a permission', '1970-01-01T00:00:02.000Z'],
    [`id-of-${second}`, 'waiting', 'approve Bash', '1970-01-01T00:00:03.000Z'],
    [`id-of-${busy}`, 'working', '', '1970-01-01T00:00:01.000Z'],
  ]);
  const text = (await s.wheelhouse(['sessions', 'list'])).stdout;
  assert.match(text, /^waiting {2}\d+ d {2}id-of-\d* *first \[31m {2}a permission\n/);

  const explained = await s.wheelhouse(['sessions', 'explain', String(second)]);
  assert.deepEqual([explained.code, explained.stdout.split('\n')[0]?.replace(/\d+ d/, 'N d')], [0, 'second waits for you (approve Bash) since N d.']);
  assert.match(explained.stdout, /the agent's own register said status waiting for approve Bash/);
  const json = JSON.parse((await s.wheelhouse(['sessions', 'explain', `id-of-${second}`, '--json'])).stdout) as { explanation: string[]; evidence: unknown[]; state: string };
  assert.deepEqual([json.state, json.explanation.length > 1, json.evidence.length], ['waiting', true, 2]);

  const next = await s.wheelhouse(['sessions', 'next']);
  assert.equal(next.code, 0);
  assert.equal(next.stdout, `first [31m: a permission\nIt is in no tmux pane: process ${first} in ${s.repo}, started from claude-vscode.\n`);
});

test('wrong usage and unknown names', { skip }, async (t) => {
  const s = await sessionStage(t);
  const [one, other] = [await s.client(), await s.client()];
  s.register(one, { name: 'twin', status: 'busy' });
  s.register(other, { name: 'twin', status: 'busy' });
  const cases: [args: string[], code: number, said: RegExp][] = [
    [['explain'], 2, /usage/],
    [['explain', 'nobody'], 1, /there is no session "nobody"/],
    [['explain', 'twin'], 1, /more than one/],
    [['list', 'x'], 2, /usage/],
    [['fly'], 2, /there is no "sessions fly"/],
  ];
  for (const [args, code, said] of cases) {
    const ran = await s.wheelhouse(['sessions', ...args]);
    assert.deepEqual([ran.code, ran.stdout], [code, ''], args.join(' '));
    assert.match(ran.stderr, said);
  }
});

test('watch prints what is there, and then each change at once', { skip }, async (t) => {
  const s = await sessionStage(t);
  const pid = await s.client();
  s.register(pid, { name: 'one', status: 'busy', statusUpdatedAt: 1000 });
  const child = spawn(process.execPath, [cli, 'sessions', 'watch'], { cwd: s.repo, env: s.env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const lines: Listed[] = [];
  let more: () => void = () => undefined;
  let rest = '';
  child.stdout.on('data', (text: Buffer) => {
    const parts = (rest + String(text)).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((line) => JSON.parse(line) as Listed));
    more();
  });
  const count = async (n: number) => {
    while (lines.length < n) await new Promise<void>((resolve) => (more = resolve));
  };
  await count(1);
  s.register(pid, { name: 'one', status: 'waiting', statusUpdatedAt: 2000 });
  await count(2);
  rmSync(join(s.home, '.claude/sessions', `${pid}.json`));
  await count(3);
  assert.deepEqual(lines.map(({ name, state, from }) => [name, state, from]), [['one', 'working', null], ['one', 'waiting', 'working'], ['one', 'ended', 'waiting']]);
  child.kill('SIGINT');
  assert.equal(await new Promise((resolve) => child.once('close', resolve)), 0);
});

test('a hook leaves its event where the list finds it, and says nothing', { skip }, async (t) => {
  const s = await sessionStage(t);
  const pid = await s.client();
  s.register(pid, { sessionId: 's-1', name: 'one', status: 'idle', statusUpdatedAt: Date.now() - 60_000, startedAt: Date.now() - 90_000 });
  assert.deepEqual(await hook(s, event('UserPromptSubmit', { prompt: 'tidy\nup' })), silent);
  assert.deepEqual(await hook(s, event('Stop', { last_assistant_message: 'Shall I push?', background_tasks: [] })), silent);
  const [one] = await s.list();
  assert.deepEqual([one?.state, one?.reason, one?.lastPrompt], ['waiting', 'question: Shall I push?', 'tidy up']);
  await s.wheelhouse(['sessions', 'next']);
  assert.equal((await s.list())[0]?.state, 'idle', 'looked at');
});

test('whatever comes, a hook ends with 0 and says nothing', { skip }, async (t) => {
  const s = await sessionStage(t);
  const noFolder = join(s.root, 'file');
  writeFileSync(noFolder, '');
  const readOnly = join(s.root, 'read-only');
  mkdirSync(readOnly);
  chmodSync(readOnly, 0o500);
  const cases: [name: string, input: string | Buffer, options?: Parameters<typeof hook>[2]][] = [
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['half', event('Stop').slice(0, 20)],
    ['a list', '[]'],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x00])],
    ['an unknown event', event('SomethingNew')],
    ['a hostile id', event('Stop', { session_id: '../../../x' })],
    ['20 MB', event('PostToolUse', { tool_name: 'Read', tool_response: 'x'.repeat(20_000_000) })],
    ['a data folder that is a file', event('Stop'), { args: ['--data', noFolder] }],
    ['a data folder that is read-only', event('Stop'), { args: ['--data', join(readOnly, 'x')] }],
  ];
  for (const [name, input, options] of cases) assert.deepEqual(await hook(s, input, options), silent, name);
  assert.deepEqual(await hook(s, event('PostToolUse', { tool_name: 'Read', tool_response: 'x'.repeat(5_000_000) })), silent);
  assert.deepEqual(readdirSync(join(s.data, 'sessions')), ['s-1.jsonl']);
  assert(readFileSync(join(s.data, 'sessions/s-1.jsonl')).length < 300);
});
