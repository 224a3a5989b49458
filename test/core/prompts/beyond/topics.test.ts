import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { topicsOf } from '../../../../src/core/prompts/beyond/index.ts';
import { termsOf } from '../../../../src/core/prompts/beyond/terms.ts';

const subjects: Record<string, string[]> = {
  docker: ['docker', 'container', 'image', 'compose', 'volume'],
  parser: ['parser', 'token', 'grammar', 'lexer', 'syntax'],
  timeline: ['timeline', 'bubble', 'canvas', 'zoom', 'lane'],
  billing: ['invoice', 'payment', 'refund', 'customer', 'tax'],
};
const common = ['change', 'file', 'review', 'explain', 'error', 'function', 'code', 'write'];
const names = Object.keys(subjects);
const texts = Array.from({ length: 400 }, (_, i) => {
  const own = subjects[names[i % 4]!]!;
  return [own[i % 5], common[(i >> 2) % 8], own[(i * 3 + 1) % 5], own[(i * 5 + 2) % 5], common[(i >> 5) % 8]].join(' ');
});

describe('topics', () => {
  const { topics, others } = topicsOf(texts, { count: 4, seed: 3 });
  test('are those that were planted, with their words as labels', () => {
    assert.equal(topics.length, 4);
    for (const { members, label } of topics) {
      const planted = new Set(members.map((i) => names[i % 4]!));
      assert.equal(planted.size, 1, label.join());
      const own = subjects[[...planted][0]!]!;
      assert.deepEqual(label.filter((word) => !own.includes(word)), []);
      assert.equal(label.length, 4);
    }
    assert.deepEqual(others, []);
  });

  test('are the same for the same seed', () => assert.deepEqual(topicsOf(texts, { count: 4, seed: 3 }), { topics, others }));

  test('of few or empty texts', () => {
    assert.deepEqual(topicsOf([]), { topics: [], others: [] });
    assert.deepEqual(topicsOf(['', 'ok', 'yes please']), { topics: [], others: [0, 1, 2] });
  });

  test('hold each text once, whatever the texts', () => {
    const word = fc.constantFrom('docker', 'parser', 'zoom', '日本語の', 'x', '', 'the', '🎉', 'größe');
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 5 }).map((all) => all.join(' ')), { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), fc.integer(), (all, count, seed) => {
        const found = topicsOf(all, { count, seed });
        const places = [...found.topics.flatMap(({ members }) => members), ...found.others].sort((a, b) => a - b);
        assert.deepEqual(places, all.map((_, i) => i));
        assert.ok(found.topics.length <= count && found.topics.every(({ members, label }) => members.length >= 3 && label.length > 0));
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});

const words: [text: string, terms: string[]][] = [
  ['Please fix the Parser, it is broken: parser_state!', ['fix', 'parser', 'broken', 'parser_state']],
  ['a 42 x1 id_7f3a9c4e1b2d5f6a7b8c9d0e1f2a', []],
  ['größe naïve', ['größe', 'naïve']],
  ['日本語の', ['日本', '本語', '語の']],
  ['ghp_1a2b3c4d5e6f', []],
];
for (const [text, terms] of words) test(`words of ${text}`, () => assert.deepEqual(termsOf(text), terms));
