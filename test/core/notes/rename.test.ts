import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applied, linkText, parseNote, renamedLinks, renamedNote, type NewNames } from '../../../src/core/notes/index.ts';

const title = (from: string, to: string): NewNames => ({ title: { from, to } });
const id = (from: string, to: string): NewNames => ({ id: { from, to } });

const own: readonly [what: string, path: string, before: string, names: NewNames, after: string, section?: number][] = [
  ['org title', 'n.org', ':PROPERTIES:\n:ID: n\n:END:\n#+title: Old  \ntext Old\n', title('Old', 'New'), ':PROPERTIES:\n:ID: n\n:END:\n#+title: New  \ntext Old\n'],
  ['org without a title', 'n.org', ':PROPERTIES:\n:ID: n\n:END:\ntext\n', title('n', 'New'), ':PROPERTIES:\n:ID: n\n:END:\n#+title: New\ntext\n'],
  ['org id', 'n.org', '# comment\n:PROPERTIES:\n:ID:       old\n:X: old\n:END:\n#+title: T\n', id('old', 'new'), '# comment\n:PROPERTIES:\n:ID:       new\n:X: old\n:END:\n#+title: T\n'],
  ['a headline', 'n.org', '#+title: T\n** TODO [#A] Old name :tag:\n:PROPERTIES:\n:ID: h\n:END:\n', title('Old name', 'New'), '#+title: T\n** TODO [#A] New :tag:\n:PROPERTIES:\n:ID: h\n:END:\n', 1],
  ['the id of a headline', 'n.org', '* H\nSCHEDULED: <2026-01-01>\n:PROPERTIES:\n:ID: h\n:END:\n* I\n:PROPERTIES:\n:ID: i\n:END:\n', id('h', 'g'), '* H\nSCHEDULED: <2026-01-01>\n:PROPERTIES:\n:ID: g\n:END:\n* I\n:PROPERTIES:\n:ID: i\n:END:\n', 1],
  ['frontmatter', 'n.md', '---\ntitle: "Old"\nid: n\n---\n# Old\n', title('Old', 'New: one'), '---\ntitle: "New: one"\nid: n\n---\n# Old\n'],
  ['a heading', 'n.md', '```\n# no\n```\n# Old #\nOld\n', title('Old', 'New'), '```\n# no\n```\n# New #\nOld\n'],
  ['frontmatter without a title', 'n.md', '---\ntags: [a]\n---\ntext\n', title('n', 'New'), '---\ntitle: New\ntags: [a]\n---\ntext\n'],
  ['no name at all', 'n.md', 'text\n', title('n', 'New'), '# New\n\ntext\n'],
  ['Windows line ends', 'n.org', '#+title: Old\r\ntext\r\n', title('Old', 'New'), '#+title: New\r\ntext\r\n'],
  ['the id of Markdown', 'n.md', "---\nid: 'old'\n---\n", id('old', 'new'), '---\nid: new\n---\n'],
];
for (const [what, path, before, names, after, at = 0] of own) {
  test(`renaming ${what}`, () => {
    const note = parseNote(path, before);
    const section = note.sections[at];
    assert(section);
    assert.equal(applied(before, renamedNote(note, section, path, names)), after);
  });
}

const refused: readonly [what: string, path: string, text: string, names: NewNames, section?: number][] = [
  ['a title with a line break', 'n.org', '#+title: T\n', title('T', 'a\nb')],
  ['no title', 'n.org', '#+title: T\n', title('T', '')],
  ['a headline that would get a mark', 'n.org', '* H\n:PROPERTIES:\n:ID: h\n:END:\n', title('H', 'H :PUBLIC:'), 1],
  ['a title in two lines', 'n.org', '#+title: A\n#+title: B\n', title('A B', 'C')],
  ['a headline that is a link', 'n.org', '* [[id:x][y]] z\n:PROPERTIES:\n:ID: h\n:END:\n', title('y z', 'C'), 1],
];
for (const [what, path, text, names, at = 0] of refused) {
  test(`not renamed: ${what}`, () => {
    const note = parseNote(path, text);
    const section = note.sections[at];
    assert(section);
    assert.throws(() => renamedNote(note, section, path, names), { name: 'WheelhouseError' });
  });
}

/** In a note that links to one with the title `Old title` in the file `old-file`. */
const links: readonly [what: string, path: string, before: string, names: NewNames, after: string][] = [
  ['id and text', 'n.org', '[[id:old][Old title]] [[id:old][mine]] [[id:old::*h]]', { ...id('old', 'new'), ...title('Old title', 'New') }, '[[id:new][New]] [[id:new][mine]] [[id:new::*h]]'],
  ['by title', 'n.md', '[[Old title]] [[old-title|x]] [[old-title#h|Old title]]', title('Old title', 'New'), '[[New]] [[New|x]] [[New#h|New]]'],
  ['by title, when a link cannot hold the new one', 'n.md', '[[Old title]]', title('Old title', 'A | B'), '[[old-file]]'],
  ['by file name, when only the title changes', 'n.md', '[[old-file]] [[old-file|Old title]]', title('Old title', 'New'), '[[old-file]] [[old-file|New]]'],
  ['by file name', 'n.md', '[[sub/old-file.md#h]] [t](sub/old-file.md) [t](sub/old-file.md#h)', { stem: { from: 'old-file', to: 'new file' } }, '[[sub/new file.md#h]] [t](sub/new%20file.md) [t](sub/new%20file.md#h)'],
  ['by file', 'n.org', '[[file:sub/old-file.org::12][x]]', { stem: { from: 'old-file', to: 'new' } }, '[[file:sub/new.org::12][x]]'],
  ['not in code', 'n.md', '`[[Old title]]`', title('Old title', 'New'), '`[[Old title]]`'],
];
for (const [what, path, before, names, after] of links) {
  test(`links follow: ${what}`, () => {
    assert.equal(applied(before, renamedLinks(path, before, names, 'old-file', () => true)), after);
    assert.equal(applied(before, renamedLinks(path, before, names, 'old-file', () => false)), before, 'links to others stay');
  });
}

test('a link as each format has it', () => {
  const note = { id: 'x', title: 'A [good] title', path: '/n/the-file.org', kind: 'file' } as const;
  const looks = { hasOwnId: true, describes: false };
  assert.equal(linkText('org', note, looks, './the-file.org'), '[[id:x][A good title]]');
  assert.equal(linkText('org', note, { ...looks, hasOwnId: false }, './the-file.org'), '[[file:./the-file.org][A good title]]');
  assert.equal(linkText('markdown', note, looks, ''), '[[the-file]]');
  assert.equal(linkText('markdown', note, { ...looks, describes: true }, ''), '[[the-file|A good title]]');
  assert.equal(linkText('markdown', { ...note, kind: 'heading' }, looks, ''), '[[A good title]]');
});
