import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { addComment, cli, sample, stage, type Stage } from '../cli/stage.ts';
import { connect, generations } from './connect.ts';

type Comment = { id: string; state: string; verified: boolean; file: string; line: number; summary: string | null; quote: string | null; text: string; severity: string; evidence: { command: string } | null };

for (const generation of generations) {
  test(`the review tools, ${generation}: log, list, read, fix, done`, async (t) => {
    const staged = await stage(t, { files: { ...sample, 'code.txt': 'one\ntwo\nthree is bad\n' } });
    const { client, call, refusal } = await connect(t, staged, { generation, env: { CLAUDE_CODE_SESSION_ID: 'abc', CLAUDE_PROJECT_DIR: staged.repo } });
    assert.equal(client.getServerVersion()?.name, 'wheelhouse');

    const added = (await call('review_add', { file: 'code.txt', line: 3, text: 'Say good.', severity: 'must', tags: ['words'] }))['comment'] as Comment;
    assert.deepEqual([added.file, added.line, added.severity, added.quote], ['code.txt', 3, 'must', 'three is bad']);
    const list = await call('review_list');
    assert.deepEqual([list['total'], (list['comments'] as Comment[]).map(({ id, text }) => [id, text])], [1, [[added.id, 'Say good.']]]);
    assert.match((await call('review_prompt'))['prompt'] as string, /Waiting for you in .*: 1 comment\./);

    const why = await refusal('review_done', { id: added.id, summary: 'Nothing yet.' });
    assert.match(why, /make test did not pass: exit code 2.*stays open/);
    assert.match(why, /looking at code\.txt\n.*code\.txt is not good/s, 'the model reads what the test said');
    assert.equal(((await call('review_get', { id: added.id }))['comment'] as Comment).state, 'todo');

    await staged.write('code.txt', 'one\ntwo\nthree is good\n');
    const answer = await call('review_done', { id: added.id, summary: 'It says good now.' });
    const done = answer['comment'] as Comment;
    assert.deepEqual([done.state, done.verified, done.summary, done.evidence?.command, answer['pending']], ['done', true, 'It says good now.', 'make test', 0]);
    assert.equal((await call('review_list'))['total'], 0);
    assert.equal((await call('review_list', { state: 'all' }))['total'], 1);
    assert.match(await journal(staged), /"by":"session:abc"/);
  });
}

async function journal(staged: Stage): Promise<string> {
  const found = await staged.run(['find', staged.home, '-name', 'journal.jsonl']);
  return readFile(found.stdout.trim(), 'utf8');
}

test('the list of tools: order, titles, schemas, annotations, size of texts', async (t) => {
  const { client } = await connect(t, await stage(t), { args: ['--tools', 'review'] });
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name), ['review_list', 'review_get', 'review_add', 'review_done', 'review_prompt']);
  const annotations = Object.fromEntries(tools.map((tool) => [tool.name, tool.annotations]));
  const looks = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
  assert.deepEqual(annotations, {
    review_list: { title: 'List review comments', ...looks },
    review_get: { title: 'Read a review comment', ...looks },
    review_add: { title: 'Log a review comment', ...looks, readOnlyHint: false, idempotentHint: false },
    review_done: { title: 'Mark a review comment as done', ...looks, readOnlyHint: false },
    review_prompt: { title: 'How to fix the review comments', ...looks },
  });
  for (const tool of tools) {
    assert.ok(tool.title, tool.name);
    assert.ok(Buffer.byteLength(tool.description ?? '') < 2048 && (tool.description ?? '').length > 80, tool.name);
    assert.deepEqual([tool.inputSchema.type, tool.outputSchema?.['type']], ['object', 'object'], tool.name);
    assert.ok(!['anyOf', 'oneOf', 'allOf'].some((word) => word in tool.inputSchema), tool.name);
  }
  const instructions = client.getInstructions() ?? '';
  assert.ok(Buffer.byteLength(instructions) < 2048);
  assert.match(instructions, /review_prompt.*review_list.*review_get.*review_done/s);
});

const refused: readonly { name: string; input: Record<string, unknown>; says: RegExp }[] = [
  { name: 'review_get', input: { id: 'cr-missing0' }, says: /There is no review comment cr-missing0/ },
  { name: 'review_get', input: {}, says: /id/ },
  { name: 'review_add', input: { file: 'code.txt', line: 99, text: 'x' }, says: /has lines 1 to 5; 99 is not among them/ },
  { name: 'review_add', input: { file: 'none.txt', line: 1, text: 'x' }, says: /There is no text file .*none\.txt/ },
  { name: 'review_add', input: { file: 'code.txt', line: 1, text: '  ' }, says: /text/ },
  { name: 'review_add', input: { file: 'code.txt', line: 0, text: 'x' }, says: /line/ },
  { name: 'review_add', input: { file: 'code.txt', line: 1, text: 'x', severity: 'blocker' }, says: /severity/ },
  { name: 'review_list', input: { state: 'open' }, says: /state/ },
  { name: 'review_done', input: { id: 'cr-missing0' }, says: /summary/ },
];
test('wrong input is a tool error that the model can read', async (t) => {
  const { client, refusal } = await connect(t, await stage(t, { files: sample }));
  for (const { name, input, says } of refused) assert.match(await refusal(name, input), says, `${name} ${JSON.stringify(input)}`);
  await assert.rejects(client.callTool({ name: 'review_explode' }), { code: -32602 });
});

