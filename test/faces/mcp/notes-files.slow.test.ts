/** Tools that take files do not get at notes: neither at their text, nor at whether they are there, nor can they write one. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { org } from '../../adapters/notes/stage.ts';
import { stage } from '../cli/stage.ts';
import { connect } from './connect.ts';

test('flashcards and review comments keep out of the folder of notes', async (t) => {
  const s = await stage(t);
  const notes = join(s.home, 'notes');
  mkdirSync(notes);
  writeFileSync(join(notes, 'shut.org'), org('shut', 'Shut', '', '* Question :drill:\nsecret\n'));
  symlinkSync(notes, join(s.repo, 'link'));
  const { call, refusal } = await connect(t, s);
  await call('flashcard_create', { question: 'Q', answer: 'A' });
  for (const folder of [notes, 'link', '../home/notes']) {
    for (const name of ['shut.org', 'none.org', 'none/none.md']) {
      const file = join(folder, name);
      for (const [tool, input] of [['flashcard_import', { file }], ['flashcard_export', { format: 'markdown', output: file }], ['review_add', { file, line: 1, text: 'x' }]] as const) {
        assert.match(await refusal(tool, input), /^This is in the folder of notes\./, `${tool} ${file}`);
      }
    }
  }
  assert(!existsSync(join(notes, 'none.org')));
  assert.equal(((await call('flashcard_list')) as { cards: unknown[] }).cards.length, 1);
});
