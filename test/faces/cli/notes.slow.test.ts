/** The command line of notes, as a user and as an agent runs it. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { org } from '../../adapters/notes/stage.ts';
import { stage } from './stage.ts';

test('notes are created, found, published and taken back', async (t) => {
  const s = await stage(t, { git: false });
  const notes = join(s.home, 'notes');
  const json = async (...args: string[]): Promise<unknown> => {
    const ran = await s.wheelhouse(['notes', ...args, '--json']);
    assert.equal(ran.code, 0, ran.stderr);
    return JSON.parse(ran.stdout);
  };
  await s.write('draft.md', 'See [[other]].\n');
  await s.write('body.org', '#+TITLE: ignored\nBody about ferrets.\n');
  const made = (await json('create', 'first-note', '--title', 'First', '--file', 'body.org', '--tags', 'a', 'b')) as Record<string, unknown>;
  assert.deepEqual({ ...made, modifiedAt: 0 }, { id: 'first-note', title: 'ignored', tags: ['a', 'b'], public: false, path: join(notes, 'first-note.org'), links: 0, backlinks: 0, modifiedAt: 0, kind: 'file' });
  await json('create', 'second', '--title', 'Second', '--file', 'draft.md', '--tags', 'PUBLIC');
  assert.equal(readFileSync(join(notes, 'second.md'), 'utf8'), '---\nid: second\ntitle: "Second"\ntags: [PUBLIC]\n---\n\nSee [[other]].\n');
  assert.deepEqual(((await json('list')) as { id: string; public: boolean }[]).map((note) => [note.id, note.public]), [['first-note', false], ['second', true]]);
  assert.deepEqual(((await json('search', 'ferr')) as { id: string }[]).map(({ id }) => id), ['first-note']);
  assert.equal(((await json('publish', 'first-note')) as { public: boolean }).public, true);
  assert.match(readFileSync(join(notes, 'first-note.org'), 'utf8'), /^#\+filetags: :PUBLIC:a:b:$/m);
  assert.equal(((await json('unpublish', 'first-note')) as { public: boolean }).public, false);
  assert.equal((await s.wheelhouse(['notes', 'list'], { env: { OPENCODE: '0', AI_AGENT: '' } })).stdout.split('\n').length, 3, 'a sign that says no is none');
  assert.deepEqual(await json('links', 'second'), { id: 'second', links: [{ target: 'other', id: null, title: null }], backlinks: [] });
  await json('index');
  assert.match(readFileSync(join(notes, 'memento-notes-index.org'), 'utf8'), /second/);
  assert.equal(((await json('check')) as { broken: unknown[] }).broken.length, 1);

  const refused: readonly [string[], number, RegExp][] = [
    [['create', 'first-note', '--title', 'Again'], 1, /There is a note first-note already/],
    [['create', '../out', '--title', 'T'], 1, /cannot be one/],
    [['create', 'x'], 2, /needs a title/],
    [['create', 'x', '--title', 'T', '--file', 'none.org'], 1, /There is no file/],
    [['create', 'x', 'y', '--title', 'T'], 2, /one word too many/],
    [['get', 'nothing'], 1, /There is no note "nothing"/],
    [['get'], 2, /usage/],
    [['search', 'x', '--limit', 'many'], 2, /whole number/],
  ];
  for (const [args, code, message] of refused) {
    const ran = await s.wheelhouse(['notes', ...args]);
    assert.deepEqual([ran.code, message.test(ran.stderr)], [code, true], `${args.join(' ')}: ${ran.stderr}`);
  }
});

test('an agent\'s shell sees what an agent may see, and publishes nothing', async (t) => {
  const s = await stage(t, { git: false });
  mkdirSync(join(s.home, 'notes'));
  writeFileSync(join(s.home, 'notes/open.org'), org('open', 'Open', ':PUBLIC:', 'words\n'));
  writeFileSync(join(s.home, 'notes/shut.org'), org('shut', 'Shut', '', 'words\n'));
  for (const env of [{ CLAUDECODE: '1' }, { CLAUDE_CODE: '1' }, { CLAUDE_CODE_SESSION_ID: 's-1' }, { CODEX_SANDBOX: 'seatbelt' }, { GEMINI_CLI: '1' }, { OPENCODE: '1' }, { CURSOR_AGENT: '1' }]) {
    const run = (...args: string[]) => s.wheelhouse(['notes', ...args], { env });
    assert.equal((await run('list')).stdout, 'PUBLIC   open  Open  #PUBLIC\n');
    const [shut, none] = [await run('get', 'shut'), await run('get', 'none')];
    assert.deepEqual([shut.code, shut.stderr.replace('shut', 'none')], [1, none.stderr]);
    for (const verb of [['publish', 'shut'], ['unpublish', 'open'], ['check']]) assert.match((await run(...verb)).stderr, /not for agents/);
    assert.match((await run('create', 'x', '--title', 'T', '--tags', 'PUBLIC')).stderr, /private until the user publishes it/);
  }
});
