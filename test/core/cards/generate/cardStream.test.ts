import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ObjectStream } from '../../../../src/core/cards/generate/cardStream.ts';

function objectsOf(pieces: readonly string[]): unknown[] {
  const found: unknown[] = [];
  const stream = new ObjectStream((text) => found.push(JSON.parse(text)));
  for (const piece of pieces) stream.add(piece);
  return found;
}

const a = { question: 'a "quoted" {brace} [x] \\', answer: '}' };
const b = { question: 'b', tags: ['x', 'y'], lines: [1, 2] };
const cases: [name: string, text: string, expected: unknown[]][] = [
  ['a list', JSON.stringify([a, b]), [a, b]],
  ['a list inside an object', JSON.stringify({ deck: 'd', cards: [a, b] }), [a, b]],
  ['objects one after the other', `${JSON.stringify(a)}\n${JSON.stringify(b)}`, [a, b]],
  ['prose and a fence around it', `Here's "the" list [for you:\n\`\`\`json\n${JSON.stringify([a, b], null, 2)}\n\`\`\``, [a, b]],
  ['cut off in the middle', JSON.stringify([a, b]).slice(0, -20), [a]],
  ['nothing', 'I am sorry, } no ] cards', []],
];
for (const [name, text, expected] of cases) {
  test(name, () => {
    assert.deepEqual(objectsOf([text]), expected);
    assert.deepEqual(objectsOf(text.split('')), expected);
  });
}

test('an object is given as soon as it is complete', () => {
  const found: string[] = [];
  const stream = new ObjectStream((text) => found.push(text));
  const counts = ['[{"question":"a"', '}', ',{"question"', ':"b"}', ']'].map((piece) => {
    stream.add(piece);
    return found.length;
  });
  assert.deepEqual(counts, [0, 1, 1, 2, 2]);
});

test('after a reset it begins anew', () => {
  const found: string[] = [];
  const stream = new ObjectStream((text) => found.push(text));
  stream.add('[{"question":"half');
  stream.reset();
  stream.add('[{"b":1}]');
  assert.deepEqual(found, ['{"b":1}']);
});

test('any objects come back, however the text is torn', () => {
  const value = fc.record({ question: fc.string({ unit: 'binary' }), answer: fc.string({ maxLength: 5000 }), tags: fc.array(fc.string()) });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 6 }), fc.boolean(), fc.integer({ min: 1, max: 300 }), (objects, wrapped, length) => {
      const text = JSON.stringify(wrapped ? { cards: objects } : objects);
      const pieces: string[] = [];
      for (let at = 0; at < text.length; at += length) pieces.push(text.slice(at, at + length));
      // A wrapper around no card at all is an object, too.
      const expected = wrapped && objects.length === 0 ? [{ cards: [] }] : objects;
      assert.deepEqual(objectsOf(pieces), JSON.parse(JSON.stringify(expected)));
    }),
    { seed: 5, numRuns: 200 },
  );
});
