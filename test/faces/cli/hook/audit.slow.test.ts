/** The hook takes down what is tried and what comes of it; and where it cannot, the agent goes on. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { stage, type Stage } from '../stage.ts';

const program = join(import.meta.dirname, '../../../../src/faces/cli/hook/main.ts');
const session = '11111111-2222-4333-8444-555555555555';

interface Ran { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** @param shell Runs before the hook in its shell, such as a limit. */
function hook(staged: Stage, event: unknown, { env = {}, shell = ':' }: { env?: Record<string, string>; shell?: string } = {}): Promise<Ran> {
  const child = spawn('/bin/sh', ['-c', `${shell}; exec "$NODE" "$PROGRAM"`], { cwd: staged.repo, env: { ...staged.env, NODE: process.execPath, PROGRAM: program, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  child.stdin.on('error', () => undefined).end(typeof event === 'string' ? event : JSON.stringify(event));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

const event = (staged: Stage, more: Record<string, unknown> = {}) => ({ session_id: session, hook_event_name: 'PreToolUse', cwd: staged.repo, tool_name: 'Read', tool_use_id: 't1', tool_input: { file_path: join(staged.repo, 'a.ts') }, ...more });
const dataOf = (staged: Stage) => join(staged.home, '.local/share/wheelhouse');

interface Call { tool: string; decision: string; layer: string; result: string; rule: string | null; mark: string | null; reason: string | null; durationMs: number | null; input: string | null }
async function audit(staged: Stage, ...args: string[]): Promise<Call[]> {
  const ran = await staged.wheelhouse(['policy', 'audit', '--json', ...args]);
  assert.equal(ran.code, 0, ran.stderr);
  return JSON.parse(ran.stdout) as Call[];
}

test('what was tried, decided and done; the verb lists it, and says whether it is whole', async (t) => {
  const staged = await stage(t, { files: { 'a.ts': '1\n' } });
  assert.match((await staged.wheelhouse(['policy', 'audit'])).stdout, /Nothing is on the record yet/);
  await staged.wheelhouse(['policy', 'init']);
  await hook(staged, event(staged));
  await hook(staged, event(staged, { hook_event_name: 'PostToolUse', tool_response: {}, duration_ms: 7 }));
  const denied = await hook(staged, event(staged, { tool_use_id: 't2', tool_input: { file_path: join(staged.repo, '.env') } }));
  assert.match(denied.stdout, /"permissionDecision":"deny"/);
  await hook(staged, event(staged, { tool_use_id: 'wheelhouse-canary' }), { env: { WHEELHOUSE_CANARY: '1' } });
  const transcript = join(staged.root, 'transcript.jsonl');
  const at = new Date().toISOString();
  writeFileSync(transcript, [
    { timestamp: at, message: { content: [{ type: 'tool_use', id: 't3', name: 'Read', input: { file_path: '/etc/shadow' } }] } },
    { timestamp: at, message: { content: [{ type: 'tool_result', tool_use_id: 't3', is_error: true, content: 'File is in a directory that is denied by your permission settings.' }] } },
  ].map((line) => JSON.stringify(line)).join('\n'));
  for (let i = 0; i < 2; i++) await hook(staged, { session_id: session, hook_event_name: 'Stop', cwd: staged.repo, transcript_path: transcript });

  const calls = await audit(staged);
  assert.deepEqual(calls.map(({ decision, layer, result, mark, durationMs }) => [decision, layer, result, mark, durationMs]).sort(), [
    ['allowed', 'none', 'ok', null, 7],
    ['denied', 'agent', 'none', 'violation', null],
    ['denied', 'policy', 'none', 'violation', null],
  ]);
  assert.deepEqual((await audit(staged, '--denied', '--since', '1h', '--tool', 'Read')).length, 2);
  assert.deepEqual(await audit(staged, '--session', 'nobody'), []);
  assert.equal((await staged.wheelhouse(['policy', 'audit', '--since', 'yesterday'])).code, 2);
  assert.match((await staged.wheelhouse(['policy', 'audit', '--format', 'csv'])).stdout, /^at,session,/);
  const folder = join(dataOf(staged), 'audit');
  const [day = ''] = readdirSync(folder);
  const file = join(folder, day, `${session}.jsonl`);
  if (process.platform !== 'win32') assert.deepEqual([statSync(file).mode & 0o777, statSync(folder).mode & 0o777], [0o600, 0o700]);
  const whole = await staged.wheelhouse(['policy', 'audit', '--verify']);
  assert.deepEqual([whole.code, /^Unbroken since /.test(whole.stdout)], [0, true], whole.stdout);
  writeFileSync(file, readFileSync(file, 'utf8').split('\n').toSpliced(1, 1).join('\n'));
  const broken = await staged.wheelhouse(['policy', 'audit', '--verify']);
  assert.equal(broken.code, 1);
  assert.match(broken.stdout, new RegExp(`The record is broken\\. .*${session}\\.jsonl`));
});

const asRoot = process.getuid?.() === 0;
describe('the agent goes on', { skip: process.platform === 'win32' }, () => {
  const cases: readonly { name: string; skip?: boolean; before?: (data: string) => void; shell?: string; events?: (staged: Stage) => readonly unknown[]; records: boolean }[] = [
    { name: 'a file is where the folder should be', before: (data) => writeFileSync(join(data, 'audit'), ''), records: false },
    { name: 'a folder is where the file should be', before: (data) => mkdirSync(join(data, 'audit', new Date().toISOString().slice(0, 10), `${session}.jsonl`), { recursive: true }), records: false },
    { name: 'the folder cannot be written', skip: asRoot, before: (data) => {
        mkdirSync(join(data, 'audit'), { mode: 0o500 });
      }, records: false },
    { name: 'no file may grow: as on a full disk', shell: 'ulimit -f 0', records: false },
    { name: 'a path of ten million characters', events: (staged) => [event(staged, { tool_input: { file_path: 'x'.repeat(10_000_000), content: '</script>\u0000\u202e'.repeat(1000) } })], records: true },
    { name: 'control characters and markup everywhere', events: (staged) => [event(staged, { tool_name: '</script>\u0007\u202e', agent_id: '\u001b[31m', tool_use_id: '\n\r\u2028', tool_input: { command: '\u0000\n"\\' } })], records: true },
    { name: 'an input that is nested ten thousand deep', events: (staged) => [JSON.stringify(event(staged)).replace(/"tool_input":\{[^}]*\}/, `"tool_input":${'['.repeat(10_000)}${']'.repeat(10_000)}`)], records: true },
    { name: 'a session whose id is a path', events: (staged) => [event(staged, { session_id: '../../../escape' })], records: true },
  ];
  for (const { name, skip = false, before, shell, events = (staged: Stage) => [event(staged)], records } of cases) {
    test(name, { skip }, async (t) => {
      const staged = await stage(t, { files: { 'a.ts': '1\n' } });
      mkdirSync(dataOf(staged), { recursive: true });
      before?.(dataOf(staged));
      for (const one of events(staged)) assert.deepEqual(await hook(staged, one, shell === undefined ? {} : { shell }), { code: 0, stdout: '', stderr: '' });
      if (!records) return;
      assert.equal((await audit(staged)).length, 1);
      const listed = await staged.wheelhouse(['policy', 'audit']);
      assert.doesNotMatch(listed.stdout, /[\u0000-\u0008\u000b-\u001f\u202e]/);
      assert.equal((await staged.wheelhouse(['policy', 'audit', '--verify'])).code, 0);
    });
  }
});

test('a line that was cut off is named, and the others are still listed', async (t) => {
  const staged = await stage(t, { files: { 'a.ts': '1\n' } });
  for (const id of ['a', 'b', 'c']) await hook(staged, event(staged, { tool_use_id: id }));
  const folder = join(dataOf(staged), 'audit');
  const [day = ''] = readdirSync(folder);
  const file = join(folder, day, `${session}.jsonl`);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, -40));
  const cut = await staged.wheelhouse(['policy', 'audit', '--verify']);
  assert.deepEqual([cut.code, /ends after line 2, and once was longer/.test(cut.stdout)], [1, true], cut.stdout);
  assert.equal((await audit(staged)).length, 2);
});
