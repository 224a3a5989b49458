import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { exportText, importText } from '../../../../src/core/cards/formats/index.ts';

const read = (text: string) => importText(text, 'csv');
const shown = (text: string) => read(text).cards.map(({ question, answer, project, tags, notes, id }) => [question, answer, project, tags, notes, id].filter((part) => part !== undefined));

describe('tables as they come', () => {
  const cases: [string, string, unknown[]][] = [
    ['a header in any order', 'Answer,Tags,Question\r\nb,"x,y",a\r\n', [['a', 'b', ['x', 'y']]]],
    ['no header', 'a,b\nc,d,deck,x y,note\n', [['a', 'b'], ['c', 'd', 'deck', ['x', 'y'], 'note']]],
    ['semicolons', 'front;back\n"a;1";"b, c"\n', [['a;1', 'b, c']]],
    ['tabs', 'a\tb, c; d\ne\tf\n', [['a', 'b, c; d'], ['e', 'f']]],
    ['quotes, line breaks, blank rows', 'question,answer\n"say ""hi""","line 1\r\nline 2"\n\n"",x\n', [['say "hi"', 'line 1\r\nline 2']]],
    ['no line end at the end, a mark at the beginning', '\uFEFFquestion,answer\na,b', [['a', 'b']]],
    ["Anki's directives", '#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\ng1\tBasic\tLang::Fr\t<b>a</b>\tb &amp; c<br>d\tx y\n', [['**a**', 'b & c\nd', 'Lang::Fr', ['x', 'y'], 'g1']]],
    ["Anki's deck and tags for all", '#separator:Semicolon\n#html:false\n#deck:D\n#tags:x y\n<a>;b\n', [['<a>', 'b', 'D', ['x', 'y']]]],
    ["Anki's columns", '#separator:Pipe\n#columns:Back|Front\nb|a\n', [['a', 'b']]],
    ["Excel's separator", 'sep=;\nquestion;answer\na;b\n', [['a', 'b']]],
    ['an apostrophe of ours goes, one of theirs stays', "question,answer\n'=1+1,'tis\n", [['=1+1', "'tis"]]],
  ];
  for (const [name, text, expected] of cases) test(name, () => assert.deepEqual(shown(text), expected));
});

test('what is wrong is named by line', () => {
  const result = read('question,answer\na,b\n"x\ny",\nc,d\n"never closed,e\nf,g\n');
  assert.deepEqual(result.cards.map(({ question }) => question), ['a', 'c']);
  assert.deepEqual(result.problems.map(({ at }) => at), ['line 3', 'line 6']);
  assert.equal(result.cut, 1);
});

const text = fc.oneof(fc.string({ minLength: 1 }), fc.stringMatching(/^['=+\-@\t\r\n",;]{1,3}[a-z"\n]{0,4}$/)).filter((value) => value.trim() !== '' && !value.includes('\0'));

test('what is written comes back as it was, and no cell is a formula', () => {
  const card = fc.record({ question: text, answer: text, kind: fc.constantFrom('basic' as const, 'typed' as const), notes: text, project: fc.stringMatching(/^[=a-z][a-z:]{0,5}$/), tags: fc.uniqueArray(fc.stringMatching(/^[=a-z-][a-z ]{0,5}[a-z]$/), { minLength: 1 }) }, { requiredKeys: ['question', 'answer', 'kind'], noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(card, { minLength: 1 }), (cards) => {
      const csv = exportText(cards, 'csv');
      assert.deepEqual(read(csv).cards, cards);
      const cells = [...csv.matchAll(/(?:,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
      assert(cells.length >= 25 && cells.every((cell) => !/^[=+\-@\t\r]/.test(cell)), csv);
    }),
    { seed: 7, numRuns: 300, examples: [[[{ question: '=cmd|\' /C calc\'!A0', answer: "'=x", kind: 'basic' }]]] },
  );
  assert.match(exportText([{ question: '=1+1', answer: '-2' }], 'csv'), /\r\n,'=1\+1,'-2,/);
});
