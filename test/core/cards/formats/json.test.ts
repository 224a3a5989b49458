import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { exportText, importText, type ExchangeCard } from '../../../../src/core/cards/formats/index.ts';
import { readLenientJson } from '../../../../src/core/cards/formats/lenientJson.ts';
import { proportionate } from '../../../helpers/proportionate.ts';

const read = (text: string) => importText(text, 'json');
/** Question, answer, and what else there is. */
const shown = (text: string) => read(text).cards.map(({ question, answer, ...rest }) => (Object.keys(rest).length === 0 ? [question, answer] : [question, answer, rest]));

describe('cards are found however they are written', () => {
  const ab = [['a', 'b']];
  const cases: [string, string, unknown[]][] = [
    ['an array', '[{"question":"a","answer":"b","tags":["x","y"],"notes":"n"}]', [['a', 'b', { tags: ['x', 'y'], notes: 'n' }]]],
    ['wrapped', '{"cards":[{"question":"a","answer":"b"}]}', ab],
    ['wrapped twice, with a deck and tags for all', '{"deck":"ts","data":{"flashcards":[{"front":"a","back":"b"}],"tags":"x, y z"}}', [['a', 'b', { project: 'ts', tags: ['x', 'y z'] }]]],
    ['a wrapper with a topic and a prompt is no card', '{"topic":"ts","prompt":"make cards","cards":[{"q":"a","a":"b"}]}', [['a', 'b', { project: 'ts' }]]],
    ['one object', '{"question":"a","answer":"b"}', ab],
    ['lines', '{"question":"a","answer":"b"}\n{"question":"c","answer":"d"}', [['a', 'b'], ['c', 'd']]],
    ['several arrays', '[{"question":"a","answer":"b"}] and [{"question":"c","answer":"d"}]', [['a', 'b'], ['c', 'd']]],
    ['prose and a fence around', 'Sure! Here are [2] cards {see below}:\n```json\n[{"question":"a","answer":"b"}]\n```\nHope it\'s "fine".', ab],
    ['trailing commas', '[{"question":"a","answer":"b",},]', ab],
    ['missing commas', '[{"question":"a"\n"answer":"b"} {"question":"c" "answer":"d"}]', [['a', 'b']]],
    ['comments', '[// one\n{"question":/* q */"a", // x\n"answer":"b"}]', ab],
    ['single quotes', "[{'question':'it\\'s a','answer':'b'}]", [["it's a", 'b']]],
    ['an apostrophe inside', "[{'question':'it's a','answer':'b'}]", [["it's a", 'b']]],
    ['typographic quotes', '[{“question”:“a”,“answer”:“b”},{‘question’:‘c’,‘answer’:‘d’}]', [['a', 'b'], ['c', 'd']]],
    ['bare keys', '[{question:"a",answer:"b",tags:null}]', ab],
    ['line breaks in strings', '[{"question":"a","answer":"b\nc",}]', [['a', 'b\nc']]],
    ['quotes in strings', '[{"question":"what is "x" here","answer":"b",}]', [['what is "x" here', 'b']]],
    ['escapes', '[{"question":"\\u0061\\n\\"\\\\","answer":"\\d+ \\/",}]', [['a\n"\\', '\\d+ /']]],
    ["Python's words", "[{'question':'a','answer':'b','notes':None,'suspended':True}]", [['a', 'b', { suspended: true }]]],
    ['numbers as texts', '[{"question":1,"answer":2.5}]', [['1', '2.5']]],
    ['answers as lines', '[{"question":"a","answer":["b","c"]}]', [['a', 'b\nc']]],
    ['other names', '[{"Front":"a","BACK":"b","Deck":"d","note":"n"}]', [['a', 'b', { project: 'd', notes: 'n' }]]],
    ['clozes need no answer', '[{"text":"{{c1::a}} b"}]', [['{{c1::a}} b', '', { kind: 'cloze' }]]],
    ['a name that is special in JavaScript', '[{"__proto__":{"x":1},"question":"a","answer":"b",}]', ab],
    ['a mark at the beginning', '\uFEFF[{"question":"a","answer":"b"}]', ab],
    ['nothing', 'no cards here [1] {}', []],
  ];
  for (const [name, text, expected] of cases) test(name, () => assert.deepEqual(shown(text), expected));
});

