import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exportText, importText } from '../../../../src/core/cards/formats/index.ts';

const shown = (text: string) => importText(text, 'markdown').cards.map(({ question, answer, ...rest }) => (Object.keys(rest).length === 0 ? [question, answer] : [question, answer, rest]));

describe('forms of Markdown', () => {
  const cases: [string, string, unknown[]][] = [
    ['one line', 'a::b\n', [['a', 'b']]],
    ['one line, both ways', 'a:::b\n', [['a', 'b', { kind: 'reversed' }]]],
    ['lines', 'a\nb\n?\nc\nd\n\nprose\n', [['a\nb', 'c\nd']]],
    ['lines, both ways', 'a\n??\nb\n', [['a', 'b', { kind: 'reversed' }]]],
    ['several in a list', '- a::b\n- c::d\n', [['a', 'b'], ['c', 'd']]],
    ['clozes', 'The ==sky== is ==blue==.\n\n{{c2::x}} y\n', [['The {{c1::sky}} is {{c2::blue}}.', '', { kind: 'cloze' }], ['{{c2::x}} y', '', { kind: 'cloze' }]]],
    ['decks', 'not::a card\n\n#flashcards/lang/fr\n\na::b\n\n#flashcards\n\nc::d #flashcards/x\n', [['a', 'b', { project: 'lang/fr' }], ['c', 'd', { project: 'x' }]]],
    ['no cards in code', '```cpp\nstd::vector\n\na::b\n```\n\n`x::y`\n\n`x::y`::z\n', [['`x::y`', 'z']]],
    ['code with blank lines in an answer', 'a\n?\n```\nx\n\n?\ny\n```\nend\n', [['a', '```\nx\n\n?\ny\n```\nend']]],
    ['no comparison is a cloze', 'if a == b or c == d\n', []],
    ['a colon too many', 'a::::b\n', []],
  ];
  for (const [name, text, expected] of cases) test(name, () => assert.deepEqual(shown(text), expected));
});

test("the plugin's schedule is taken over", () => {
  const [card] = importText('a::b\n<!--SR:!2024-03-01,13,290-->\n', 'markdown').cards;
  assert.deepEqual([card?.question, card?.answer, card?.schedule?.due, card?.schedule?.interval, card?.schedule?.ease, card?.schedule?.algorithm], ['a', 'b', Date.UTC(2024, 2, 1), 13, 2.9, 'sm2']);
});

test('as it is written', () => {
  assert.equal(
    exportText([
      { question: 'a', answer: 'b', project: 'ts' },
      { question: 'c', answer: 'd', kind: 'reversed', project: 'ts', id: 'card-1' },
      { question: '{{c1::x}} y', answer: '', kind: 'cloze' },
      { question: 'long', answer: 'one\n\ntwo', tags: ['t'] },
    ], 'markdown'),
    '#flashcards/ts\n\na::b\n\nc:::d\n<!--card {"id":"card-1"}-->\n\n#flashcards\n\n{{c1::x}} y\n\nlong\n?\none\n<!-- -->\ntwo\n<!--card {"tags":["t"]}-->\n',
  );
});
