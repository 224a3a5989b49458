import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { labelStep } from '../../../../webview-ui/timeline/stats/columns.ts';
import { fontSizes, shortened } from '../../../../webview-ui/timeline/stats/word-sizes.ts';

test('more often is never smaller among words of one length, and no word is wider than the cloud', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 100 }), fc.integer({ min: 120, max: 1400 }), (counts, width) => {
    const sorted = counts.sort((a, b) => b - a);
    const sizes = fontSizes(sorted.map((count) => ({ word: 'journals', count })), width, 300);
    sizes.forEach((size, i) => {
      assert(size <= (sizes[i - 1] ?? Infinity) && size > 0 && size <= 76);
      assert(size * 8 * 0.62 <= width);
    });
  }), { seed: 7 });
  assert.deepEqual(fontSizes([], 300, 300), []);
});

test('a word without end is shortened by whole characters', () => {
  assert.equal(shortened('journal'), 'journal');
  assert.equal(shortened('😀'.repeat(40)), `${'😀'.repeat(23)}…`);
});

test('labels that would collide are left out', () => {
  assert.deepEqual([labelStep(['00', '01'], 30), labelStep(['00', '01'], 12), labelStep(['12 May'], 5), labelStep([], 0.5)], [1, 2, 10, 16]);
});
