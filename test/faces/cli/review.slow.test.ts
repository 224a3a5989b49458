import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { addComment, sample, stage, type Ran, type Stage } from './stage.ts';

type Item = Record<string, unknown> & { id: string; state: string; verified: boolean; file: string; line: number; endLine: number; text: string; severity: string; tags: string[] };

function document(ran: Ran): unknown {
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(ran.stdout.trimEnd().split('\n').length, 1, 'one document, nothing else');
  return JSON.parse(ran.stdout);
}
const json = (ran: Ran) => document(ran) as Item;
const jsonList = (ran: Ran) => document(ran) as Item[];
const pick = (item: Item, ...keys: string[]) => keys.map((key) => item[key]);

const itemTypes = {
  id: 'string', state: 'string', verified: 'boolean', file: 'string', line: 'number', endLine: 'number', text: 'string', severity: 'string',
  tags: 'object', project: 'string', createdAt: 'string', status: 'string', log: 'object',
};

/** Every way that the contract promises a review item has all of its fields. */
function assertItem(item: Item): void {
  assert.deepEqual(Object.fromEntries(Object.keys(itemTypes).map((key) => [key, typeof item[key]])), itemTypes);
  const log = item['log'] as Record<string, unknown>;
  assert.deepEqual([typeof log['path'], typeof log['line']], ['string', 'number']);
}

test('the life of a comment, verb by verb', async (t) => {
  const staged = await stage(t, { files: sample });
  const run = async (...args: string[]) => json(await staged.wheelhouse(['review', ...args, '--json']));

  const item = await run('add', 'code.txt:2-3', 'Say why', '--severity', 'question', '--tag', 'doc', '--tag', 'naming');
  assertItem(item);
  assert.deepEqual(pick(item, 'state', 'verified', 'file', 'line', 'endLine', 'text', 'severity', 'tags', 'project', 'status', 'log'),
    ['todo', false, 'code.txt', 2, 3, 'Say why', 'question', ['doc', 'naming'], 'repo', 'exact', { path: staged.log, line: 6 }]);
  assert.match(String(item['createdAt']), /^\d{4}-\d\d-\d\dT\d\d:\d\d/);
  const id = item.id;

  assert.deepEqual(await run('show', id), item);
  assert.deepEqual(pick(await run('edit', id, 'Say how', '--severity', 'nit'), 'text', 'severity', 'tags'), ['Say how', 'nit', ['doc', 'naming']]);
  assert.equal(((await run('reply', id, 'Because.'))['replies'] as { text: string }[])[0]?.text, 'Because.');

  await staged.write('code.txt', `zero\n${sample['code.txt']}`);
  assert.deepEqual((await run('locate', id) as unknown as Item[]).map((each) => pick(each, 'line', 'endLine', 'status')), [[3, 4, 'moved']]);
  assert.deepEqual(await run('sync'), { rewritten: 1 });
  assert.deepEqual(pick(await run('attach', id, 'code.txt:1'), 'line', 'endLine', 'status'), [1, 1, 'exact']);

  const done = await run('done', id, '--summary', 'Said.');
  assert.deepEqual(pick(done, 'state', 'verified', 'summary'), ['done', true, 'Said.']);
  assert.equal((done['evidence'] as { command: string }).command, 'make test');
  assert.deepEqual(pick(await run('reopen', id), 'state', 'verified'), ['todo', false]);
  assert.deepEqual(pick(await run('wontfix', id, '--why', 'On purpose.'), 'state', 'summary'), ['wontfix', 'On purpose.']);

  assert.deepEqual(await run('remove', id), { id });
  assert.deepEqual(await run('list', '--state', 'all'), []);
  assert.equal((await run('restore')).id, id);
  const stats = await run('stats');
  assert.deepEqual(stats['byState'], { todo: 0, done: 0, wontfix: 1 });
  assert.match(String((await run('prompt'))['prompt']), /Waiting for you in .*: 0 comments\./);
});

