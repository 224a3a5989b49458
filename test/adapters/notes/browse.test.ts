import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as core from '../../../src/core/notes/index.ts';
import { closeNotes } from '../../../src/adapters/node/notes/notes.ts';
import { writeUserSettings } from '../../../src/adapters/node/user-settings.ts';
import { nodeFiles } from '../../../src/adapters/node/files.ts';
import { org, stage } from './stage.ts';

const day = 86_400_000;
const start = Date.parse('2026-11-20T12:00:00Z');

async function browsed(t: TestContext) {
  const files = {
    'a.org': org('a', 'Alpha', ':PUBLIC:x:', '[[id:b][B]] [[id:gone]] [[id:gone]]\n* Head\n:PROPERTIES:\n:ID: a-head\n:END:\n[[id:b]]\n'),
    'b.org': org('b', 'Beta', ':x:y:', '[[id:a]]\n'),
    'sub/c.md': '# Gamma 100%\n[[a|text]] [[nowhere|x]]\n',
    'sub/deep/d.md': '# Delta\n',
    'sub/e.org': org('b', 'Beta again', ''),
  };
  const s = stage(t, files);
  Object.keys(files).forEach((name, n) => utimesSync(join(s.folder, name), (start - n * day) / 1000, (start - n * day) / 1000));
  const notes = await s.all();
  return { s, notes, index: notes.index };
}
const idsOf = (notes: readonly core.NoteEntry[]) => notes.map(({ id }) => id);

test('pages by time, tag and folder', async (t) => {
  const { s, index } = await browsed(t);
  assert.deepEqual(idsOf(core.pageOf(index, { by: 'all' }, 10)), ['a', 'a-head', 'b', 'c', 'd', 'b']);
  assert.deepEqual(idsOf(core.pageOf(index, { by: 'all' }, 2, 3)), ['c', 'd']);
  assert.deepEqual(idsOf(core.pageOf(index, { by: 'time', from: start - 2 * day, before: start }, 10)), ['b', 'c']);
  assert.deepEqual(core.countsSince(index, [start, start - 2 * day, start - 9 * day]), [2, 2, 2]);
  assert.equal(core.oldestOf(index), start - 4 * day);
  assert.deepEqual(idsOf(core.pageOf(index, { by: 'tag', tag: 'x' }, 10)), ['a', 'b', 'a-head']);
  assert.deepEqual(core.topicsOf(index), [{ tag: 'x', notes: 3 }, { tag: 'y', notes: 1 }]);
  assert.deepEqual(idsOf(core.pageOf(index, { by: 'tag', tag: undefined }, 10)), ['b', 'd', 'c']);
  const inFolder = (name: string) => idsOf(core.pageOf(index, { by: 'folder', folder: join(s.folder, name), separator: '/' }, 10));
  assert.deepEqual([inFolder(''), inFolder('sub'), inFolder('sub/deep'), inFolder('su')], [['a', 'a-head', 'b'], ['c', 'b'], ['d'], []]);
  for (const scope of [{ by: 'all' }, { by: 'tag', tag: 'x' }, { by: 'tag', tag: undefined }] as const) assert.equal(core.countOf(index, scope), core.pageOf(index, scope, 100).length);
});

const named: readonly [typed: string, ids: readonly string[]][] = [
  ['', ['a', 'a-head', 'b', 'c', 'd', 'b']],
  ['bet', ['b', 'b']],
  ['ta', ['b', 'd', 'b']],
  ['a-h', ['a-head']],
  ['gamma 100', ['c']],
  ['%', ['a', 'a-head', 'b', 'c', 'd', 'b']],
  ['zzz', []],
];
for (const [typed, ids] of named) {
  test(`named ${JSON.stringify(typed)}`, async (t) => {
    const { index } = await browsed(t);
    assert.deepEqual(idsOf(core.notesNamed(index, typed, 10)), ids);
  });
}

test('links, and what is wrong with them', async (t) => {
  const { s, notes, index } = await browsed(t);
  const [a] = index.find('a');
  assert(a);
  assert.deepEqual(core.countsOf(index, a), { links: 3, backlinks: 2 });
  assert.equal(core.leadsTo(index, join(s.folder, 'x.md'), { kind: 'file', target: 'sub/c.md' })?.id, 'c');
  assert.equal(core.leadsTo(index, join(s.folder, 'x.md'), { kind: 'title', target: 'ALPHA' })?.id, 'a');
  assert.equal(core.leadsTo(index, join(s.folder, 'x.md'), { kind: 'id', target: 'gone' }), undefined);
  const last = core.lastKey(index);
  assert.deepEqual(core.brokenIn(index, 1, last).map(({ note, target }) => `${note.id} ${target}`).sort(), ['a gone', 'c nowhere']);
  assert.deepEqual(idsOf(core.orphansIn(index, 1, last)), idsOf((await notes.check()).orphans));
  assert.deepEqual(idsOf(core.doublesIn(index)), ['b', 'b']);
  assert.deepEqual(idsOf(core.notesInFile(index, join(s.folder, 'a.org'))), ['a', 'a-head']);
  assert.equal(core.describesLinks(index), true);
});

test('notes that were put away are opened in the folders that are set by then', async (t) => {
  const { s, notes } = await browsed(t);
  await writeUserSettings(nodeFiles, s.user.folder, { notesFolders: [join(s.folder, 'sub')] });
  assert.equal(await s.all(), notes, 'not before');
  await closeNotes(s.user, 'all');
  const again = await s.all();
  assert.notEqual(again, notes);
  assert.deepEqual(idsOf(again.index.list()), ['b', 'c', 'd']);
  await notes.close();
});
