/** `wheelhouse policy …`, and the hook that it installs. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { stage, type Stage } from './stage.ts';

const session = '33333333-2a51-4a55-9f0e-5d3f3f1f7a03';
const small = 'read:\n  deny: [.env, "*.pem"]\ncommands:\n  ask: [git push]\n';

async function prepare(t: TestContext, policy = small): Promise<Stage> {
  const staged = await stage(t, { files: { 'src/a.ts': 'x\n' } });
  await staged.write('.env', 'S=1\n');
  if (policy !== '') await staged.write('.wheelhouse/policy.yaml', policy);
  return staged;
}

/** The hook as an agent runs it. */
function hook(staged: Stage, command: string, tool: string, input: unknown, env: Readonly<Record<string, string>> = {}): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', command], { cwd: staged.repo, env: { ...staged.env, CLAUDE_PROJECT_DIR: staged.repo, ...env } });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', (text) => (out.stdout += String(text)));
    child.stderr.on('data', (text) => (out.stderr += String(text)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(typeof input === 'string' ? input : JSON.stringify({ session_id: session, cwd: staged.repo, hook_event_name: 'PreToolUse', tool_name: tool, tool_input: input, tool_use_id: 't' }));
    child.on('close', (code) => resolve({ code, ...out }));
  });
}

const settingsOf = (staged: Stage) => join(staged.repo, '.claude/settings.local.json');
const commandOf = (staged: Stage) => (JSON.parse(readFileSync(settingsOf(staged), 'utf8')) as { hooks: { PreToolUse: { matcher: string; hooks: { command: string }[] }[] } }).hooks.PreToolUse[0]?.hooks[0]?.command ?? '';
const decisionOf = (stdout: string) => (stdout === '' ? 'none' : (JSON.parse(stdout) as { hookSpecificOutput: { permissionDecision: string } }).hookSpecificOutput.permissionDecision);

