// The whole way with the real clients: `install` writes their settings, they start the server by the launcher, and a
// model that follows a script is offered our tools and calls one.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { addComment, stage, type Stage } from '../faces/cli/stage.ts';
import { claudeEnvironment, runPrint } from '../harness/claude/client.ts';
import { whyNoClaude } from '../harness/claude/install.ts';
import { startModel } from '../harness/claude/model.ts';
import { codexEnvironment, endCodex, runCodex, startCodexModel } from '../harness/codex/client.ts';
import { whyNoCodex } from '../harness/codex/install.ts';
import { opencodeEnvironment, runOpencode, startOpencodeModel } from '../harness/opencode/client.ts';
import { whyNoOpencode } from '../harness/opencode/install.ts';

/** What the client asked and was told, and what it said in the end. */
interface Told {
  readonly offered: string;
  readonly result: string;
  readonly said: string;
}

interface Client {
  readonly name: string;
  readonly skip: string | false;
  readonly settings: { readonly workspace: (staged: Stage, home: string) => string; readonly user: (staged: Stage, home: string) => string };
  /** Makes the home; gives its environment, and the function that has the model call a tool of a server. */
  readonly prepare: (t: TestContext, staged: Stage, home: string) => Promise<{ env: Readonly<Record<string, string>>; ask: (server: string, tool: string) => Promise<Told> }>;
}

const clients: readonly Client[] = [
  {
    name: 'codex',
    skip: process.platform === 'linux' ? await whyNoCodex() : 'Linux only',
    settings: { workspace: ({ repo }) => join(repo, '.codex/config.toml'), user: (_, home) => join(home, '.codex/config.toml') },
    async prepare(t, staged, home) {
      let wanted = { server: '', call: '', input: {} };
      let [offered, result] = ['', ''];
      const model = await startCodexModel(({ results, lastResult, tools }) => {
        // What a turn begins with: a server that is ready only then cannot have been called.
        if (results === 0) offered = JSON.stringify(tools);
        result = lastResult;
        return results === 0 ? wanted : { say: 'Looked.' };
      });
      t.after(() => model.close());
      t.after(() => endCodex(home));
      const env = await codexEnvironment(home, model, [staged.repo]);
      return {
        env,
        async ask(server, call) {
          wanted = { server, call, input: {} };
          // A turn does not wait for a server that is still starting: on a busy machine it may go without.
          let said = '';
          for (let tries = 0; tries < 20 && !offered.includes(`mcp__${server}`); tries++) said = await runCodex(home, env, staged.repo, 'look');
          return { offered, result, said };
        },
      };
    },
  },
  {
    name: 'opencode',
    skip: await whyNoOpencode(),
    settings: { workspace: ({ repo }) => join(repo, 'opencode.json'), user: (_, home) => join(home, '.config/opencode/opencode.json') },
    async prepare(t, staged, home) {
      let wanted = { call: '', input: {} };
      let [offered, result] = ['', ''];
      const model = await startOpencodeModel(({ results, lastResult, tools }) => {
        offered = JSON.stringify(tools);
        result = lastResult;
        return results === 0 ? wanted : { say: 'Looked.' };
      });
      t.after(() => model.close());
      const env = await opencodeEnvironment(home, model);
      return {
        env,
        async ask(server, tool) {
          wanted = { call: `${server}_${tool}`, input: {} };
          const said = await runOpencode(env, staged.repo, 'look');
          return { offered, result, said };
        },
      };
    },
  },
];

for (const { name, skip, settings, prepare } of clients) {
  test(`${name} starts what install has registered, and calls a tool of it, in both scopes`, { skip, timeout: 300_000 }, async (t) => {
    const staged = await stage(t, { files: { 'code.txt': 'one\n' } });
    // Codex does without its helper programs when its home is in the system's folder for temporary files.
    const home = await realpath(await mkdtemp(join(homedir(), '.wh-install-')));
    t.after(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
    const { env, ask } = await prepare(t, staged, home);
    const wheelhouse = async (...args: string[]) => {
      const ran = await staged.wheelhouse(args, { env });
      assert.equal(ran.code, 0, ran.stderr);
    };
    const read = (file: string) => readFile(file, 'utf8').catch(() => undefined);
    await addComment({ ...staged, wheelhouse: (args) => staged.wheelhouse(args, { env }) }, 'code.txt:1', 'Say more.');

    const workspaceFile = settings.workspace(staged, home);
    const userFile = settings.user(staged, home);
    await wheelhouse('install', name);
    const first = await ask('wheelhouse', 'review_list');
    assert.match(first.offered, /review_list/);
    assert.match(first.result, /Say more\./);
    assert.match(first.said, /Looked\./);
    await wheelhouse('uninstall', name);
    assert.equal(await read(workspaceFile), undefined);

    // Read here: opencode adds the address of its schema to settings without one.
    const before = await read(userFile);
    await wheelhouse('install', name, '--scope', 'user', '--name', 'memento', '--tools', 'notes');
    const second = await ask('memento', 'note_list');
    assert.match(second.result, /"notes":\[\]/);
    assert.doesNotMatch(second.offered, /review_list/);
    await wheelhouse('uninstall', name, '--scope', 'user');
    assert.equal(await read(userFile), before);
  });
}

test('claude has the notes alone under the name memento', { skip: await whyNoClaude(), timeout: 120_000 }, async (t) => {
  const staged = await stage(t);
  await mkdir(join(staged.home, 'notes'));
  await writeFile(join(staged.home, 'notes', 'open.org'), ':PROPERTIES:\n:ID: open\n:END:\n#+title: Open\n#+filetags: :PUBLIC:\n\nUse tabs.\n');
  const model = await startModel(({ lastToolResult }) => (lastToolResult ? { say: 'Read.' } : { use: { name: 'mcp__memento__note_get', input: { note_id: 'open' } } }));
  t.after(() => model.close());
  const env = await claudeEnvironment({ home: staged.home, model, trusted: [staged.repo], extra: { NODE_COMPILE_CACHE: staged.env['NODE_COMPILE_CACHE'] ?? '' } });
  assert.equal((await staged.wheelhouse(['install', 'claude', '--name', 'memento', '--tools', 'notes'])).code, 0);
  const printed = await runPrint({ cwd: staged.repo, env, prompt: 'Read it.', timeoutMs: 100_000, args: ['--mcp-config', join(staged.repo, '.mcp.json'), '--allowedTools', 'mcp__memento__note_get'] });
  assert.deepEqual([printed.stdout, printed.code], ['Read.\n', 0]);
  const [result] = model.turns.at(-1)?.toolResults ?? [];
  assert.deepEqual([result?.name, result?.isError], ['mcp__memento__note_get', false]);
  assert.match(result?.text ?? '', /Use tabs\./);
});
