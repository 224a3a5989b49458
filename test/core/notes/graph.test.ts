import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { linkedNotes } from '../../../src/core/notes/index.ts';
import { org, stage } from '../../adapters/notes/stage.ts';

/** Links as `from>to`, by id. */
async function linksIn(t: TestContext, files: Readonly<Record<string, string>>): Promise<string[]> {
  const { index } = await stage(t, files).all();
  const { notes, links } = await linkedNotes(index, () => Promise.resolve());
  return Array.from({ length: links.length / 2 }, (_, n) => `${notes[links[2 * n] ?? -1]?.id}>${notes[links[2 * n + 1] ?? -1]?.id}`).sort();
}

const cases: readonly { name: string; files: Readonly<Record<string, string>>; links: readonly string[] }[] = [
  { name: 'none', files: {}, links: [] },
  { name: 'by id, by title and by file', files: { 'a.org': org('a', 'A', '', '[[id:b]] [[file:c.md]]'), 'b.org': org('b', 'Bee', ''), 'c.md': '# C\n[[Bee]]\n' }, links: ['a>b', 'a>c', 'c>b'] },
  { name: 'two links to one note are one, and both directions are two', files: { 'a.org': org('a', 'A', '', '[[id:b]] [[id:b]] [[B]]'), 'b.org': org('b', 'B', '', '[[id:a]]') }, links: ['a>b', 'b>a'] },
  { name: 'a link to itself and one to nowhere are none', files: { 'a.org': org('a', 'A', '', '[[id:a]] [[id:gone]]') }, links: [] },
  { name: 'with two notes of one title, the first by id', files: { 'a.md': '# A\n[[Same]]\n', 'z.org': org('z', 'Same', ''), 'm.org': org('m', 'Same', '') }, links: ['a>m'] },
  { name: 'from and to a headline', files: { 'a.org': org('a', 'A', '', '* Head\n:PROPERTIES:\n:ID: h\n:END:\n[[id:b]]\n'), 'b.org': org('b', 'B', '', '[[id:h]]') }, links: ['b>h', 'h>b'] },
];
for (const { name, files, links } of cases) {
  test(`links as data: ${name}`, async (t) => assert.deepEqual(await linksIn(t, files), links));
}

test('others come to their turn meanwhile', async (t) => {
  const { index } = await stage(t, { 'a.org': org('a', 'A', '', '[[id:b]]'), 'b.org': org('b', 'B', '') }).all();
  let pauses = 0;
  await linkedNotes(index, () => {
    pauses++;
    return Promise.resolve();
  });
  assert(pauses >= 2);
});
