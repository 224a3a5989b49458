/** `wheelhouse coord …` and the hook before an edit, as processes of their own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import type { BarrierJson, CoordinationJson, FeedItem } from '../../../src/core/coordination/index.ts';
import { cli, stage, type Stage } from './stage.ts';

const files = { 'src/a.ts': 'a\n', 'src/b.ts': 'b\n', 'c.ts': 'c\n' };

async function coord(staged: Stage, ...args: string[]) {
  return staged.wheelhouse(['coord', ...args]);
}

async function json<T>(staged: Stage, ...args: string[]): Promise<T> {
  return JSON.parse((await coord(staged, ...args, '--json')).stdout) as T;
}

test('claim, check, refuse, release', async (t) => {
  const staged = await stage(t, { files });
  const claimed = await json<{ paths: string[]; fence: number }>(staged, 'claim', 'src', 'new.ts', '--as', 'A', '--why', 'moving things');
  assert.deepEqual(claimed.paths, ['src/', 'new.ts']);
  const refused = await coord(staged, 'claim', 'c.ts', 'src/a.ts', '--as', 'B');
  assert.deepEqual([refused.code, refused.stdout], [1, '']);
  assert.match(refused.stderr, /^wheelhouse: src\/a\.ts is claimed by session A \(as part of src\/\): "moving things", for 15 min[^\n]*\n$/);
  assert.deepEqual([(await coord(staged, 'check', 'src/b.ts', '--as', 'B')).code, (await coord(staged, 'check', 'src/b.ts', '--as', 'A')).code, (await coord(staged, 'check', 'c.ts', '--as', 'B')).code], [1, 0, 0]);
  assert.equal((await coord(staged, 'release', 'src', '--as', 'B')).code, 1);
  assert.equal((await coord(staged, 'release', 'src', '--force'), (await json<CoordinationJson>(staged, 'status')).claims[0]?.paths.join()), 'new.ts');
  assert.equal((await coord(staged, 'release', '--all', '--as', 'A')).code, 0);
  assert.deepEqual((await json<CoordinationJson>(staged, 'status')).claims, []);
  const events = await json<{ events: FeedItem[] }>(staged, 'feed');
  assert.deepEqual(events.events.map(({ what, session, ok }) => [what, session, ok]), [['claimed', 'A', true], ['refused', 'B', false], ['released', 'B', false], ['broken', 'user', true], ['released', 'A', true]]);
});

test('where git does not answer, claims are those that a hook finds', async (t) => {
  const staged = await stage(t, { files });
  await coord(staged, 'claim', 'src/a.ts', '--as', 'A');
  const gitless = { env: { PATH: join(staged.root, 'nothing') } };
  assert.match((await staged.wheelhouse(['coord', 'claim', 'a.ts', '--as', 'B'], { cwd: join(staged.repo, 'src'), ...gitless })).stderr, /^wheelhouse: src\/a\.ts is claimed by session A/);
  await staged.wheelhouse(['coord', 'claim', 'src/b.ts', '--as', 'B'], gitless);
  assert.deepEqual((await json<CoordinationJson>(staged, 'status')).claims.map(({ session, paths }) => [session, ...paths]), [['A', 'src/a.ts'], ['B', 'src/b.ts']]);
});

test('an agent breaks nothing', async (t) => {
  const staged = await stage(t, { files });
  await coord(staged, 'claim', 'c.ts', '--as', 'A');
  const ran = await staged.wheelhouse(['coord', 'release', 'c.ts', '--force'], { env: { CLAUDE_CODE_SESSION_ID: 'some-session' } });
  assert.deepEqual([ran.code, /only the user/.test(ran.stderr)], [1, true]);
});

test('an agent does not act in the name of another session', async (t) => {
  const staged = await stage(t, { files });
  const as = (session: string, ...args: string[]) => staged.wheelhouse(['coord', ...args], { env: { CLAUDE_CODE_SESSION_ID: session, CLAUDECODE: '1' } });
  await as('one', 'claim', 'src');
  for (const args of [['release', '--all'], ['claim', 'src/a.ts'], ['set', 'completed']]) {
    const ran = await as('two', ...args, '--as', 'one');
    assert.deepEqual([ran.code, /"one" is another session/.test(ran.stderr)], [1, true], args.join(' '));
  }
  assert.deepEqual((await json<CoordinationJson>(staged, 'status')).claims.map(({ session, paths }) => [session, ...paths]), [['one', 'src/']]);
  for (const args of [['claim', 'c.ts', '--as', 'helper'], ['release', 'c.ts', '--as', 'helper'], ['set', 'in_progress', '--as', 'two']]) assert.equal((await as('two', ...args)).code, 0, args.join(' '));
  assert.equal((await coord(staged, 'release', '--all', '--as', 'one')).stdout, 'Released src/.\n', 'the user may');
});

test('work trees of one repository share claims', async (t) => {
  const staged = await stage(t, { files });
  const tree = join(staged.root, 'tree');
  await staged.git('worktree', 'add', '--quiet', tree);
  await staged.wheelhouse(['coord', 'claim', 'src/a.ts', '--as', 'A'], { cwd: tree });
  assert.match((await coord(staged, 'claim', 'src/a.ts', '--as', 'B')).stderr, new RegExp(`works in the work tree ${tree}`));
});

describe('a barrier', () => {
  test('opens for who waits', async (t) => {
    const staged = await stage(t, { files });
    await coord(staged, 'barrier', 'add', 'go', '--required', 'A,B');
    await coord(staged, 'barrier', 'arrive', 'go', '--as', 'A');
    const waiting = coord(staged, 'barrier', 'wait', 'go', '--as', 'A', '--timeout', '20', '--json');
    for (let seen = 0; seen === 0;) seen = (await json<CoordinationJson>(staged, 'status')).barriers[0]?.waiters.length ?? 0;
    await coord(staged, 'barrier', 'arrive', 'go', '--as', 'B');
    const ran = await waiting;
    assert.deepEqual([ran.code, (JSON.parse(ran.stdout) as BarrierJson).state], [0, 'open']);
    assert.deepEqual((await json<CoordinationJson>(staged, 'status')).barriers[0]?.waiters, []);
  });

  test('tells who is missing when the time is up, and leaves nothing behind when the wait is interrupted', async (t) => {
    const staged = await stage(t, { files });
    await coord(staged, 'barrier', 'add', 'go', '--required', 'A,B', '--deadline', '2');
    await coord(staged, 'barrier', 'arrive', 'go', '--as', 'A');
    const soon = await coord(staged, 'barrier', 'wait', 'go', '--as', 'A', '--timeout', '0');
    assert.deepEqual([soon.code, soon.stdout], [1, 'Barrier go is still waited at. Missing: B.\n']);
    const ran = await coord(staged, 'barrier', 'wait', 'go', '--as', 'A');
    assert.deepEqual([ran.code, ran.stdout], [1, 'Barrier go is broken: its time is up. Missing: B.\n']);

    await coord(staged, 'barrier', 'add', 'any', '--count', '3');
    await coord(staged, 'barrier', 'arrive', 'any', '--as', 'A');
    assert.equal((await coord(staged, 'barrier', 'wait', 'any', '--as', 'A', '--timeout', '0')).stdout, 'Barrier any is still waited at. Missing: 2 more.\n');

    await coord(staged, 'barrier', 'add', 'other', '--required', 'A,B');
    const child = spawn(process.execPath, [cli, 'coord', 'barrier', 'wait', 'other', '--as', 'C'], { cwd: staged.repo, env: { ...staged.env }, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const waiters = async () => (await json<CoordinationJson>(staged, 'status')).barriers.find(({ name }) => name === 'other')?.waiters;
    while ((await waiters())?.length !== 1);
    child.kill('SIGINT');
    await ended;
    assert.deepEqual(await waiters(), []);
  });
});

test('the user breaks a barrier, who waits is told; an agent cannot', async (t) => {
  const staged = await stage(t, { files });
  await coord(staged, 'barrier', 'add', 'go', '--required', 'A,B');
  const agent = await staged.wheelhouse(['coord', 'barrier', 'break', 'go'], { env: { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'a' } });
  assert.deepEqual([agent.code, /only the user can break a barrier/.test(agent.stderr)], [1, true]);
  const waiting = coord(staged, 'barrier', 'wait', 'go', '--as', 'C');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.match((await coord(staged, 'barrier', 'break', 'go')).stdout, /go {2}broken: the user broke it/);
  const waited = await waiting;
  assert.deepEqual([waited.code, waited.stdout.trim()], [1, 'Barrier go is broken: the user broke it. Missing: A, B.']);
});

test('wrong input: one line that says what to do, and exit code 1 or 2', async (t) => {
  const staged = await stage(t, { files });
  const cases: [string[], number, RegExp][] = [
    [['claim', '/'], 1, /outside of the repository/],
    [['claim', '**'], 1, /the whole repository/],
    [['claim', '../x'], 1, /outside of the repository/],
    [['claim'], 2, /usage/],
    [['claim', 'x', '--ttl=-5'], 2, /number of seconds/],
    [['claim', 'x', '--ttl', '0'], 1, /from 1 to/],
    [['claim', 'x', '--as', ''], 1, /who acts/],
    [['release'], 2, /usage/],
    [['release', 'never'], 1, /nobody holds that/],
    [['barrier', 'add', 'x'], 1, /which sessions/],
    [['barrier', 'wait', 'x'], 1, /there is no barrier/],
    [['barrier', 'sing', 'x'], 2, /There are: add, arrive, wait, break/],
    [['set', 'happy'], 2, /one of in_progress, blocked, completed/],
  ];
  for (const [args, code, message] of cases) {
    const ran = await coord(staged, ...args);
    assert.deepEqual([ran.code, ran.stdout, ran.stderr.trim().split('\n').length], [code, '', 1], args.join(' '));
    assert.match(ran.stderr, message);
  }
});

for (const [way, program] of [['as a verb', [cli, 'hook']], ['as a program of its own', [join(import.meta.dirname, '../../../src/faces/cli/hook/main.ts')]]] as const) describe(`the hook before an edit, ${way}`, () => {
  const event = (staged: Stage, more: Record<string, unknown> = {}) => ({ session_id: 'mine', hook_event_name: 'PreToolUse', cwd: staged.repo, tool_name: 'Edit', tool_input: { file_path: join(staged.repo, 'src/a.ts') }, ...more });

  async function hook(staged: Stage, input: unknown): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, program, { cwd: staged.repo, env: { ...staged.env, CLAUDE_CODE_SESSION_ID: 'mine' } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    child.stdin.end(typeof input === 'string' ? input : JSON.stringify(input));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, stdout, stderr };
  }

  const silent = { code: 0, stdout: '', stderr: '' };
  const decision = (stdout: string) => (JSON.parse(stdout) as { hookSpecificOutput: Record<string, string> }).hookSpecificOutput;

  test('refuses what another holds, and nothing else', async (t: TestContext) => {
    const staged = await stage(t, { files });
    assert.deepEqual(await hook(staged, event(staged)), silent, 'there is no journal yet');
    await coord(staged, 'claim', 'src', '--as', 'other', '--why', 'moving things');
    const refused = await hook(staged, event(staged));
    assert.deepEqual([refused.code, refused.stderr], [0, '']);
    const { hookEventName, permissionDecision, permissionDecisionReason = '' } = decision(refused.stdout);
    assert.deepEqual([hookEventName, permissionDecision], ['PreToolUse', 'deny']);
    assert.match(permissionDecisionReason, /^src\/a\.ts is claimed by session other \(as part of src\/\): "moving things", for 15 min/);
    const let_be: [string, unknown][] = [
      ['another file', event(staged, { tool_input: { file_path: join(staged.repo, 'c.ts') } })],
      ['a tool that only reads', event(staged, { tool_name: 'Read' })],
      ['a file elsewhere', event(staged, { tool_input: { file_path: '/etc/hosts' } })],
      ['the holder itself', event(staged, { session_id: 'other' })],
      ['no path', event(staged, { tool_input: {} })],
      ['no JSON', '{'],
      ['nothing', ''],
    ];
    for (const [name, input] of let_be) assert.deepEqual(await hook(staged, input), silent, name);
    assert.equal(decision((await hook(staged, event(staged, { tool_name: 'NotebookEdit', tool_input: { notebook_path: join(staged.repo, 'src/new/n.ipynb') } }))).stdout)['permissionDecision'], 'deny');
  });

  test('asks the repositories around that of the file, too', async (t: TestContext) => {
    const staged = await stage(t, { files: { ...files, 'inner/x.ts': 'x\n' } });
    await staged.git('init', '--quiet', 'inner');
    await coord(staged, 'claim', 'inner/x.ts', '--as', 'other');
    const inner = (name: string) => event(staged, { tool_input: { file_path: join(staged.repo, 'inner', name) } });
    assert.match(decision((await hook(staged, inner('x.ts'))).stdout)['permissionDecisionReason'] ?? '', /^inner\/x\.ts is claimed by session other/);
    assert.deepEqual(await hook(staged, inner('y.ts')), silent);
  });

  test('a journal that cannot be read stops nobody', async (t: TestContext) => {
    const staged = await stage(t, { files });
    await coord(staged, 'claim', 'src', '--as', 'other');
    const scope = await scopeOf(staged);
    await writeFile(join(scope, 'coordination.json'), '{"version":1,');
    assert.equal(decision((await hook(staged, event(staged))).stdout)['permissionDecision'], 'deny', 'a damaged cache is passed over');
    await chmod(join(scope, 'journal.jsonl'), 0);
    const asRoot = process.getuid?.() === 0;
    if (!asRoot) assert.deepEqual(await hook(staged, event(staged)), silent);
    await chmod(join(scope, 'journal.jsonl'), 0o600);
    await writeFile(join(scope, 'journal.jsonl'), 'garbage');
    assert.deepEqual(await hook(staged, event(staged)), silent);
    await rm(join(scope, 'journal.jsonl'));
    await mkdir(join(scope, 'journal.jsonl'));
    assert.deepEqual(await hook(staged, event(staged)), silent);
    const noted = JSON.parse(await readFile(join(scope, '../../hook-error.json'), 'utf8')) as { event: string; message: string };
    assert.deepEqual([noted.event, /journal/.test(noted.message)], ['PreToolUse', true], 'the editor can tell the user');
  });

  test('claims by itself where that is set', async (t: TestContext) => {
    const staged = await stage(t, { files });
    await coord(staged, 'claim', 'c.ts', '--as', 'other');
    await writeFile(join(await scopeOf(staged), 'settings.json'), JSON.stringify({ autoClaim: true }));
    assert.deepEqual(await hook(staged, event(staged)), silent);
    assert.deepEqual((await json<CoordinationJson>(staged, 'status')).claims.map(({ paths, session }) => [paths, session]), [[['c.ts'], 'other'], [['src/a.ts'], 'mine']]);
    assert.equal(decision((await hook(staged, event(staged, { session_id: 'third' }))).stdout)['permissionDecision'], 'deny');
  });
});

async function scopeOf(staged: Stage): Promise<string> {
  const folder = join(staged.home, '.local', 'share', 'wheelhouse', 'repositories');
  return join(folder, (await readdir(folder))[0] ?? '');
}

test('a commit names files that others have claimed, and --block stops it', async (t) => {
  const staged = await stage(t, { files });
  await mkdir(join(staged.repo, 'src'), { recursive: true });
  await staged.write('src/a.ts', 'changed\n');
  await staged.git('add', '--all');
  await coord(staged, 'claim', 'src', '--as', 'A', '--why', 'moving things');
  await staged.wheelhouse(['install', 'git-hook', '--block']);
  const stopped = await staged.run(['git', 'commit', '-m', 'x']);
  assert.equal(stopped.code, 1);
  assert.match(stopped.stdout + stopped.stderr, /Other sessions have claimed files of this commit:\n {2}src\/a\.ts is claimed by session A/);
  await staged.write('src/tab\tand\u0001more.ts', 'new\n');
  await staged.git('add', '--all');
  const strange = await staged.run(['git', 'commit', '-m', 'x']);
  assert.match(strange.stdout + strange.stderr, /src\/a\.ts is claimed by session A[^]*src\/tab and\ufffdmore\.ts is claimed by session A/, 'one strange name hides no other');
  await staged.wheelhouse(['install', 'git-hook']);
  const warned = await staged.run(['git', 'commit', '-m', 'x']);
  assert.equal(warned.code, 0);
  assert.match(warned.stdout + warned.stderr, /src\/a\.ts is claimed by session A/);
  assert.match(await readFile(join(staged.repo, '.git/hooks/pre-commit'), 'utf8'), /review check --staged/);
});