test('list: filters, order, and nothing', async (t) => {
  const staged = await stage(t, { files: { ...sample, 'sub/a.txt': 'a\n', 'b.txt': 'b\n' } });
  const ids: Record<string, string> = {};
  for (const place of ['sub/a.txt:1', 'b.txt:1', 'code.txt:2', 'code.txt:1']) ids[place] = await addComment(staged, place, place);
  await staged.wheelhouse(['review', 'done', ids['b.txt:1'] ?? '']);
  await staged.wheelhouse(['review', 'wontfix', ids['code.txt:2'] ?? '']);
  const cases: [string[], string[]][] = [
    [[], ['sub/a.txt:1', 'code.txt:1']],
    [['--state', 'todo'], ['sub/a.txt:1', 'code.txt:1']],
    [['--state', 'done'], ['b.txt:1']],
    [['--state', 'wontfix'], ['code.txt:2']],
    [['--state', 'all'], ['sub/a.txt:1', 'b.txt:1', 'code.txt:2', 'code.txt:1']],
    [['--state', 'all', '--file', 'code.txt'], ['code.txt:2', 'code.txt:1']],
    [['--file', 'sub'], ['sub/a.txt:1']],
    [['--project', 'repo'], ['sub/a.txt:1', 'code.txt:1']],
    [['--project', 'other'], []],
    [['--here', '--state', 'all'], ['sub/a.txt:1', 'b.txt:1', 'code.txt:2', 'code.txt:1']],
  ];
  for (const [args, expected] of cases) {
    const items = jsonList(await staged.wheelhouse(['review', 'list', '--json', ...args]));
    items.forEach(assertItem);
    assert.deepEqual(items.map(({ text }) => text), expected, args.join(' '));
  }
  const none = await staged.wheelhouse(['review', 'list', '--project', 'other']);
  assert.deepEqual([none.code, none.stdout], [0, 'No review comments.\n']);
});

test('done is refused while the test fails, and verify finds what somebody else marked', async (t) => {
  const staged = await stage(t, { files: { ...sample, 'code.txt': 'bad\n' } });
  const id = await addComment(staged, 'code.txt:1');
  const refused = await staged.wheelhouse(['review', 'done', id, '--json']);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^wheelhouse: make test did not pass: exit code 2\. .* stays open;[^\n]*\n$/);
  const { error } = JSON.parse(refused.stdout) as { error: { code: string; message: string; details: string } };
  assert.equal(error.code, 'refused');
  assert.match(error.details, /code\.txt is not good/);

  await writeFile(staged.log, (await readFile(staged.log, 'utf8')).replace('** TODO', '** DONE'));
  assert.deepEqual(pick(json(await staged.wheelhouse(['review', 'show', id, '--json'])), 'state', 'verified'), ['done', false]);
  assert.equal((await staged.wheelhouse(['review', 'verify', id])).code, 1);
  await staged.write('code.txt', 'good\n');
  assert.deepEqual(jsonList(await staged.wheelhouse(['review', 'verify', '--json'])).map((item) => pick(item, 'id', 'verified')), [[id, true]]);
});

test('check: of the repository, of the commit, and blocking', async (t) => {
  const staged = await stage(t, { files: { ...sample, 'b.txt': 'b\n' } });
  const id = await addComment(staged);
  const check = async (...args: string[]) => {
    const ran = await staged.wheelhouse(['review', 'check', '--json', ...args]);
    return [ran.code, (JSON.parse(ran.stdout) as Item[]).map((item) => [item.id, item.file, item.line])];
  };
  const found = [[id, 'code.txt', 2]];
  assert.deepEqual(await check(), [0, found]);
  assert.deepEqual(await check('--block'), [1, found]);
  assert.deepEqual(await check('--staged', '--block'), [0, []]);
  await staged.write('code.txt', 'good\n');
  await staged.git('add', '--all');
  assert.deepEqual(await check('--staged', '--block'), [1, found]);
});

test('another log, another data folder, another workspace', async (t) => {
  const staged = await stage(t, { files: sample });
  const log = join(staged.root, 'own.org');
  const data = join(staged.root, 'data');
  const args = ['--workspace', staged.repo, '--data', data, '--log', log];
  assert.equal((await staged.wheelhouse(['review', 'add', 'code.txt:1', 'x', ...args], { cwd: staged.home })).code, 0);
  assert.match(await readFile(log, 'utf8'), /code\.txt::1/);
  assert.equal((await staged.run(['ls', data])).code, 0);
  assert.equal((await staged.run(['ls', staged.log])).code, 2, 'the usual log was not made');
  await rm(log);
});

