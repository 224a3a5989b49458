/** The measure itself: it has to tell a loop in a loop from a loop. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proportionate } from './proportionate.ts';

const words = (n: number) => Array.from({ length: n }, (_, i) => `w${i}`);

test('a loop passes, a loop in a loop does not, unless it is expected', () => {
  proportionate({ n: 400_000, make: words, run: (all) => all.reduce((sum, word) => sum + word.charCodeAt(0), 0) });
  const pairs = { n: 12_000, make: (n: number) => n, run: (n: number) => { let odd = 0; for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) odd += (i ^ j) & 1; return odd; } };
  assert.throws(() => proportionate(pairs), /times the time/);
  proportionate({ ...pairs, power: 2 });
});
