/** Org itself as the witness: titles, tags with inheritance, ids and links are read as Emacs reads them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { newNoteText, notesIn, parseNote, withVisibility } from '../../../src/core/notes/index.ts';

const skip = spawnSync('emacs', ['--version']).status === 0 ? false : 'emacs is not installed';

interface Told { title: string; tags: string[]; id: string; links: string[] }

function emacs(texts: readonly string[]): (Told & { heads: Told[] })[] {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-emacs-'));
  try {
    const files = texts.map((text, n) => {
      writeFileSync(join(folder, `${n}.org`), text);
      return join(folder, `${n}.org`);
    });
    const run = spawnSync('emacs', ['-Q', '--batch', '-l', join(import.meta.dirname, 'witness.el'), join(folder, 'out.json'), ...files], { encoding: 'utf8', timeout: 60_000, env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' } });
    assert.equal(run.status, 0, run.stderr);
    return JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as (Told & { heads: Told[] })[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const drawer = (id: string) => `:PROPERTIES:\n:ID:       ${id}\n:END:\n`;
const texts: readonly string[] = [
  `${drawer('a-1')}#+title: Plain title\n#+filetags: :PUBLIC:claude:\n\nText [[id:b][B]] and [[file:x.org::*H][X]] and [[Fuzzy]].\n`,
  `# comment\n${drawer('after-comment')}#+TITLE: Two\n#+title: lines\n#+FILETAGS: one two\n#+filetags: :three:\n`,
  `text first\n${drawer('too-late')}`,
  `#+title: T\n* One :a:\n${drawer('h1')}** TODO [#A] Two words :b:c:\nDEADLINE: <2026-01-01 Thu>\n${drawer('h2')}[[id:x]]\n*** COMMENT Three\n* Four\n\n${drawer('not-below')}* Five\n:PROPERTIES:\n:ID: five\n\n:END:\n`,
  '#+TODO: NEXT(n) WAIT | GONE\n* NEXT Step :t:\n* TODO is no keyword here\n* GONE\n* [#B] Only priority\n',
  '#+begin_src org\n#+filetags: :no:\n[[id:no]]\n#+end_src\n#+begin_quote\n[[id:yes]]\n#+end_quote\n: [[id:fixed]]\n# [[id:comment]]\n=[[id:verbatim]]= ~[[id:code]]~ *[[id:bold]]*\n#+begin_example\nno end [[id:open]]\n',
  '* H :x:\n#+begin_src sh\necho [[id:no]]\n** not a block across a headline :y:\n#+end_src\n[[id:yes]]\n',
  '* Tags at the end:x:\n* Tags :a-b:\n* :only:\n* Ünïcode :täg:a@b:#%:\n*no headline\n * no headline\n* H   :x:  \n',
  '* A\n:PROPERTIES:\n:CUSTOM: x\n:id: lower\n:END:\n* B\nCLOSED: [2026-01-01 Thu] SCHEDULED: <2026-01-02 Fri>\n  :PROPERTIES:\n  :ID: indented\n  :END:\n',
  '* a :p:\n** b\n*** c :q:\n** d :p:\n* e\n',
  '#+begin_verse\n#+filetags: :no:\n[[id:yes]]\n#+end_verse\n* Apart :Bu\u0308cher:x:\n* H :a: :b:\n* I :a: b\n',
  'x [[id:one][a]] [[id:two]] [[file:a b.org][d]] [[./rel.org]] [[https://example.org][no]]\n- list [[id:three][with [brackets] in]]\n| [[id:cell]] | y |\n',
];
// What Wheelhouse writes itself.
const written = [
  newNoteText({ id: 'made', title: 'Made', content: 'Text.\n* H :x:\n', tags: ['PUBLIC', 'two'] }, 'org'),
  newNoteText({ id: 'made', title: 'Made', content: ':PROPERTIES:\n:ROAM_REFS: https://example.org\n:END:\n\nBody.\n', tags: ['x'] }, 'org'),
  newNoteText({ id: 'made', title: 'Made', content: '#+TITLE: Own title\n#+DATE: 2025-10-02\n\nBody.\n', tags: ['x'] }, 'org'),
  ...[texts[0], texts[1], texts[3]].map((text = '') => {
    const note = parseNote('n.org', text);
    return withVisibility(note, note.sections.at(-1) ?? note.sections[0], true);
  }),
  ...texts.map((text) => {
    const note = parseNote('n.org', text);
    return withVisibility(note, note.sections[0], true);
  }),
];

test('Emacs reads the same', { skip, timeout: 90_000 }, () => {
  const all = [...texts, ...written];
  const told = emacs(all);
  const different: string[] = [];
  all.forEach((text, n) => {
    const note = parseNote('x.org', text);
    const [file, ...heads] = note.sections;
    const witness = told[n];
    assert(witness);
    const inherited = notesIn({ ...note, sections: note.sections.map((section, at) => ({ ...section, id: String(at) })) as unknown as typeof note.sections }, 'x.org', () => false, 'all');
    const links = (section: typeof file) => section.links.map(({ kind, target }) => `${kind === 'title' ? 'fuzzy' : kind}:${target}`);
    const sort = (tags: readonly string[]) => [...tags].sort();
    const [ours, theirs] = [
      [[file.title === 'x' ? '' : file.title, sort(file.tags), file.id ?? '', links(file)], ...heads.map((head, at) => [head.title, sort(inherited[at + 1]?.tags ?? []), head.id ?? '', links(head)])],
      [witness, ...witness.heads].map(({ title, tags, id, links: targets }) => [title, sort(tags), id, targets]),
    ];
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) different.push(`${text}\nours   ${JSON.stringify(ours)}\nEmacs  ${JSON.stringify(theirs)}\n`);
  });
  assert.equal(different.join('\n'), '');
});
