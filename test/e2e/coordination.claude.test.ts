// Two real Claude Code clients in one repository, whose models follow a script: the second is stopped before it edits the
// first one's file, waits for it at a barrier, and goes on; and when one is killed, nothing of it stands in the way.

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import type { CoordinationJson } from '../../src/core/coordination/index.ts';
import { claudeEnvironment, claudePath } from '../harness/claude/client.ts';
import { whyNoClaude } from '../harness/claude/install.ts';
import { startModel, type Answer, type Model } from '../harness/claude/model.ts';
import { killAll, processTree } from '../harness/claude/processes.ts';
import { stage, type Stage } from '../faces/cli/stage.ts';

const skip = await whyNoClaude();
const [first, second] = ['11111111-2a51-4a55-9f0e-5d3f3f1f7a01', '22222222-2a51-4a55-9f0e-5d3f3f1f7a02'];
const tool = (name: string, input: unknown): Answer => ({ use: { name: `mcp__wheelhouse__${name}`, input } });

interface Running {
  readonly model: Model;
  readonly child: ChildProcess;
  /** When each turn was asked for. */
  readonly asked: readonly number[];
  readonly ended: Promise<number | null>;
}

/** A client with a session id, and a model that gives one answer after the other; an answer may wait for something. */
async function start(t: TestContext, staged: Stage, session: string, answers: readonly (() => Answer | Promise<Answer>)[]): Promise<Running> {
  const asked: number[] = [];
  const model = await startModel(async () => {
    const step = asked.push(Date.now()) - 1;
    return (await answers[step]?.()) ?? { say: 'The script is over.' };
  });
  const env = await claudeEnvironment({ home: staged.home, model, trusted: [staged.repo], extra: { NODE_COMPILE_CACHE: staged.env['NODE_COMPILE_CACHE'] ?? '' } });
  const args = ['-p', '--mcp-config', join(staged.root, 'mcp.json'), '--session-id', session, '--permission-mode', 'acceptEdits', '--allowedTools', 'mcp__wheelhouse,Read', '--', 'Work beside the other.'];
  const child = spawn(await claudePath(), args, { cwd: staged.repo, env: { ...env }, stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  t.after(async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killAll(await processTree(child.pid));
    await model.close();
  });
  return { model, child, asked, ended };
}

async function prepare(t: TestContext): Promise<Stage> {
  const staged = await stage(t, { files: { 'src/parser.ts': 'export const one = 1;\n', 'other.ts': 'export const two = 2;\n' } });
  await staged.wheelhouse(['install', 'claude']);
  await writeFile(join(staged.root, 'mcp.json'), await readFile(join(staged.repo, '.mcp.json')));
  return staged;
}

async function status(staged: Stage): Promise<CoordinationJson> {
  return JSON.parse((await staged.wheelhouse(['coord', 'status', '--json'])).stdout) as CoordinationJson;
}

async function until(what: string, test: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (await test()) return;
    await sleep(100);
  }
  throw new Error(`It never came that ${what}.`);
}

const written = (staged: Stage, file: string) => readFile(join(staged.repo, file), 'utf8');
const edit = (staged: Stage, file: string, from: string, to: string): Answer => ({ use: { name: 'Edit', input: { file_path: join(staged.repo, file), old_string: from, new_string: to } } });
const read = (staged: Stage, file: string): Answer => ({ use: { name: 'Read', input: { file_path: join(staged.repo, file) } } });

/** How long a wait would last if nobody woke it. */
const WAIT_S = 100;

