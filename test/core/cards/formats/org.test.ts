import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { exportText, importText } from '../../../../src/core/cards/formats/index.ts';
import { proportionate } from '../../../helpers/proportionate.ts';

const shown = (text: string) => importText(text, 'org').cards.map(({ question, answer, ...rest }) => (Object.keys(rest).length === 0 ? [question, answer] : [question, answer, rest]));

describe('forms of org', () => {
  const cases: [string, string, unknown[]][] = [
    ['org-drill', '* Deck\n** A capital                  :drill:geo:\n   SCHEDULED: <2026-01-01 Thu>\n   :PROPERTIES:\n   :ID:       x-1\n   :DRILL_CARD_TYPE: twosided\n   :END:\n   What is the capital of Estonia?\n*** Answer\n    Tallinn.\n', [['A capital\n\nWhat is the capital of Estonia?', 'Tallinn.', { tags: ['geo'], id: 'x-1' }]]],
    ['anki-editor', ':PROPERTIES:\n:ANKI_DECK: All\n:END:\n* Item\n:PROPERTIES:\n:ANKI_NOTE_TYPE: Basic (and reversed card)\n:ANKI_DECK: Lang\n:ANKI_TAGS: a b\n:END:\n** Front\nchien\n** Back\ndog\n', [['chien', 'dog', { project: 'Lang', tags: ['a', 'b'], kind: 'reversed' }]]],
    ['headings without marks', '* TODO Deck\n** DONE [#A] What?\nThis.\n\n- x\n** Empty\n', [['What?', 'This.\n\n- x', { project: 'Deck' }]]],
    ['blocks of code', '* q :fc:\n  #+begin_src ts\n  ,* x\n    y\n  #+end_src\n', [['q', '```ts\n* x\n  y\n```']]],
    ['marked cards only', '* Prose\ntext\n* q :flashcard:\na\n', [['q', 'a']]],
  ];
  for (const [name, text, expected] of cases) test(name, () => assert.deepEqual(shown(text), expected));
});

test('a heading without an answer is named by its line', () => {
  assert.deepEqual(importText('* a :fc:\nb\n* c :fc:\n', 'org').problems, [{ at: 'line 3', message: 'It has no answer.' }]);
});

test('as it is written', () => {
  const text = exportText([
    { question: 'What is it?', answer: 'This.\n* that', project: 'ts', tags: ['x'], id: 'card-1', notes: 'n' },
    { question: 'Two\nlines', answer: 'a', kind: 'typed', tags: ['c++'] },
  ], 'org');
  assert.equal(text, `#+TITLE: Flashcards

* ts
** What is it?    :flashcard:x:
:PROPERTIES:
:ID:       card-1
:PROJECT:  ts
:END:
  This.
  * that
*** Notes
  n

* Cards
** Card: Two    :flashcard:
:PROPERTIES:
:KIND:     typed
:CARD_TAGS: ["c++"]
:FORMAT:   markdown
:END:
*** Question
  Two
  lines
*** Answer
  a
`);
});

/** Lines that org or Markdown could take for something else. */
const line = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('* heading', '** TODO x :fc:', ':PROPERTIES:', ':END:', ':ID: x', '```', '```ts', '#+begin_src ts', '#+end_src', '  indented', '', '?', '??', 'a::b', 'a:::b', '==x==', '{{c1::y}}', '<!-- -->', '<!--card {"x":1}-->', '#flashcards/x', '---', '\\?', '- Answer', 'Answer', 'Notes', '<!--SR:!2024-01-01,3,250-->', '~~~'));
/** Without what every reader takes off: blank lines around. */
const body = fc.array(line, { minLength: 1, maxLength: 5 }).map((lines) => lines.join('\n').replace(/[\r\0\u2028\u2029\u0085\v\f]/g, '')).filter((text) => text.trim() !== '' && text === text.replace(/^\n+|\n+$/g, ''));
const card = fc.record({ question: body.filter((text) => !/\{\{c\d+::/.test(text)), answer: body, kind: fc.constantFrom('basic' as const, 'reversed' as const, 'typed' as const), project: fc.constantFrom('ts', 'a/b', 'two words', 'a::b'), tags: fc.uniqueArray(fc.constantFrom('x', 'c++', 'two words', 'fc'), { minLength: 1 }), notes: body, id: fc.uuid() }, { requiredKeys: ['question', 'answer', 'kind'], noNullPrototype: true });

for (const format of ['org', 'markdown'] as const) {
  test(`what is written as ${format} comes back as it was`, () => {
    fc.assert(
      fc.property(fc.array(card, { maxLength: 4 }), (cards) => {
        // Cards come back by deck.
        const byDeck = (list: readonly { project?: string }[]) => [...list].sort((a, b) => (a.project ?? '').localeCompare(b.project ?? ''));
        const { cards: again, problems } = importText(exportText(cards, format), format);
        assert.deepEqual(problems, []);
        assert.deepEqual(byDeck(again).map((one) => ({ kind: 'basic', ...one })), byDeck(cards));
      }),
      { seed: 11, numRuns: 500 },
    );
  });
}

test('long lines take time in proportion to their length', () => {
  for (const unit of ['*', '* a ', ':a', '  ', '`', 'a::', '==', '==a', '{{c1::', '<!--', '[', '** ', '_a', '![', '<b ', '<b "', '&#', '\\', '~~a ']) {
    for (const format of ['org', 'markdown', 'csv'] as const) proportionate({ n: 200_000, make: (n) => unit.repeat(n / unit.length), run: (text) => importText(text, format) });
  }
});
