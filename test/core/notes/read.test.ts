import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decide, fileIdOf, isNewId, mergeAppended, newNoteText, notesIn, parseNote, slugOf, textOf, withIndex, withVisibility, type Mark } from '../../../src/core/notes/index.ts';
import { nodeHasher } from '../../../src/adapters/node/hash.ts';

const never = () => false;
const isPublic = (path: string, text: string) => notesIn(parseNote(path, text), path, never, 'all').map((note) => `${note.id} ${note.isPublic ? 'public' : 'private'}`).join(', ');

const opened = '#+filetags: :PUBLIC:\n* H\n';
const id = ':PROPERTIES:\n:ID: h\n:END:\n';
const org = [
  ['nothing said', '#+title: T\n', 'n private'],
  ['file tag', '#+filetags: :PUBLIC:\n', 'n public'],
  ['file tags in any case of the keyword', '#+FILETAGS: :a:PUBLIC:b:\n', 'n public'],
  ['lower-case tag', '#+filetags: :public:\n', 'n private'],
  ['a longer tag', '#+filetags: :PUBLICATION:NOTPUBLIC:\n', 'n private'],
  ['letters that look alike', '#+filetags: :РUBLIC:\n', 'n private'],
  ['property', ':PROPERTIES:\n:PUBLIC: t\n:END:\n', 'n public'],
  ['property of another value', ':PROPERTIES:\n:PUBLIC: yes please\n:END:\n', 'n private'],
  ['property, added to', ':PROPERTIES:\n:PUBLIC: t\n:PUBLIC+: t\n:END:\n', 'n private'],
  ['visibility', ':PROPERTIES:\n:VISIBILITY: public\n:END:\n', 'n public'],
  ['visibility of the team', ':PROPERTIES:\n:VISIBILITY: team\n:END:\n#+filetags: :PUBLIC:\n', 'n private'],
  ['drawer that is not at the top', 'text\n:PROPERTIES:\n:PUBLIC: t\n:END:\n', 'n private'],
  ['drawer with a blank line', ':PROPERTIES:\n:ID: x\n\n:END:\n#+filetags: :PUBLIC:\n', 'n private'],
  ['keyword in a block', '#+begin_src org\n#+filetags: :PUBLIC:\n#+end_src\n', 'n private'],
  ['keyword after a block without an end', '#+begin_src org\n#+filetags: :PUBLIC:\n', 'n public'],
  ['keyword below a headline', '* H\n#+filetags: :PUBLIC:\n', 'n private'],
  ['public headline', '* H :PUBLIC:\n:PROPERTIES:\n:ID: h\n:END:\n** I\n:PROPERTIES:\n:ID: i\n:END:\n* J\n:PROPERTIES:\n:ID: j\n:END:\n', 'n private, h public, i public, j private'],
  ['private headline in a public file', '#+filetags: :PUBLIC:\n* H :PRIVATE:\n:PROPERTIES:\n:ID: h\n:END:\n** I :PUBLIC:\n:PROPERTIES:\n:ID: i\n:PUBLIC: t\n:END:\n', 'n public, h private, i private'],
  ['two headlines with planning', '#+filetags: :PUBLIC:\n* TODO H\nDEADLINE: <2026-01-01>\n:PROPERTIES:\n:ID: h\n:PUBLIC: nil\n:END:\n', 'n public, h private'],
  ['stray bytes', '#+filetags: :PUBLIC:\n\udcff\n', 'n private'],
  ['property PRIVATE', `${opened}:PROPERTIES:\n:ID: h\n:PRIVATE: t\n:END:\n`, 'n public, h private'],
  ['property PRIVATE that says no', `${opened}:PROPERTIES:\n:ID: h\n:PRIVATE: nil\n:END:\n`, 'n public, h public'],
  ['property PRIVATE of the file', ':PROPERTIES:\n:PRIVATE: t\n:END:\n#+filetags: :PUBLIC:\n', 'n private'],
  ['how Org folds a heading', `${opened}:PROPERTIES:\n:ID: h\n:VISIBILITY: folded\n:END:\n`, 'n public, h public'],
  ['tags with accents of their own', `#+filetags: :PUBLIC:\n* H :Bu\u0308cher:PRIVATE:\n${id}`, 'n public, h private'],
  ['PRIVATE beside what Org takes for no tag', `#+filetags: :PUBLIC:\n* H :my-pay:private:\n${id}`, 'n public, h private'],
  ['PRIVATE before the end of a headline', `#+filetags: :PUBLIC:\n* H :PRIVATE: [1/2]\n${id}`, 'n public, h private'],
  ['PUBLIC before the end of a headline', `* H :PUBLIC: [1/2]\n${id}`, 'n private, h private'],
  ['drawer below a blank line', `${opened}${id}* I\n\n:PROPERTIES:\n:PUBLIC: nil\n:END:\n** J\n:PROPERTIES:\n:ID: j\n:END:\n`, 'n public, h public, j private'],
  ['drawer below the title', '#+title: T\n:PROPERTIES:\n:VISIBILITY: private\n:END:\n#+filetags: :PUBLIC:\n', 'n private'],
  ['drawer in a block', `${opened}${id}#+begin_example\n:PUBLIC: nil\n#+end_example\n`, 'n public, h public'],
  ['PRIVATE below a headline, which Org takes for the file', '#+filetags: :PUBLIC:\n* H\n#+filetags: :PRIVATE:\n', 'n private'],
  ['keyword in a verse', '#+begin_verse\n#+filetags: :PUBLIC:\n#+end_verse\n', 'n private'],
  ['Windows line ends', ':PROPERTIES:\r\n:ID: w\r\n:END:\r\n#+filetags: :PUBLIC:\r\n', 'w public'],
] as const;
const markdown = [
  ['nothing said', '# T\n', 'n private'],
  ['tag', '---\ntags: [a, PUBLIC]\n---\n', 'n public'],
  ['list of tags', '---\ntags:\n  - a\n  - PUBLIC\n---\n', 'n public'],
  ['public', '---\npublic: true\n---\n', 'n public'],
  ['visibility', '---\nvisibility: public\n---\n', 'n public'],
  ['no', '---\npublic: false\ntags: [PUBLIC]\n---\n', 'n private'],
  ['true in another way', '---\npublic: !!bool true\n---\n', 'n private'],
  ['twice', '---\npublic: true\npublic: true\n---\n', 'n private'],
  ['nested', '---\nmeta:\n  public: true\n---\n', 'n private'],
  ['not at the top', '\n---\npublic: true\n---\n', 'n private'],
  ['no end', '---\npublic: true\n', 'n private'],
  ['a word in the text', '#PUBLIC\n', 'n private'],
  ['private', '---\ntags: [PUBLIC]\nprivate: true\n---\n', 'n private'],
  ['private that says no', '---\ntags: [PUBLIC]\nprivate: false\n---\n', 'n public'],
  ['a private tag on a line of tags', '---\npublic: true\n---\nx\n#work #Private/pay\n', 'n private'],
  ['private in a list that has no end of its own', '---\npublic: true\naliases: [a,\nprivate: true]\n---\n', 'n private'],
  ['private tags behind each other', '---\npublic: true\n---\n  #a #private/health\n', 'n private'],
  ['a private tag before words', '---\npublic: true\n---\n#private is a word\n', 'n public'],
  ['a private tag behind a heading', '---\npublic: true\n---\n## Pay #private\r\n', 'n private'],
  ['a word in a sentence', '---\npublic: true\n---\nA #private field.\n', 'n public'],
  ['a private tag in code', '---\npublic: true\n---\n`#private`\n', 'n public'],
  ['a tag below private', '---\ntags: [PUBLIC, private/health]\n---\n', 'n private'],
  ['words that are one tag', '---\ntags:\n  - not PUBLIC yet\n---\n', 'n private'],
  ['words that are several tags', '---\ntags: work PUBLIC\n---\n', 'n public'],
  ['tags that are something else', '---\ntags:\n  - name: PUBLIC\n---\n', 'n private'],
  ['PRIVATE among words', '---\npublic: true\ntags:\n  - really PRIVATE\n---\n', 'n private'],
  ['a list in several lines', '---\ntags: [\n  a, # first\n  PUBLIC,\n]\naliases: [\n  b\n]\n---\n', 'n public'],
  ['a list without an end', '---\ntags: [\n  PUBLIC\n---\n', 'n private'],
] as const;

