import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanLog } from '../../../../src/core/review/log/index.ts';

/** Open, done and wontfix words that a file declares; null for the usual ones. */
const table: [name: string, text: string, words: [string, string, string] | null][] = [
  ['nothing', '* a', null],
  ['an empty line', '#+TODO:\n', null],
  ['fast keys and logging', '#+TODO: TODO(t) STARTED(s!) | DONE(d!) WONTFIX(w@/!)', ['TODO STARTED', 'DONE', 'WONTFIX']],
  ['no bar', '#+TYP_TODO: A B C', ['A B', 'C', '']],
  ['one word', '#+TODO: TODO', ['', 'TODO', '']],
  ['several lines', '#+TODO: A | B\n* x\n  #+seq_todo: C D | CANCELLED', ['A C D', 'B', 'CANCELLED']],
  ['CRLF', '#+TODO: A | B\r\n', ['A', 'B', '']],
  ['in a block', '#+begin_src x\n#+TODO: A | B\n#+end_src\n', null],
  ['in a block never closed', '#+begin_src x\n#+TODO: A | B\n* x\n#+end_src\n', ['A', 'B', '']],
  ['after a block', '#+begin_src x\n#+TODO: A | B\n#+end_src\n#+TODO: C | D\n', ['C', 'D', '']],
  ['two blocks in two sections', '* a\n#+begin_a\n* b\n#+BEGIN_a\n#+TODO: A | B\n#+END_a\n', null],
  ['not at the line start', 'see #+TODO: A | B', null],
  ['with a byte order mark', '\ufeff#+TODO: A | B', ['A', 'B', '']],
];

for (const [name, text, words] of table) {
  test(`keywords: ${name}`, () => {
    const { declared, states } = scanLog(text).keywords;
    const of = (state: string) => [...states].filter(([, value]) => value === state).map(([word]) => word).join(' ');
    assert.deepEqual(declared ? [of('todo'), of('done'), of('wontfix')] : null, words);
  });
}

test('settings behind an entry are no part of it', () => {
  const text = '* TODO [[file:a]]\ntext\n#+STARTUP: overview\n#+TODO: TODO | DONE\n* DONE [[file:b]]\n  #+TAGS: x\n';
  assert.deepEqual(scanLog(text).entries.map(({ span, text: comment }) => [text.slice(span.start, span.end), comment]), [['* TODO [[file:a]]\ntext\n', 'text'], ['* DONE [[file:b]]\n', '']]);
});