const usage: readonly [args: string[], says: RegExp][] = [
  [['nonsense'], /there is no "nonsense"/],
  [['review', 'nonsense'], /there is no "review nonsense"/],
  [['review', 'add', 'code.txt:1'], /usage: wheelhouse review add/],
  [['review', 'add', 'code.txt', 'x'], /FILE:LINE/],
  [['review', 'add', 'code.txt:1', ' '], /needs a text/],
  [['review', 'add', 'code.txt:1', 'x', '--severity', 'blocker'], /--severity is one of must, should/],
  [['review', 'list', '--state', 'open'], /--state is one of/],
  [['review', 'list', '--stat', 'todo'], /--stat/],
  [['review', 'list', 'extra'], /usage: wheelhouse review list/],
  [['review', 'list', '--workspace', '/nowhere/at/all'], /\/nowhere\/at\/all is not a folder/],
  [['review', 'done'], /usage: wheelhouse review done/],
  [['install', 'claude', '--scope', 'world'], /--scope is one of workspace, user/],
  [['install', 'emacs'], /there is no "install emacs"/],
  [['mcp', 'extra'], /usage: wheelhouse mcp/],
];
test('wrong usage: exit code 2, one line, nothing written', async (t) => {
  const staged = await stage(t, { files: sample });
  for (const [args, says] of usage) {
    const ran = await staged.wheelhouse(args);
    assert.deepEqual([ran.code, ran.stdout], [2, ''], args.join(' '));
    assert.match(ran.stderr, /^wheelhouse: [^\n]+\n$/, args.join(' '));
    assert.match(ran.stderr, says, args.join(' '));
  }
  assert.equal((await staged.run(['ls', staged.log])).code, 2);
});

const missing: readonly [args: string[], says: RegExp][] = [
  ...['show', 'done', 'reopen', 'wontfix', 'remove', 'locate', 'verify', 'restore'].map((verb): [string[], RegExp] => [['review', verb, 'cr-nothere'], /cr-nothere/]),
  [['review', 'edit', 'cr-nothere', 'x'], /cr-nothere/],
  [['review', 'reply', 'cr-nothere', 'x'], /cr-nothere/],
  [['review', 'attach', 'cr-nothere', 'code.txt:1'], /cr-nothere/],
  [['review', 'add', 'gone.txt:1', 'x'], /There is no text file .*gone\.txt/],
  [['review', 'add', 'code.txt:77', 'x'], /has lines 1 to 5; 77/],
  [['review', 'add', 'code.txt:3-2', 'x'], /3-2/],
];
test('what is not there: exit code 1, one line, an error document, nothing changed', async (t) => {
  const staged = await stage(t, { files: sample });
  await addComment(staged);
  const before = await readFile(staged.log);
  for (const [args, says] of missing) {
    const ran = await staged.wheelhouse([...args, '--json']);
    assert.equal(ran.code, 1, args.join(' '));
    assert.match(ran.stderr, /^wheelhouse: [^\n]+\n$/, args.join(' '));
    assert.match(ran.stderr, says, args.join(' '));
    const { error } = JSON.parse(ran.stdout) as { error: { code: string; message: string } };
    assert.ok(error.code !== '' && ran.stderr.includes(error.message), args.join(' '));
  }
  assert.deepEqual(await readFile(staged.log), before);
});

test('help and version', async (t) => {
  const staged = await stage(t);
  const overview = await staged.wheelhouse(['--help']);
  assert.equal(overview.code, 0);
  for (const noun of ['review', 'mcp', 'install', 'uninstall', 'doctor']) assert.match(overview.stdout, new RegExp(`^  ${noun} `, 'm'));
  assert.match((await staged.wheelhouse(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
  const help = await staged.wheelhouse(['review', '--help']);
  assert.deepEqual([help.code, help.stderr], [0, '']);
  assert.match((await staged.wheelhouse(['review', 'add', '--help'])).stdout, /^wheelhouse review add FILE:LINE/);
  assert.equal((await staged.wheelhouse([])).code, 2);
});

test('the built command line opens its database', async (t) => {
  const built = join(import.meta.dirname, '../../../dist/cli.js');
  const staged: Stage = await stage(t, { files: sample });
  if ((await staged.run(['ls', built])).code !== 0) {
    t.skip('dist/cli.js is not built');
    return;
  }
  const ran = await staged.run([process.execPath, built, 'review', 'add', 'code.txt:1', 'x', '--json']);
  assert.equal(json(ran).line, 1);
});