test('the second is stopped before it edits the file of the first, waits for it, and goes on at once', { skip, timeout: 180_000 }, async (t) => {
  const staged = await prepare(t);
  let waits = false;
  const a = await start(t, staged, first, [
    () => tool('claim_file', { path: 'src/parser.ts', reason: 'the parser is being rewritten' }),
    () => tool('add_barrier', { name: 'parser', required: [first, second] }),
    () => read(staged, 'src/parser.ts'),
    () => edit(staged, 'src/parser.ts', 'one = 1', 'one = 11'),
    async () => {
      await until('the second waits', () => waits);
      return tool('release_file', { path: 'src/parser.ts' });
    },
    () => tool('arrive_barrier', { name: 'parser' }),
    () => ({ say: 'Done.' }),
  ]);
  await until('the first has made the barrier', async () => (await status(staged)).barriers.length > 0);
  const b = await start(t, staged, second, [
    () => read(staged, 'src/parser.ts'),
    () => edit(staged, 'src/parser.ts', 'one', 'uno'),
    () => tool('arrive_barrier', { name: 'parser' }),
    () => tool('wait_for_barrier', { name: 'parser', timeout_seconds: WAIT_S }),
    () => read(staged, 'src/parser.ts'),
    () => edit(staged, 'src/parser.ts', 'one', 'uno'),
    () => ({ say: 'Done.' }),
  ]);
  await until('it is seen to wait', async () => (await status(staged)).barriers[0]?.waiters.length === 1);
  const { barriers, claims } = await status(staged);
  assert.deepEqual([barriers[0]?.waiters[0]?.session, barriers[0]?.missing, claims[0]?.pid], [second, [first], a.child.pid]);
  const listed = JSON.parse((await staged.wheelhouse(['sessions', 'list', '--json'])).stdout) as { id: string; claims: string[]; waitingOn: string[] }[];
  assert.deepEqual(Object.fromEntries(listed.map(({ id, claims, waitingOn }) => [id, [claims, waitingOn]])), { [first]: [['src/parser.ts'], []], [second]: [[], ['parser']] });
  waits = true;

  assert.deepEqual([await a.ended, await b.ended], [0, 0]);
  const results = b.model.turns.at(-1)?.toolResults ?? [];
  assert.deepEqual(results.map(({ name, isError }) => [name.replace('mcp__wheelhouse__', ''), isError]), [
    ['Read', false], ['Edit', true], ['arrive_barrier', false], ['wait_for_barrier', false], ['Read', false], ['Edit', false],
  ]);
  assert.match(results[1]?.text ?? '', new RegExp(`src/parser\\.ts is claimed by session ${first}.*"the parser is being rewritten".* for \\d+ (min|s)`));
  assert.equal((JSON.parse(results[3]?.text ?? '') as { state: string }).state, 'open');
  const [arrived = 0, wentOn = 0] = [a.asked[6], b.asked[4]];
  assert(wentOn - arrived < WAIT_S * 500, `it went on ${wentOn - arrived} ms after the other was told that it has arrived`);
  assert.equal(await written(staged, 'src/parser.ts'), 'export const uno = 11;\n');
});

test('kill -9 frees the claims and breaks the barrier, and the other goes on', { skip, timeout: 180_000 }, async (t) => {
  const staged = await prepare(t);
  const never = new Promise<Answer>(() => undefined);
  const a = await start(t, staged, first, [() => tool('claim_file', { paths: ['src', 'other.ts'] }), () => never]);
  await until('the first has its claim', async () => (await status(staged)).claims.length > 0);
  const b = await start(t, staged, second, [
    () => tool('add_barrier', { name: 'done', required: [first, second] }),
    () => tool('arrive_barrier', { name: 'done' }),
    () => tool('wait_for_barrier', { name: 'done', timeout_seconds: WAIT_S }),
    () => tool('claim_file', { path: 'other.ts' }),
    () => read(staged, 'other.ts'),
    () => edit(staged, 'other.ts', 'two = 2', 'two = 22'),
    () => ({ say: 'Done.' }),
  ]);
  await until('the second waits', async () => (await status(staged)).barriers[0]?.waiters.length === 1);
  const killed = Date.now();
  a.child.kill('SIGKILL');
  assert.equal(await b.ended, 0);
  const results = b.model.turns.at(-1)?.toolResults ?? [];
  const waited = JSON.parse(results[2]?.text ?? '') as { state: string; reason: string; missing: string[] };
  assert.deepEqual([waited.state, waited.reason, waited.missing], ['broken', `${first} has died`, [first]]);
  assert((b.asked[3] ?? Infinity) - killed < WAIT_S * 500, `the waiter was told after ${(b.asked[3] ?? Infinity) - killed} ms`);
  assert.deepEqual(results.slice(3).map(({ isError }) => isError), [false, false, false]);
  assert.equal(await written(staged, 'other.ts'), 'export const two = 22;\n');
});
