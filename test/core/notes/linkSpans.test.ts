import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linkAt, linkSpans, parseNote, type NoteFormat } from '../../../src/core/notes/index.ts';

/** Each link as `kind target`, with what stands at its name and at its description. */
const cases: readonly [what: string, format: NoteFormat, text: string, links: readonly string[]][] = [
  ['by id', 'org', 'a [[id:x][X y]] b', ['id x <x> "X y"']],
  ['with a search', 'org', '[[id:x::*Head][X]]', ['id x <x> "X"']],
  ['to a file', 'org', '[[file:sub/b.org::12]]', ['file sub/b.org <sub/b.org>']],
  ['to a path', 'org', '[[./b.org]]', ['file ./b.org <./b.org>']],
  ['by title', 'org', '[[A title][T]] [[roam:Other]]', ['title A title <A title> "T"', 'title Other <Other>']],
  ['with brackets', 'org', '[[file:a\\[1\\].org][a]]', ['file a[1].org <a\\[1\\].org> "a"']],
  ['not in code', 'org', '=[[id:x]]= ~[[id:y]]~\n#+begin_src org\n[[id:z]]\n#+end_src\n# [[id:c]]\n#+title: [[id:t]]\n[[id:real]]', ['id real <real>']],
  ['not to the web, and not inside the file', 'org', '[[https://example.org][w]] [[*Head]] [[#custom]]', []],
  ['with code as its description', 'org', '[[id:x][=code=]]', ['id x <x> "=code="']],
  ['wiki', 'markdown', 'a [[note]] b [[note|text]]', ['title note <note>', 'title note <note> "text"']],
  ['wiki with folder, ending and heading', 'markdown', '[[sub/note.md#Head|t]] ![[pic note]]', ['title note <note> "t"', 'title pic note <pic note>']],
  ['wiki with blanks', 'markdown', '[[ sub/ note ]]', ['title  note < note>']],
  ['to a file', 'markdown', '[text](sub/b%20c.md#h "title") [w](https://example.org)', ['file sub/b c.md <sub/b%20c.md> "text"']],
  ['not in frontmatter, code and comments', 'markdown', '---\ntitle: "[[a]]"\n---\n`[[b]]`\n```\n[[c]]\n```\n<!-- [[d]] -->\n[[e]]', ['title e <e>']],
];
for (const [what, format, text, links] of cases) {
  test(`links in ${format}: ${what}`, () => {
    const found = linkSpans(format, text).map(({ kind, target, nameStart, nameEnd, descriptionStart, descriptionEnd }) => `${kind} ${target} <${text.slice(nameStart, nameEnd)}>${descriptionStart === undefined ? '' : ` "${text.slice(descriptionStart, descriptionEnd)}"`}`);
    assert.deepEqual(found, links);
  });
}

test('the link at an offset', () => {
  const text = 'ab [[id:x][X]] cd [[id:y]]';
  assert.deepEqual([0, 2, 3, 8, 14, 15, 26].map((offset) => linkAt('org', text, offset)?.target), [undefined, undefined, 'x', 'x', 'x', undefined, 'y']);
});

test('what has a place is what a note has, in any text', () => {
  const piece = fc.constantFrom('[[id:a][b]]', '[[a|b]]', '[[', ']]', '](', '[t](f.md)', '=', '`', '```\n', '\n', ' ', 'word', '---\n', '<!--', '-->', '#+begin_src\n', '#+end_src\n', '|', '#');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), fc.constantFrom('org' as const, 'markdown' as const), (pieces, format) => {
      const text = pieces.join('');
      const path = format === 'org' ? 'n.org' : 'n.md';
      const spans = linkSpans(format, text);
      for (const { start, nameStart, nameEnd, end } of spans) assert(start < nameStart && nameStart <= nameEnd && nameEnd < end && end <= text.length);
      if (format === 'org') assert.deepEqual(spans.map(({ target }) => target).sort(), parseNote(path, text).sections.flatMap(({ links }) => links.map(({ target }) => target)).sort());
    }),
    { seed: 11, numRuns: 400 },
  );
});
