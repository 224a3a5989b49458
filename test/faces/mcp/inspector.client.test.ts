// The protocol's own inspector, over standard input and output: what a person sees who looks into the server with it.

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { groupNames } from '../../../src/faces/mcp/groups.ts';
import { installInspector, whyNot } from '../../harness/mcp/install.ts';
import { runNode, type Ran } from '../../harness/mcp/run.ts';
import { cli, sample, stage } from '../cli/stage.ts';

const skip = await whyNot(installInspector());

/** Gives a function that asks the server one thing by way of the inspector. */
async function inspector(t: TestContext): Promise<(...args: string[]) => Promise<Ran>> {
  const fetched = await installInspector();
  assert.ok('path' in fetched);
  const staged = await stage(t, { files: sample });
  return (...args) => runNode(fetched.path, ['--cli', process.execPath, cli, 'mcp', ...args, '--format', 'json', '--connect-timeout', '60000'], { cwd: staged.repo, env: staged.env, timeoutMs: 90_000 });
}

const parsed = (ran: Ran) => {
  assert.equal(ran.code, 0, ran.stderr);
  return JSON.parse(ran.stdout) as { result: Record<string, unknown> };
};

test('the inspector sees the server and its tools, and finds no fault with the schemas', { skip, timeout: 180_000 }, async (t) => {
  const inspect = await inspector(t);
  assert.equal((parsed(await inspect('--method', 'initialize')).result['serverInfo'] as { name: string }).name, 'wheelhouse');
  const { tools } = parsed(await inspect('--method', 'tools/list', '--strict')).result as { tools: { name: string; outputSchema?: object }[] };
  assert.ok(tools.length > 35 && tools.every(({ outputSchema }) => outputSchema));
});

/** A harmless call of each group. */
const calls: Readonly<Record<(typeof groupNames)[number], string>> = { notes: 'note_list', coordination: 'list_sessions', review: 'review_list', cards: 'flashcard_list', prompts: 'prompt_examples', sessions: 'checkpoint_latest' };
test('the inspector calls a tool of each group', { skip, timeout: 300_000 }, async (t) => {
  const inspect = await inspector(t);
  for (const group of groupNames) {
    const { result } = parsed(await inspect('--method', 'tools/call', '--tool-name', calls[group], '--tool-args-json', '{}'));
    assert.ok(result.isError !== true && result.structuredContent, group);
  }
});

test('its exit code tells of a tool error, and of a tool that there is not', { skip, timeout: 180_000 }, async (t) => {
  const inspect = await inspector(t);
  const refused = await inspect('--method', 'tools/call', '--tool-name', 'review_get', '--tool-args-json', '{"id":"cr-missing0"}');
  assert.equal(refused.code, 5);
  assert.match(refused.stdout + refused.stderr, /There is no review comment cr-missing0/);
  assert.equal((await inspect('--method', 'tools/call', '--tool-name', 'weather', '--tool-args-json', '{}')).code, 5);
});
