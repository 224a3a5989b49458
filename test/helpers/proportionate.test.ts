/** The measure itself: it has to tell a loop in a loop from a loop. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proportionate } from './proportionate.ts';

const words = (n: number) => Array.from({ length: n }, (_, i) => `w${i}`);

test('a loop passes, a loop in a loop does not, unless it is expected', () => {
  proportionate({ n: 400_000, make: words, run: (all) => new Set(all).size });
  const pairs = { n: 5000, make: words, run: (all: readonly string[]) => all.reduce((found, word) => (all.includes(`${word}!`) ? found + 1 : found), 0) };
  assert.throws(() => proportionate(pairs), /times the time/);
  proportionate({ ...pairs, n: 2000, power: 2 });
});
