import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { facesOf, kindOf, ordinalsOf, privateMarks } from '../../../src/core/cards/faces.ts';
import type { CardKind } from '../../../src/core/cards/model.ts';
import { proportionate } from '../../helpers/proportionate.ts';

describe('what is asked', () => {
  const cases: { kind: CardKind; question: string; answer?: string; faces: [front: string, back: string][] }[] = [
    { kind: 'basic', question: 'Q', answer: 'A', faces: [['Q', 'A']] },
    { kind: 'code', question: 'Q', answer: 'A', faces: [['Q', 'A']] },
    { kind: 'reversed', question: 'Hund', answer: 'dog', faces: [['Hund', 'dog'], ['dog', 'Hund']] },
    { kind: 'cloze', question: '{{c1::a}} and {{c2::b::letter}}', faces: [['**[…]** and b', '**a** and b'], ['a and **[letter]**', 'a and **b**']] },
    { kind: 'cloze', question: '{{c1::a}}, {{c1::b}}', answer: 'extra', faces: [['**[…]**, **[…]**', '**a**, **b**\n\nextra']] },
    { kind: 'cloze', question: '{{c3::only three}}', faces: [['**[…]**', '**only three**']] },
    { kind: 'cloze', question: '`{{c1::std::vector}}`', faces: [['`**[vector]**`', '`**std**`']] },
    { kind: 'cloze', question: 'no deletion {{c0::x}}', answer: 'A', faces: [['no deletion {{c0::x}}', 'no deletion {{c0::x}}\n\nA']] },
  ];
  for (const { kind, question, answer = '', faces } of cases) {
    test(`${kind}: ${question}`, () => {
      assert.deepEqual(ordinalsOf(kind, question).map((ordinal) => facesOf({ kind, ordinal, question, answer })).map(({ front, back }) => [front, back]), faces);
    });
  }
});

test('for a reader that knows them, other marks stand around the parts of a cloze', () => {
  const faces = facesOf({ kind: 'cloze', ordinal: 0, question: '```c\n{{c1::int}} x;\n```', answer: '' }, privateMarks);
  assert.deepEqual([faces.front, faces.back], ['```c\n\ue000[…]\ue001 x;\n```', '```c\n\ue000int\ue001 x;\n```']);
});

test('a typed card says what is compared', () => assert.equal(facesOf({ kind: 'typed', ordinal: 0, question: 'Q', answer: 'A' }).typed, 'A'));
test('a question with a deletion is a cloze card unless said otherwise', () => {
  assert.equal(kindOf({ question: 'a {{c1::b}}', answer: '' }), 'cloze');
  assert.equal(kindOf({ question: 'a {{c1::b}}', answer: 'x', kind: 'basic' }), 'basic');
  assert.equal(kindOf({ question: 'a', answer: 'x' }), 'basic');
});
test('cloze braces without end take time in proportion to their number', () => {
  proportionate({ n: 50_000, make: (n) => '{{c1::'.repeat(n), run: (question) => facesOf({ kind: 'cloze', ordinal: 0, question, answer: '' }) });
});
