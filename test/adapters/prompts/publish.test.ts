import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { publishInto } from '../../../src/adapters/node/prompts/publish.ts';
import { markdownNoteFile, orgNoteFile, promptNote } from '../../../src/core/prompts/index.ts';
import { prompt, utc } from '../../core/prompts/interop/sample.ts';
import { org, stage } from '../notes/stage.ts';

const note = (id: string, tags: readonly string[] = ['debugging', 'python']) => promptNote(prompt({ text: 'Why?\n* not a heading', rating: 5, note: 'worked' }), utc, { id, tags });

test('into a folder of notes: the same file, and a note at once', async (t) => {
  const s = stage(t);
  const notes = await s.all();
  const path = await publishInto(s.user, s.folder, note('how-to-ask'));
  assert.equal(path, join(s.folder, 'how-to-ask.org'));
  assert.equal(s.read('how-to-ask.org'), orgNoteFile(note('how-to-ask')));
  const made = (await notes.get('how-to-ask')).note;
  assert.deepEqual([made.title, made.tags, made.isPublic, made.path], ['Why? * not a heading', ['debugging', 'python'], false, path]);
  await assert.rejects(publishInto(s.user, s.folder, note('how-to-ask')), { code: 'conflict' });
});

test('an id that another note has is taken, whatever its file is called, and by whatever way the folder is named', async (t) => {
  const s = stage(t, { 'sub/other.org': org('mine', 'Mine', '') });
  const link = join(s.home, 'link');
  symlinkSync(s.folder, link);
  await assert.rejects(publishInto(s.user, link, note('mine')), { code: 'conflict', message: /sub\/other\.org/ });
  assert.equal(await publishInto(s.user, join(link, 'sub'), note('yours')), join(s.folder, 'sub', 'yours.org'));
});

test('the format is that of the folder, unless it is given', async (t) => {
  const s = stage(t, { 'a.md': '# A\n' });
  await publishInto(s.user, s.folder, note('b'));
  assert.equal(s.read('b.md'), markdownNoteFile(note('b')));
  await publishInto(s.user, s.folder, note('c'), 'org');
  assert.equal(s.read('c.org'), orgNoteFile(note('c')));
});

test('another folder, and an id that only a file can have, get a file', async (t) => {
  const s = stage(t);
  const elsewhere = join(s.home, 'elsewhere');
  mkdirSync(elsewhere);
  assert.equal(readFileSync(await publishInto(s.user, elsewhere, note('x')), 'utf8'), orgNoteFile(note('x')));
  assert.equal(await publishInto(s.user, s.folder, note('v1.2')), join(s.folder, 'v1.2.org'));
});

test('the user makes a prompt public, an agent does not', async (t) => {
  const s = stage(t);
  const agent = { ...s.user, env: { ...s.user.env, CODEX_SANDBOX: 'seatbelt' } };
  await assert.rejects(publishInto(agent, s.folder, note('a', ['Public'])), { code: 'refused', message: /without the tag PUBLIC/ });
  assert.equal(existsSync(join(s.folder, 'a.org')), false);
  await publishInto(s.user, s.folder, note('b', ['PUBLIC']));
  assert.equal((await (await s.all()).get('b')).note.isPublic, true);
});
