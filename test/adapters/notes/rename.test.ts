import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyRename, planHeading, planRename, type NewNoteNames } from '../../../src/adapters/node/notes/rename-note.ts';
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

test('a file that has the name of another one: links that name the folder of that stay', async (t) => {
  const s = stage(t, { 'work/Todo.md': '---\nid: w\n---\n', 'home/Todo.md': '---\nid: h\n---\n# Home\n', 'map.md': '[[work/Todo]] [[home/Todo]]\n' });
  const notes = await s.all();
  assert.deepEqual((await notes.get('h')).backlinks.map(({ id }) => id), ['map']);
  await renamed(notes, 'h', { title: 'Chores' });
  s.write('home/Todo.md', '# Home\n');
  await notes.files.refresh();
  const [note] = (await notes.list()).filter(({ path }) => path.endsWith('home/Todo.md'));
  assert(note);
  await applyRename(notes, await planRename(notes, note, { id: 'Chores' }));
  assert.equal(s.read('map.md'), '[[work/Todo]] [[home/Chores]]\n');
});

const garden = '# Garden\n## Beds\n[[#Beds]] [up](#beds) `[[#Beds]]`\n### Roses\n## Paths\n### Roses\n';
const places = {
  'garden.md': garden,
  'map.md': '[[garden#Beds]] [[garden#beds|the beds]] [[garden#Beds#Roses|Beds]] [[garden#Paths#Roses]] [[garden]] [[garden#^beds]] [x](garden.md#beds) [[garden#Beds|Beds]] `[[garden#Beds]]` [[other#Beds]]\n',
  'yard.org': org('yard', 'Yard', '', 'See [[*Old shed]] and [[id:map][m]].\n* TODO Old shed :x:\n:PROPERTIES:\n:CUSTOM_ID: old-shed\n:END:\n** Below\n'),
  'o.org': org('o', 'O', '', '[[file:yard.org::*Old shed][Old shed]] [[id:yard::*old shed]] [[file:yard.org::#old-shed]] [[file:garden.md::*Beds]] [[id:yard]]\n'),
};
/** What a plan makes of the files. */
async function withHeading(s: ReturnType<typeof stage>, file: string, line: string, title: string): Promise<Record<string, string>> {
  const [notes, text] = [await s.all(), s.read(file)];
  const plan = await planHeading(notes, join(s.folder, file), text.indexOf(line) + line.length, title);
  return Object.fromEntries(plan.files.map(({ path, before, replacements }) => [path.slice(s.folder.length + 1), applied(before, replacements)]));
}

test('a heading: the links to it as a place, from outside and from inside', async (t) => {
  const s = stage(t, places);
  assert.deepEqual(await withHeading(s, 'garden.md', '## Beds', 'Flower beds'), {
    'garden.md': garden.replace('## Beds', '## Flower beds').replace('[[#Beds]] [up](#beds)', '[[#Flower beds]] [up](#flower-beds)'),
    'map.md': '[[garden#Flower beds]] [[garden#Flower beds|the beds]] [[garden#Flower beds#Roses|Beds]] [[garden#Paths#Roses]] [[garden]] [[garden#^beds]] [x](garden.md#flower-beds) [[garden#Flower beds|Flower beds]] `[[garden#Beds]]` [[other#Beds]]\n'.replace('#Roses|Beds]]', '#Roses|Flower beds]]'),
    'o.org': places['o.org'].replace('*Beds', '*Flower beds'),
  });
  assert.deepEqual(await withHeading(s, 'yard.org', 'TODO Old shed', 'New [shed]'), {
    'yard.org': places['yard.org'].replace('[[*Old shed]]', '[[*New \\[shed\\]]]').replace('TODO Old shed', 'TODO New [shed]'),
    'o.org': places['o.org'].replace('::*Old shed][Old shed]', '::*New \\[shed\\]][New shed]').replace('::*old shed]', '::*New \\[shed\\]]'),
  });
  assert.deepEqual(Object.keys(await withHeading(s, 'garden.md', '## Paths', 'Ways')), ['garden.md', 'map.md']);
});

test('a heading that cannot be called that', async (t) => {
  const s = stage(t, places);
  for (const [file, line, title, code] of [['garden.md', '## Beds', 'Paths', 'conflict'], ['garden.md', '## Beds', '', 'invalid-input'], ['garden.md', '## Beds', 'a\n# b', 'invalid-input'], ['yard.org', '* TODO Old shed', 'x :PRIVATE:', 'refused'], ['garden.md', '[[#Beds]]', 'x', 'not-found']] as const) {
    await assert.rejects(withHeading(s, file, line, title), { code }, `${line} ${title}`);
  }
});

test('a title that is a heading: links to it as a place follow, too', async (t) => {
  const s = stage(t, places);
  s.write('map.md', '[[garden#Garden]] [[Garden#Garden|Garden]] [[garden#Beds]]\n');
  await renamed(await s.all(), 'garden', { title: 'Park' });
  assert.equal(s.read('map.md'), '[[garden#Park]] [[Garden#Park|Park]] [[garden#Beds]]\n');
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