test('comments of other repositories are listed on demand, and not done from here', async (t) => {
  const staged = await stage(t, { files: sample });
  const other = `${staged.root}/other`;
  await staged.run(['git', 'init', '--quiet', other]);
  await staged.run(['sh', '-c', `echo x > '${other}/file.txt'`]);
  const id = await addComment(staged, `${other}/file.txt:1`, 'elsewhere');
  const { call, refusal } = await connect(t, staged);
  assert.equal((await call('review_list'))['total'], 0);
  assert.deepEqual(((await call('review_list', { all: true }))['comments'] as Comment[]).map((comment) => comment.id), [id]);
  assert.match(await refusal('review_done', { id, summary: 'no' }), /not in this repository/);
});

test('a comment that was logged after the server started is there, and a list can be cut and filtered', async (t) => {
  const staged = await stage(t, { files: { ...sample, 'sub/a.txt': 'a\n' } });
  const { call } = await connect(t, staged);
  assert.equal((await call('review_list'))['total'], 0);
  await addComment(staged, 'code.txt:1', 'first');
  await addComment(staged, 'sub/a.txt:1', 'second');
  const cut = await call('review_list', { limit: 1 });
  assert.deepEqual([cut['total'], (cut['comments'] as Comment[]).map(({ text }) => text)], [2, ['first']]);
  assert.deepEqual(((await call('review_list', { file: 'sub' }))['comments'] as Comment[]).map(({ text }) => text), ['second']);
});

const workspaces: readonly { name: string; env: (staged: Stage) => Record<string, string>; args: (staged: Stage) => string[] }[] = [
  { name: 'CLAUDE_PROJECT_DIR', env: ({ repo }) => ({ CLAUDE_PROJECT_DIR: repo }), args: ({ home }) => ['--workspace', home] },
  { name: '--workspace', env: () => ({}), args: ({ repo }) => ['--workspace', repo] },
];
for (const { name, env, args } of workspaces) {
  test(`the workspace is that of ${name}`, async (t) => {
    const staged = await stage(t, { files: sample });
    const { call } = await connect(t, staged, { cwd: staged.home, env: env(staged), args: args(staged) });
    assert.match((await call('review_prompt'))['prompt'] as string, new RegExp(`Waiting for you in ${staged.repo}:`));
  });
}

test('what it cannot open is told to the model, and tried again at the next call', async (t) => {
  const staged = await stage(t, { files: sample });
  await staged.run(['mkdir', staged.log]);
  const { call, refusal } = await connect(t, staged);
  assert.match(await refusal('review_list'), /Cannot read .*code_review\.org/);
  await staged.run(['rmdir', staged.log]);
  assert.equal((await call('review_list'))['total'], 0);
});

test('a group of tools that does not exist is a usage error that names those that do', async (t) => {
  const staged = await stage(t);
  for (const tools of ['weather', 'review,weather', '']) {
    const ran = await staged.wheelhouse(['mcp', '--tools', tools]);
    assert.deepEqual([ran.code, ran.stdout], [2, ''], tools);
    assert.match(ran.stderr, /^wheelhouse: --tools chooses groups of tools.*: [a-z, ]*\breview\b[a-z, ]*\..*\n$/);
  }
});

test('nothing but JSON-RPC is on standard output, and the server ends with its input', async (t) => {
  const staged = await stage(t, { files: sample });
  const server = spawn(process.execPath, [cli, 'mcp', '--tools', 'review'], { cwd: staged.repo, env: staged.env, stdio: ['pipe', 'pipe', 'ignore'] });
  t.after(() => server.kill());
  let out = '';
  const answers = (count: number) => new Promise<void>((resolve) => server.stdout.on('data', () => out.split('\n').length > count && resolve()));
  server.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const say = (message: object) => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  server.stdin.write('this is not JSON\n');
  say({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } } });
  say({ method: 'notifications/initialized' });
  say({ id: 2, method: 'tools/call', params: { name: 'review_list', arguments: {} } });
  await answers(2);
  const ended = new Promise<number | null>((resolve) => server.on('close', resolve));
  server.stdin.end();
  assert.equal(await ended, 0);
  const messages = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { jsonrpc: string; id: number; result?: { protocolVersion?: string } });
  assert.deepEqual(messages.map(({ jsonrpc, id }) => [jsonrpc, id]), [['2.0', 1], ['2.0', 2]]);
  assert.equal(messages[0]?.result?.protocolVersion, '2025-11-25');
});