test('the gate opens for the marks that are known, and for nothing else', () => {
  for (const [name, text, expected] of org) assert.equal(isPublic('n.org', text), expected, `org: ${name}`);
  for (const [name, text, expected] of markdown) assert.equal(isPublic('n.md', text), expected, `Markdown: ${name}`);
});

test('doubt closes: a broken file, a double id, a closed parent, any mark that says no', () => {
  const yes: Mark = { kind: 'tag', name: 'PUBLIC', value: '' };
  const marks = fc.array(fc.oneof(fc.constant(yes), fc.record({ kind: fc.constantFrom('tag' as const, 'property' as const, 'broken' as const), name: fc.constantFrom('PUBLIC', 'VISIBILITY', 'public', 'PRIVATE'), value: fc.constantFrom('t', 'true', 'public', 'nil', '') })));
  fc.assert(fc.property(marks, fc.boolean(), fc.boolean(), (given, isDuplicate, isBroken) => {
    const open = decide({ marks: given, isDuplicate, isBroken, parent: undefined });
    const closedBy = decide({ marks: [yes, ...given], isDuplicate: true, isBroken, parent: undefined });
    assert.equal(closedBy.isPublic, false);
    assert.equal(decide({ marks: [yes, ...given], isDuplicate, isBroken, parent: closedBy }).isPublic, false);
    if (isBroken || isDuplicate || given.some(({ kind }) => kind === 'broken') || given.length === 0) assert.equal(open.isPublic, false);
  }), { seed: 1, numRuns: 500 });
});