test('a policy that is a device or a pipe keeps no hook waiting, and the user\'s own rules stay', { skip: process.platform === 'win32', timeout: 60_000 }, async (t) => {
  const staged = await prepare(t, '');
  await staged.wheelhouse(['policy', 'init', '--scope', 'user']);
  mkdirSync(join(staged.repo, '.wheelhouse'));
  for (const target of ['/dev/zero', '/dev/stdin', '.']) {
    symlinkSync(target, join(staged.repo, '.wheelhouse/policy.yaml'));
    const checked = JSON.parse((await staged.wheelhouse(['policy', 'check', '.env', 'src/a.ts', '--json'])).stdout) as { checks: { decision: string; reason: string }[] };
    assert.deepEqual(checked.checks.map(({ decision }) => decision), ['deny', 'ask'], target);
    assert.match(checked.checks[1]?.reason ?? '', /policy\.yaml:1 is not understood \(it is no file/);
    unlinkSync(join(staged.repo, '.wheelhouse/policy.yaml'));
  }
});

test('an agent does not take the policy out of its own settings, and a hostile file steers no terminal', async (t) => {
  const staged = await prepare(t, 'read:\n  deny: ["x\\e[2J\\u202ey.env", .env]\n');
  await staged.wheelhouse(['policy', 'apply']);
  const before = readFileSync(settingsOf(staged), 'utf8');
  for (const env of [{ CLAUDECODE: '1' }, { CLAUDE_CODE_SESSION_ID: session }]) {
    const ran = await staged.wheelhouse(['policy', 'apply', '--remove'], { env });
    assert.deepEqual([ran.code, /only the user/.test(ran.stderr), readFileSync(settingsOf(staged), 'utf8') === before], [1, true, true]);
  }
  for (const args of [['show'], ['check', 'x\u001b[2J\u202ey.env', '.env'], ['apply', '--remove', '--dry-run']]) assert.doesNotMatch((await staged.wheelhouse(['policy', ...args])).stdout, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/, args.join(' '));
});

test('init writes a policy once, and show names every rule with its place', async (t) => {
  const staged = await prepare(t, '');
  assert.equal((await staged.wheelhouse(['policy', 'show'])).code, 1);
  assert.match((await staged.wheelhouse(['policy', 'init'])).stdout, /^Wrote .*\.wheelhouse\/policy\.yaml/);
  assert.match((await staged.wheelhouse(['policy', 'init'])).stdout, /is there already/);
  assert.match((await staged.wheelhouse(['policy', 'init', '--scope', 'user'])).stdout, /\.config\/wheelhouse\/policy\.yaml/);
  const shown = await staged.wheelhouse(['policy', 'show', '--json']);
  const { rules, protection, problems } = JSON.parse(shown.stdout) as { rules: { rule: string; line: number }[]; protection: { state: string }; problems: unknown[] };
  assert.deepEqual([shown.code, problems, protection.state], [0, [], 'unverified']);
  assert(rules.some(({ rule, line }) => rule === 'read.deny .env' && line > 1));
});

test('check says what is decided and why; exit code 1 for a denial', async (t) => {
  const staged = await prepare(t);
  const denied = await staged.wheelhouse(['policy', 'check', '.env', 'src/a.ts', '--json']);
  const { checks } = JSON.parse(denied.stdout) as { checks: { decision: string; line?: number }[] };
  assert.deepEqual([denied.code, checks.map(({ decision, line }) => [decision, line])], [1, [['deny', 2], ['allow', undefined]]]);
  assert.equal((await staged.wheelhouse(['policy', 'check', 'src/a.ts'])).code, 0);
  assert.match((await staged.wheelhouse(['policy', 'check', '--tool', 'Bash', 'npm test'])).stdout, /not guaranteed/);
  assert.equal((await staged.wheelhouse(['policy', 'check', 'x', '--tool', 'Nonsense'])).code, 2);
});

describe('apply and remove leave the settings as they were, byte for byte', () => {
  const files: Readonly<Record<string, string | undefined>> = { 'no file': undefined, 'the user\'s own': '{\n    "permissions": {"deny": [ "WebFetch" ], "allow": []},\n    "model": "opus"\n}', 'comments': '{\n  // mine\n  "permissions": { "deny": [ ], },\n}\n', 'CRLF': '{\r\n\t"hooks": {}\r\n}\r\n' };
  for (const [name, before] of Object.entries(files)) {
    test(name, async (t) => {
      const staged = await prepare(t);
      if (before !== undefined) await staged.write('.claude/settings.local.json', before);
      const dry = await staged.wheelhouse(['policy', 'apply', '--dry-run']);
      assert.match(dry.stdout, /^\+.*Read\(\*\*\/\.env\)/m);
      assert.equal(existsSync(settingsOf(staged)) ? readFileSync(settingsOf(staged), 'utf8') : undefined, before);
      assert.equal((await staged.wheelhouse(['policy', 'apply'])).code, 0);
      const once = readFileSync(settingsOf(staged), 'utf8');
      assert.equal((await staged.wheelhouse(['policy', 'apply'])).code, 0);
      assert.equal(readFileSync(settingsOf(staged), 'utf8'), once, 'twice is once');
      await staged.write('.wheelhouse/policy.yaml', 'read:\n  deny: [other]\nfailClosed: true\n');
      assert.equal((await staged.wheelhouse(['policy', 'apply'])).code, 0);
      assert.doesNotMatch(readFileSync(settingsOf(staged), 'utf8'), /\.env/, 'a rule that is gone is taken out');
      assert.equal((await staged.wheelhouse(['policy', 'apply', '--remove'])).code, 0);
      assert.equal(existsSync(settingsOf(staged)) ? readFileSync(settingsOf(staged), 'utf8') : undefined, before);
    });
  }

  test('the hooks that were there before stay, and ask about edits again', async (t) => {
    const staged = await prepare(t);
    await staged.wheelhouse(['install', 'claude']);
    const before = readFileSync(settingsOf(staged), 'utf8');
    await staged.wheelhouse(['policy', 'apply']);
    assert.match(readFileSync(settingsOf(staged), 'utf8'), /"matcher": "\*"/);
    await staged.wheelhouse(['install', 'claude']);
    assert.match(readFileSync(settingsOf(staged), 'utf8'), /"matcher": "\*"/, 'installing again does not narrow it');
    await staged.wheelhouse(['policy', 'apply', '--remove']);
    assert.equal(readFileSync(settingsOf(staged), 'utf8'), before);
  });
});

test('apply refuses a policy that is not understood, and settings that cannot be written', async (t) => {
  const staged = await prepare(t, 'read:\n  denny: []\n');
  const broken = await staged.wheelhouse(['policy', 'apply']);
  assert.deepEqual([broken.code, existsSync(settingsOf(staged))], [1, false]);
  assert.match(broken.stderr, /policy\.yaml:2: there is no "read\.denny"/);
  await staged.write('.wheelhouse/policy.yaml', small);
  await staged.write('.claude/settings.local.json', '{"permissions": 7}');
  const wrong = await staged.wheelhouse(['policy', 'apply']);
  assert.deepEqual([wrong.code, readFileSync(settingsOf(staged), 'utf8')], [1, '{"permissions": 7}']);
  assert.match(wrong.stderr, /"permissions" in .* is not a JSON object/);
});

test('verify: nothing is protected until it was applied and tried, and a change makes it stale', async (t) => {
  const staged = await prepare(t);
  const state = async () => (JSON.parse((await staged.wheelhouse(['policy', 'show', '--json'])).stdout) as { protection: { state: string } }).protection.state;
  const before = await staged.wheelhouse(['policy', 'verify']);
  assert.equal(before.code, 1);
  assert.match(before.stdout, /OPEN .*absent/);
  assert.equal(await state(), 'failed');
  await staged.wheelhouse(['policy', 'apply']);
  assert.equal(await state(), 'stale');
  const after = await staged.wheelhouse(['policy', 'verify', '--json']);
  const { protected: isProtected, rows } = JSON.parse(after.stdout) as { protected: boolean; rows: { holds: boolean; layers: { hook: string } }[] };
  assert.deepEqual([after.code, isProtected, rows.every(({ holds }) => holds)], [0, true, true]);
  assert.equal(await state(), 'protected');
  assert.doesNotMatch(await staged.git('status', '--porcelain', '--untracked-files=all'), /canary/);
  await staged.write('.wheelhouse/policy.yaml', `${small}# x\n  \nwrite:\n  deny: [y]\n`);
  assert.equal(await state(), 'stale');
  await staged.write('.wheelhouse/policy.yaml', small);
  assert.equal(await state(), 'protected');
  writeFileSync(settingsOf(staged), readFileSync(settingsOf(staged), 'utf8').replace('|| exit 0', '|| exit  0'));
  assert.equal(await state(), 'stale');
});

describe('the hook', () => {
  test('denies, asks, and says nothing; what changes in the policy counts at once', async (t) => {
    const staged = await prepare(t);
    await staged.wheelhouse(['policy', 'apply']);
    const command = commandOf(staged);
    const ask = async (tool: string, input: unknown) => decisionOf((await hook(staged, command, tool, input)).stdout);
    symlinkSync('.env', join(staged.repo, 'link'));
    assert.deepEqual([await ask('Read', { file_path: join(staged.repo, 'link') }), await ask('Bash', { command: 'git push' }), await ask('Read', { file_path: join(staged.repo, 'src/a.ts') })], ['deny', 'ask', 'none']);
    await staged.write('.wheelhouse/policy.yaml', 'read:\n  deny: [src]\n');
    assert.deepEqual([await ask('Read', { file_path: join(staged.repo, '.env') }), await ask('Read', { file_path: join(staged.repo, 'src/a.ts') })], ['none', 'deny']);
    await staged.write('.wheelhouse/policy.yaml', 'read:\n  - x\n');
    assert.deepEqual([await ask('Read', { file_path: join(staged.repo, '.env') }), await ask('Read', { file_path: join(staged.repo, 'src/a.ts') }), await ask('Task', {})], ['deny', 'ask', 'none']);
  });

  test('in a folder that the session has moved to, the policy of its project counts', async (t) => {
    const staged = await prepare(t);
    await staged.wheelhouse(['policy', 'apply']);
    const event = { session_id: session, cwd: staged.home, hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: `cat ${staged.repo}/.env` }, tool_use_id: 't' };
    assert.equal(decisionOf((await hook(staged, commandOf(staged), '', JSON.stringify(event))).stdout), 'deny');
  });

  test('a broken Wheelhouse stops nobody, unless the policy says so', async (t) => {
    const staged = await prepare(t);
    for (const [policy, code] of [[small, 0], [`${small}failClosed: true\n`, 2]] as const) {
      await staged.write('.wheelhouse/policy.yaml', policy);
      await staged.wheelhouse(['policy', 'apply']);
      const command = commandOf(staged).replace('/bin/wheelhouse', '/gone/bin/wheelhouse');
      const { code: ended, stdout } = await hook(staged, command, 'Read', { file_path: '.env' });
      assert.deepEqual([ended, stdout], [code, '']);
    }
  });
});

