import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyRename, planRename, type NewNoteNames } from '../../../src/adapters/node/notes/rename-note.ts';
import type { Notes } from '../../../src/adapters/node/notes/notes.ts';
import { applied } from '../../../src/core/notes/index.ts';
import { org, stage } from './stage.ts';

const files = {
  'alpha.org': org('alpha', 'Alpha', ':PUBLIC:', 'Itself: [[id:alpha][Alpha]].\n* Below\n:PROPERTIES:\n:ID: below\n:END:\n'),
  'wiki.md': '# Wiki\n[[Alpha]] [[alpha|A]] [[wiki]] [[Other]]\n',
  'sub/other.org': org('other', 'Other', '', '[[id:alpha][Alpha]] [[file:../alpha.org][file]] [[id:below]] [[file:../wiki.md]]\n'),
};

async function renamed(notes: Notes, id: string, names: NewNoteNames): Promise<number> {
  const [note] = notes.index.find(id);
  assert(note);
  return applyRename(notes, await planRename(notes, note, names));
}

test('a title: the note, and all links by it', async (t) => {
  const s = stage(t, files);
  const notes = await s.all();
  assert.equal(await renamed(notes, 'alpha', { title: 'Beta' }), 2);
  assert.match(s.read('alpha.org'), /#\+title: Beta\n[^]*Itself: \[\[id:alpha\]\[Beta\]\]/);
  assert.equal(s.read('wiki.md'), files['wiki.md'], 'these lead to the file by its name');
  assert.match(s.read('sub/other.org'), /\[\[id:alpha\]\[Beta\]\] \[\[file:\.\.\/alpha\.org\]\[file\]\]/);
  assert.deepEqual((await notes.check()).broken, []);
});

test('an id: the file that is called by it, and links of all kinds', async (t) => {
  const s = stage(t, files);
  const notes = await s.all();
  await renamed(notes, 'alpha', { id: 'gamma' });
  assert.deepEqual([existsSync(join(s.folder, 'alpha.org')), existsSync(join(s.folder, 'gamma.org'))], [false, true]);
  assert.match(s.read('wiki.md'), /^# Wiki\n\[\[gamma\]\] \[\[gamma\|A\]\] \[\[wiki\]\]/);
  assert.match(s.read('sub/other.org'), /\[\[id:gamma\]\[Alpha\]\] \[\[file:\.\.\/gamma\.org\]\[file\]\] \[\[id:below\]\]/);
  assert.deepEqual((await notes.get('gamma')).backlinks.map(({ id }) => id), ['other', 'wiki']);
  assert.deepEqual((await notes.check()).broken, []);
  assert((await notes.get('gamma')).note.isPublic);
});

test('a file without an id, and a headline', async (t) => {
  const s = stage(t, files);
  const notes = await s.all();
  await renamed(notes, 'wiki', { id: 'My wiki' });
  assert.match(s.read('My wiki.md'), /\[\[My wiki\]\]/);
  assert.match(s.read('sub/other.org'), /\[\[file:\.\.\/My wiki\.md\]\]/);
  await renamed(notes, 'below', { id: 'beneath', title: 'Beneath' });
  assert.match(s.read('alpha.org'), /\* Beneath\n:PROPERTIES:\n:ID: beneath/);
  assert.match(s.read('sub/other.org'), /\[\[id:beneath\]\]/);
  assert.deepEqual((await notes.check()).broken, []);
});

const refusals: readonly [id: string, names: NewNoteNames, why: RegExp][] = [
  ['alpha', { id: 'other' }, /There is a note "other" already/],
  ['alpha', { title: 'other' }, /is called "other" already/],
  ['alpha', { id: 'alpha' }, /has that name already/],
  ['alpha', { id: 'a b' }, /no blanks/],
  ['wiki', { id: '../up' }, /cannot be called that/],
  ['wiki', { id: '.hidden' }, /cannot be called that/],
];
for (const [id, names, why] of refusals) {
  test(`not renamed: ${id} to ${JSON.stringify(names)}`, async (t) => {
    const s = stage(t, files);
    await assert.rejects(renamed(await s.all(), id, names), why);
    for (const [name, content] of Object.entries(files)) assert.equal(s.read(name), content);
  });
}

test('what somebody wrote between plan and work is kept, and gets the new links', async (t) => {
  const s = stage(t, files);
  const notes = await s.all();
  const [note] = notes.index.find('alpha');
  assert(note);
  const plan = await planRename(notes, note, { title: 'Beta' });
  s.write('sub/other.org', `${files['sub/other.org']}Added: [[id:alpha][Alpha]].\n`);
  await applyRename(notes, plan);
  assert.match(s.read('sub/other.org'), /Added: \[\[id:alpha\]\[Beta\]\]\.\n$/);
});

test('a plan is made from what an editor has', async (t) => {
  const s = stage(t, files);
  const notes = await s.all();
  const [note] = notes.index.find('alpha');
  assert(note);
  const unsaved = `${files['sub/other.org']}Unsaved: [[id:alpha][Alpha]].\n`;
  const plan = await planRename(notes, note, { title: 'Beta' }, (path) => (path.endsWith('other.org') ? unsaved : undefined));
  const change = plan.files.find(({ path }) => path.endsWith('other.org'));
  assert(change);
  assert.match(applied(change.before, change.replacements), /Unsaved: \[\[id:alpha\]\[Beta\]\]/);
  assert.equal(s.read('alpha.org'), files['alpha.org'], 'nothing is written by a plan');
});

test('many notes that link to one follow', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`n${n}.org`, org(`n${n}`, `N ${n}`, '', '[[id:alpha][Alpha]]\n')]));
  const s = stage(t, { ...many, 'alpha.org': files['alpha.org'] });
  const notes = await s.all();
  writeFileSync(join(s.folder, 'n7.org'), `${many['n7.org'] ?? ''}more\n`);
  assert.equal(await renamed(notes, 'alpha', { id: 'omega' }), 151);
  assert.equal((await notes.get('omega')).backlinks.length, 150);
  assert.match(s.read('n7.org'), /\[\[id:omega\]\[Alpha\]\]\nmore\n$/);
});