test('titles, aliases, tags, ids and links are read', () => {
  const note = parseNote('/n/x.org', '# comment\n:PROPERTIES:\n:ID: x-1\n:ROAM_ALIASES: one "two words"\n:END:\n#+title: The [[id:q][title]]\n#+filetags: :a:b:\n[[id:p][P]] =[[id:no]]= [[file:sub/y.org::*H]] [[Title here]] [[https://example.org]]\n#+begin_example\n[[id:no]]\n#+end_example\n* TODO [#A] Head [[id:h]] :c:\n: [[id:no]]\n[[roam:R]]\n');
  const [file, head] = note.sections;
  assert.deepEqual([file.id, file.title, file.tags, file.aliases], ['x-1', 'The title', ['a', 'b'], ['one', 'two words']]);
  assert.deepEqual(file.links.map(({ kind, target }) => `${kind}:${target}`), ['id:p', 'file:sub/y.org', 'title:Title here']);
  assert.deepEqual([head?.title, head?.tags, head?.links.map(({ target }) => target)], ['Head id:h', ['c'], ['h', 'R']]);
  const md = parseNote('/n/m.md', '---\ntitle: "M"\naliases: [Em]\ntags: one\n---\n# Not\n[[A|a]] [[dir/B#H]] [[#here]] [x](../c%20d.md#h) `[[no]]` #two\n```\n[[no]] #no\n```\n[w](https://example.org)\n');
  assert.deepEqual([md.sections[0].title, md.sections[0].aliases, md.sections[0].tags], ['M', ['Em'], ['one', 'two']]);
  assert.deepEqual(md.sections[0].links.map(({ kind, target }) => `${kind}:${target}`), ['title:A', 'title:B', 'file:../c d.md']);
  const front = parseNote('/n/f.md', '---\naliases: one, two words\nalias: "a, b"\ntags: x, y\n---\n[[../work/Todo|t]]\n').sections[0];
  assert.deepEqual([front.aliases, front.tags, front.links], [['one', 'two words', 'a, b'], ['x', 'y'], [{ kind: 'title', target: 'Todo', folder: 'work', description: 't' }]]);
  assert.equal(parseNote('a/My note.md', 'x').sections[0].title, 'My note');
  assert.deepEqual([fileIdOf(undefined, 'a/My_Note.org'), slugOf('Ünïcode: ok!')], ['my-note', 'ünïcode-ok']);
});

test('a new note has its id in the drawer that its content begins with', () => {
  const note = { id: 'made', title: 'Made', content: ':PROPERTIES:\n:ROAM_REFS: https://example.org\n:END:\n\nBody.\n', tags: ['x'] };
  const text = newNoteText(note, 'org');
  assert.equal(text, ':PROPERTIES:\n:ID:       made\n:ROAM_REFS: https://example.org\n:END:\n#+title: Made\n#+filetags: :x:\n\nBody.\n');
  assert.equal(newNoteText({ ...note, content: 'Body.\n', askedId: 'other' }, 'org').split('\n')[2], ':ASKED_ID: other');
});