test('secrets: lists what others may read, takes that away, and follows no link out', { skip: process.platform === 'win32' }, async (t) => {
  const staged = await prepare(t);
  mkdirSync(join(staged.home, '.ssh'), { mode: 0o755 });
  for (const [file, mode] of [['.ssh/id_ed25519', 0o644], ['.ssh/id_ed25519.pub', 0o644], ['outside.pem', 0o644]] as const) writeFileSync(join(staged.home, file), 'x', { mode });
  symlinkSync(join(staged.home, 'outside.pem'), join(staged.repo, 'link.pem'));
  chmodSync(join(staged.repo, '.env'), 0o640);
  const listed = await staged.wheelhouse(['policy', 'secrets', '--json']);
  const { exposed } = JSON.parse(listed.stdout) as { exposed: { path: string; mode: string; wanted: string }[] };
  assert.deepEqual([listed.code, exposed.map(({ path, mode, wanted }) => [path.slice(staged.root.length), mode, wanted])], [1, [['/home/.ssh', '755', '700'], ['/home/.ssh/id_ed25519', '644', '600'], ['/repo/.env', '640', '600']]]);
  assert.equal((await staged.wheelhouse(['policy', 'secrets', '--fix'])).code, 0);
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  assert.deepEqual([mode(join(staged.home, '.ssh')), mode(join(staged.home, '.ssh/id_ed25519')), mode(join(staged.repo, '.env')), mode(join(staged.home, 'outside.pem')), mode(join(staged.home, '.ssh/id_ed25519.pub'))], ['700', '600', '600', '644', '644']);
  assert.match((await staged.wheelhouse(['policy', 'secrets'])).stdout, /No secret is open/);
});

test('doctor says how the policy stands', async (t) => {
  const staged = await prepare(t);
  const line = async () => (await staged.wheelhouse(['doctor'])).stdout.split('\n').find((each) => / policy: /.test(each)) ?? '';
  assert.match(await line(), /^warn .*nobody has verified/);
  await staged.write('.wheelhouse/policy.yaml', 'x: 1\n');
  assert.match(await line(), /^fail .*policy\.yaml:1: there is no "x"/);
});