describe('what is wrong is named, the rest is kept', () => {
  const cases: [string, string, unknown[], string[], number][] = [
    ['a card without an answer', '[{"question":"a","answer":"b"},{"question":"c"},{"answer":"x"},5,{"other":1}]', [['a', 'b']], ['card 2: It has no answer.', 'card 3: It has no question.', 'card 4: It has no question.', 'card 5: It has no question.'], 0],
    ['blank texts', '[{"question":" ","answer":"b"}]', [], ['card 1: It has no question.'], 0],
    ['cut off in a string', '[{"question":"a","answer":"b"},{"question":"c","answer":"d', [['a', 'b']], ['the end: The text is cut off; one card is incomplete and left out.'], 1],
    ['cut off after a card', '{"cards":[{"question":"a","answer":"b"},', [['a', 'b']], ['the end: The text is cut off; the cards before are complete.'], 0],
    ['cut off in a key', '[{"question":"a","answer":"b"},{"que', [['a', 'b']], ['the end: The text is cut off; one card is incomplete and left out.'], 1],
    ['cut off in tags', '```\n[{"question":"a","answer":"b"},{"question":"c","answer":"d","tags":["x', [['a', 'b']], ['the end: The text is cut off; one card is incomplete and left out.'], 1],
    ['damaged in the middle', '[{"question":"a","answer":"b"},\n{"question":"c", @@@},\n{"question":"e","answer":"f"}]', [['a', 'b'], ['e', 'f']], ['card 2: It is damaged.', 'line 2: Here it stops being JSON; reading went on after it.'], 0],
  ];
  for (const [name, text, expected, problems, cut] of cases) {
    test(name, () => {
      assert.deepEqual(shown(text), expected);
      const result = read(text);
      assert.deepEqual(result.problems.map(({ at, message }) => `${at}: ${message}`), problems);
      assert.equal(result.cut, cut);
    });
  }
});

test('every cut of a text offers all cards that are complete before it', () => {
  const cards = Array.from({ length: 5 }, (_, i) => ({ question: `q${i} "quoted" {[,`, answer: `a${i}\n\\`, tags: ['x', 'y'], project: 'p' }));
  const text = `Here:\n\`\`\`json\n${JSON.stringify(cards, null, 1)}\n\`\`\``;
  for (let end = 0; end < text.length; end++) {
    const part = text.slice(0, end);
    const complete = part.split('"project": "p"\n }').length - 1;
    const result = read(part);
    assert.equal(result.cards.length, complete, part.slice(-40));
    assert(result.cut <= 1);
  }
});

const cardsThatRoundTrip = fc.array(
  fc.record(
    {
      question: fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== '' && !text.includes('\0')),
      answer: fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== '' && !text.includes('\0')),
      kind: fc.constantFrom('basic' as const, 'typed' as const, 'code' as const, 'reversed' as const),
      tags: fc.uniqueArray(fc.stringMatching(/^[a-z ]{0,6}[a-z]$/).map((tag) => tag.trim()), { minLength: 1 }),
      notes: fc.string({ minLength: 1 }).filter((text) => text !== '' && !text.includes('\0')),
      id: fc.uuid(),
    },
    { requiredKeys: ['question', 'answer', 'kind'], noNullPrototype: true },
  ),
);

test('what is written is JSON and read back as it was', () => {
  fc.assert(
    fc.property(cardsThatRoundTrip, (cards) => {
      const text = exportText(cards, 'json');
      JSON.parse(text);
      assert.deepEqual(read(text).cards, cards);
      // The lenient way gives the same as the strict one.
      assert.deepEqual(JSON.parse(JSON.stringify(readLenientJson(`x ${text}`).values)), [JSON.parse(text)]);
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('schedules, siblings and sources come back', () => {
  const card: ExchangeCard = {
    question: 'a', answer: 'b', kind: 'reversed', id: 'card-1.2', note: { id: 'card-1', ordinal: 1 }, createdAt: 1_700_000_000_001, modifiedAt: 1_700_000_000_002, suspended: true, flag: 2,
    source: { file: '/x/a.ts', startLine: 1, endLine: 2, code: 'x' },
    schedule: { algorithm: 'leitner', state: 'review', due: 1_700_000_000_003, interval: 4.5, ease: 2.1, reps: 3, lapses: 1, box: 3, stability: 1.5, difficulty: 2.5, lastReview: 1_700_000_000_000 },
  };
  assert.deepEqual(read(exportText([card], 'json')).cards, [card]);
  assert.deepEqual(importText(exportText([card], 'csv'), 'csv').cards, [card]);
});

test('hostile texts take time in proportion to their length', () => {
  for (const unit of ['[', '{', '["', '{"a":', '[{"question":"', '"', "'", '//', '/* ', '[1,', '[x ', '{"a" ', '\\', '[" "']) proportionate({ n: 100_000, make: (n) => unit.repeat(n / unit.length), run: read });
});

test('depth has a limit and the cards inside are still found', () => {
  assert.deepEqual(shown(`${'['.repeat(1000)}{"question":"a","answer":"b"}`), [['a', 'b']]);
});