test('ids of new notes have no ways out and no look-alikes', () => {
  for (const id of ['a', 'mcp-server-patterns', 'A_1']) assert(isNewId(id), id);
  for (const id of ['', '..', 'a/b', 'a\\b', '.a', 'a.b', 'а', 'a\u0000', 'con', 'a b', '-a', 'x'.repeat(101), 'a\u200b', '％2e']) assert(!isNewId(id), id);
});

test('publishing and taking it back changes only lines with marks', () => {
  const texts: [string, string][] = [...org.map(([, text]) => ['n.org', text] as [string, string]), ...markdown.map(([, text]) => ['n.md', text] as [string, string]), ['n.org', ':PROPERTIES:\n:ID: x\n:END:\n#+title: T\n\nText.\n'], ['n.md', 'plain']];
  for (const [path, text] of texts) {
    const note = parseNote(path, text);
    const opened = withVisibility(note, note.sections[0], true);
    if (note.problem === undefined && !note.sections[0].marks.some(({ kind, isStray }) => kind === 'broken' || isStray)) assert.match(isPublic(path, opened), /^\S+ public/, opened);
    const closed = withVisibility(parseNote(path, opened), parseNote(path, opened).sections[0], false);
    assert.match(isPublic(path, closed), /^\S+ private/, closed);
    const rest = (of: string) => of.split(/\r?\n/).filter((line) => !/public|private|filetags|visibility|^---$|tags|^\s+- |^$/i.test(line)).join('\n');
    assert.equal(rest(opened), rest(text));
  }
});

test('what both appended is kept; anything else is a conflict', () => {
  const hash = (text: string) => nodeHasher.sha256(text);
  assert.equal(mergeAppended(nodeHasher, hash('a\n'), 'a\nb\n', 'a\nc\n'), 'a\nb\nc\n');
  assert.equal(mergeAppended(nodeHasher, hash('a'), 'a\nb', 'a\nc'), 'a\nb\nc');
  assert.equal(mergeAppended(nodeHasher, hash('a\n'), 'x\n', 'a\nc\n'), undefined);
  fc.assert(fc.property(fc.array(fc.string()), fc.array(fc.string()), fc.array(fc.string(), { minLength: 1 }), (mine, theirs, base) => {
    const text = (lines: readonly string[]) => lines.map((line) => `${line.replace(/\n/g, '')}\n`).join('');
    assert.equal(mergeAppended(nodeHasher, hash(text(base)), text(base) + text(theirs), text(base) + text(mine)), text(base) + text(theirs) + text(mine));
  }), { seed: 2, numRuns: 200 });
});

test('the generated list is replaced, and the text around it stays', () => {
  const first = withIndex('Mine.\n', '* A\n', 'org');
  const around = first.replace('Mine.', 'Still mine.') + 'Below.\n';
  assert.equal(withIndex(around, '* B\n', 'org'), around.replace('* A\n', '* B\n'));
});

test('hidden parts are never in the text that may be seen', () => {
  const line = fc.constantFrom('* H\n', '** H\n', '*** H\n', '* S :PRIVATE:\n', '** S :PRIVATE:\n', '* P :PUBLIC:\n', 'text\n', '#+begin_src x\n', '#+end_src\n', ':PROPERTIES:\n', ':PUBLIC: nil\n', ':ID: x\n', ':END:\n', '\n');
  fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
    let level = 0;
    const secret = lines.map((each) => {
      const stars = /^\*+/.exec(each)?.[0].length;
      if (stars !== undefined && (level === 0 || stars <= level)) level = each.includes('PRIVATE') ? stars : 0;
      return level > 0 && !each.startsWith('*') && each === 'text\n' ? 'secret\n' : each;
    });
    const note = parseNote('n.org', `#+filetags: :PUBLIC:\n${secret.join('')}`);
    for (const seen of notesIn(note, 'n.org', never, 'public')) assert(!textOf(note.text, seen).includes('secret'));
  }), { seed: 3, numRuns: 2000 });
});
