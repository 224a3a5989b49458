// The whole way with the real Claude Code client: `install claude` registers the server, the client starts it by the
// launcher, and a model that follows a script fixes comments with the client's own tools.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { claudeEnvironment, claudePath, runPrint } from '../harness/claude/client.ts';
import { whyNoClaude } from '../harness/claude/install.ts';
import { startModel, type Answer } from '../harness/claude/model.ts';
import type { ToolResult } from '../harness/claude/turn.ts';
import { addComment, stage, type Stage } from '../faces/cli/stage.ts';

const skip = await whyNoClaude();
const sessionId = '6f1c0f9e-2a51-4a55-9f0e-5d3f3f1f7a02';

const files = {
  Makefile: 'test:\n\t@sh test.sh\n',
  'test.sh': 'echo checking greeting.txt\ngrep -q "^hello" greeting.txt || { echo "FAILED: the greeting does not begin with hello" >&2; exit 1; }\n',
  'greeting.txt': 'hello wrld\n',
  'colour.txt': 'gray\n',
};

async function prepare(t: TestContext, respond: (step: number, last: ToolResult | undefined) => Answer) {
  const staged = await stage(t, { files });
  let step = 0;
  const model = await startModel(({ lastToolResult }) => respond(step++, lastToolResult));
  t.after(() => model.close());
  const env = await claudeEnvironment({ home: staged.home, model, trusted: [staged.repo], extra: { NODE_COMPILE_CACHE: staged.env['NODE_COMPILE_CACHE'] ?? '' } });
  return { staged, model, env };
}

async function stateOf(staged: Stage, id: string) {
  const ran = await staged.wheelhouse(['review', 'show', id, '--json']);
  return JSON.parse(ran.stdout) as { state: string; verified: boolean; summary: string | null; evidence: { command: string; commit: string } | null };
}

test('a model fixes one comment under test, and is refused where its change breaks the test', { skip, timeout: 180_000 }, async (t) => {
  const ids: string[] = [];
  const done = (id: string | undefined, summary: string): Answer => ({ use: { name: 'mcp__wheelhouse__review_done', input: { id, summary } } });
  const { staged, model, env } = await prepare(t, (step) => {
    const greeting = join(staged.repo, 'greeting.txt');
    const script: Answer[] = [
      { use: { name: 'mcp__wheelhouse__review_list', input: {} } },
      { use: { name: 'Write', input: { file_path: join(staged.repo, 'shades.txt'), content: 'grey\n' } } },
      done(ids[0], 'A list of shades was added.'),
      { use: { name: 'Read', input: { file_path: greeting } } },
      { use: { name: 'Edit', input: { file_path: greeting, old_string: 'hello wrld', new_string: 'goodbye world' } } },
      done(ids[1], 'Spelling corrected.'),
      { say: 'One is fixed, one is not.' },
    ];
    return script[step] ?? { say: 'The script is over.' };
  });
  ids.push(await addComment(staged, 'colour.txt:1', 'List the shades in a file.'), await addComment(staged, 'greeting.txt:1', 'Typing error.', ['--severity', 'must']));
  const config = join(staged.root, 'mcp.json');
  await staged.wheelhouse(['install', 'claude']);
  await writeFile(config, await readFile(join(staged.repo, '.mcp.json')));
  await staged.wheelhouse(['uninstall', 'claude']);

  const printed = await runPrint({
    cwd: staged.repo, env, prompt: 'Fix the review comments.', timeoutMs: 150_000,
    args: ['--mcp-config', config, '--session-id', sessionId, '--permission-mode', 'acceptEdits', '--allowedTools', 'mcp__wheelhouse__review_list,mcp__wheelhouse__review_done,Read'],
  });
  assert.deepEqual([printed.stdout, printed.code], ['One is fixed, one is not.\n', 0]);
  const results = model.turns.at(-1)?.toolResults ?? [];
  assert.deepEqual(results.map(({ name, isError }) => [name.replace('mcp__wheelhouse__', ''), isError]), [
    ['review_list', false], ['Write', false], ['review_done', false], ['Read', false], ['Edit', false], ['review_done', true],
  ]);
  const listed = JSON.parse(results[0]?.text ?? '') as { comments: { id: string }[] };
  assert.deepEqual(listed.comments.map(({ id }) => id), ids);
  assert.match(results[5]?.text ?? '', /make test did not pass.*stays open/, 'the model is told what happened');
  assert.match(results[5]?.text ?? '', /FAILED: the greeting does not begin with hello/, 'and reads the end of the output');

  const commit = (await staged.git('rev-parse', 'HEAD')).trim();
  const [first, second] = [await stateOf(staged, ids[0] ?? ''), await stateOf(staged, ids[1] ?? '')];
  assert.deepEqual([first.state, first.verified, first.summary, first.evidence?.command, first.evidence?.commit], ['done', true, 'A list of shades was added.', 'make test', commit]);
  assert.deepEqual([second.state, second.verified, second.evidence], ['todo', false, null]);
  const journals = (await staged.run(['find', staged.home, '-path', '*repositories*journal.jsonl'])).stdout.trim();
  assert.match(await readFile(journals, 'utf8'), new RegExp(`"by":"session:${sessionId}"`), 'the journal says which session it was');
});

test('the client finds and starts what install has registered, in both scopes', { skip, timeout: 60_000 }, async (t) => {
  const { staged, env } = await prepare(t, () => ({ say: '' }));
  const list = async () => (await staged.run([await claudePath(), 'mcp', 'list'], { env })).stdout;
  assert.doesNotMatch(await list(), /wheelhouse/);
  await staged.wheelhouse(['install', 'claude', '--scope', 'user']);
  assert.match(await list(), /^wheelhouse: .*bin\/wheelhouse mcp - ✔ Connected$/m);
  await staged.wheelhouse(['uninstall', 'claude', '--scope', 'user']);
  assert.doesNotMatch(await list(), /wheelhouse/);
  await staged.wheelhouse(['install', 'claude']);
  assert.match(await list(), /^wheelhouse: .*bin\/wheelhouse mcp/m);
});
