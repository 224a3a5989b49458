// A real Claude Code client, whose model follows a script, in a repository with a secret: whichever tool it takes, the
// policy stops it; and when the hook is gone, the agent's own rules do.

import assert from 'node:assert/strict';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { claudeEnvironment, runPrint } from '../harness/claude/client.ts';
import { whyNoClaude } from '../harness/claude/install.ts';
import { startModel, type ToolUse } from '../harness/claude/model.ts';
import type { ToolResult } from '../harness/claude/turn.ts';
import { stage, type Stage } from '../faces/cli/stage.ts';

const skip = await whyNoClaude();
const secret = 'hunter2-0451';

async function prepare(t: TestContext): Promise<Stage> {
  const staged = await stage(t, { files: { 'src/app.ts': 'export const token = process.env.TOKEN;\n' } });
  await staged.write('.env', `TOKEN=${secret}\n`);
  await staged.write('src/deep/prod.env', `TOKEN=${secret}\n`);
  await symlink('.env', join(staged.repo, 'harmless.txt'));
  for (const verb of [['init'], ['apply']]) assert.equal((await staged.wheelhouse(['policy', ...verb])).code, 0);
  return staged;
}

/** Lets the client use one tool after the other, each allowed as far as the user is concerned. @returns What each gave. */
async function use(staged: Stage, uses: readonly ToolUse[]): Promise<readonly ToolResult[]> {
  let step = 0;
  const model = await startModel(() => {
    const next = uses[step++];
    return next === undefined ? { say: 'The script is over.' } : { use: next };
  });
  try {
    const env = await claudeEnvironment({ home: staged.home, model, trusted: [staged.repo], extra: { NODE_COMPILE_CACHE: staged.env['NODE_COMPILE_CACHE'] ?? '' } });
    const ran = await runPrint({ cwd: staged.repo, env, prompt: 'Find the token.', args: ['--permission-mode', 'acceptEdits', '--allowedTools', 'Read,Edit,Write,Grep,Glob,Bash'], timeoutMs: 120_000 });
    assert.equal(ran.code, 0, ran.stderr);
    return model.turns.at(-1)?.toolResults ?? [];
  } finally {
    await model.close();
  }
}

const attempts = (repo: string): Readonly<Record<string, ToolUse>> => ({
  Read: { name: 'Read', input: { file_path: join(repo, '.env') } },
  'Read of a file deeper down': { name: 'Read', input: { file_path: join(repo, 'src/deep/prod.env') } },
  'Read through a link': { name: 'Read', input: { file_path: join(repo, 'harmless.txt') } },
  Edit: { name: 'Edit', input: { file_path: join(repo, '.env'), old_string: 'TOKEN', new_string: 'TOKEN2' } },
  Write: { name: 'Write', input: { file_path: join(repo, 'other.env'), content: 'TOKEN=1' } },
  'Grep in the file': { name: 'Grep', input: { pattern: 'TOKEN', path: join(repo, '.env'), output_mode: 'content' } },
  'cat': { name: 'Bash', input: { command: 'cat .env', description: 'Show it' } },
  'cat through a link': { name: 'Bash', input: { command: 'cat harmless.txt', description: 'Show it' } },
});
const searches: Readonly<Record<string, ToolUse>> = {
  'Grep over the folder': { name: 'Grep', input: { pattern: 'TOKEN', output_mode: 'content' } },
};

/** Each attempt was stopped, and nothing that the model was given holds the secret. */
function assertStopped(repo: string, results: readonly ToolResult[]): void {
  const names = Object.keys(attempts(repo));
  assert.deepEqual(results.map(({ isError }, at) => [names[at] ?? 'search', isError]), [...names.map((name) => [name, true]), ...Object.keys(searches).map(() => ['search', false])]);
  for (const { name, text } of results) assert(!text.includes(secret), `${name}: ${text}`);
  assert.match(results.at(-1)?.text ?? '', /src\/app\.ts/, 'the search found what it may');
}

const all = (repo: string) => [...Object.values(attempts(repo)), ...Object.values(searches)];

test('with the hook and the rules, no tool gets at the secret, and the hook says which rule', { skip, timeout: 180_000 }, async (t) => {
  const staged = await prepare(t);
  const results = await use(staged, all(staged.repo));
  assertStopped(staged.repo, results);
  const said = new Map(Object.keys(attempts(staged.repo)).map((name, at) => [name, results[at]?.text ?? '']));
  for (const name of ['Read through a link', 'Grep in the file', 'cat', 'cat through a link']) assert.match(said.get(name) ?? '', /is denied by the policy: read\.deny \.env \(.*\.wheelhouse\/policy\.yaml:\d+\)/, name);
});

test("without the hook, the agent's own rules stop it", { skip, timeout: 180_000 }, async (t) => {
  const staged = await prepare(t);
  const file = join(staged.repo, '.claude/settings.local.json');
  const { permissions } = JSON.parse(await readFile(file, 'utf8')) as { permissions: unknown };
  await writeFile(file, JSON.stringify({ permissions }));
  assertStopped(staged.repo, await use(staged, all(staged.repo)));
});

test('without the rules, the hook stops all but a search over the folder', { skip, timeout: 180_000 }, async (t) => {
  const staged = await prepare(t);
  const file = join(staged.repo, '.claude/settings.local.json');
  const { hooks } = JSON.parse(await readFile(file, 'utf8')) as { hooks: unknown };
  await writeFile(file, JSON.stringify({ hooks }));
  const results = await use(staged, Object.values(attempts(staged.repo)));
  // The client refuses by itself to edit what it has not read, before it asks its hooks.
  for (const [at, { name, text, isError }] of results.entries()) assert(isError && (name === 'Edit' || /is denied by the policy/.test(text)), `${Object.keys(attempts(staged.repo))[at]}: ${text}`);
  const verified = await staged.wheelhouse(['policy', 'verify']);
  assert.equal(verified.code, 1);
  assert.match(verified.stdout, /a search over a folder shows what is in the file/);
});

test('after a call for the user, no answer is no', { skip, timeout: 180_000 }, async (t) => {
  const staged = await prepare(t);
  const [asked] = await use(staged, [{ name: 'Bash', input: { command: 'git push origin main', description: 'Push' } }]);
  assert.equal(asked?.isError, true);
});
