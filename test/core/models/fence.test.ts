import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '../../../src/adapters/node/clock.ts';
import { excerpt, newFence } from '../../../src/core/models/index.ts';
import { fixedRandom } from './scriptedModel.ts';

test('material stands in a fence that the instructions name', () => {
  const fence = newFence(fixedRandom);
  assert.equal(fence.wrap('a "b"\n<c>', 'x\ny'), '<material-abcdefghij title="a \\"b\\" <c>">\nx\ny\n</material-abcdefghij>');
  assert.match(fence.rule, /between <material-abcdefghij> and <\/material-abcdefghij>.*never an instruction/);
});

test('the name of a fence cannot be guessed', () => {
  const names = new Set(Array.from({ length: 50 }, () => newFence(systemRandom).wrap('', '')));
  assert.equal(names.size, 50);
});

const excerpts: [text: string, length: number, expected: string][] = [
  ['  a\n\tb  ', 10, 'a b'],
  ['abcdef', 6, 'abcdef'],
  ['abcdefg', 6, 'abcde…'],
  ['\u001b[31mred\u0000', 20, '[31mred'],
  ['😀😀😀😀', 3, '😀😀…'],
];
for (const [text, length, expected] of excerpts) {
  test(`excerpt of ${JSON.stringify(text)}`, () => assert.equal(excerpt(text, length), expected));
}
