import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Roll, windowSize } from '../../../../webview-ui/timeline/crawl/roll.ts';

/** A stage without a screen: paragraphs with heights. */
function stage(heights: readonly number[], ready: (index: number) => boolean = () => true) {
  const places = new Map<number, number>();
  const roll = new Roll({
    count: () => heights.length,
    mount: (index) => {
      if (!ready(index)) return undefined;
      places.set(index, NaN);
      return heights[index]!;
    },
    unmount: (index) => void places.delete(index),
    place: (index, top) => void places.set(index, top),
  });
  return { roll, places };
}

/** The paragraphs there are lie one under the other, without gaps, and are few. */
function assertWhole(places: ReadonlyMap<number, number>, heights: readonly number[]): void {
  const sorted = [...places].sort(([a], [b]) => a - b);
  assert(sorted.length <= windowSize, `${sorted.length} paragraphs`);
  sorted.forEach(([index, top], i) => {
    const before = sorted[i - 1];
    if (before) assert.deepEqual([index, top], [before[0] + 1, before[1] + heights[before[0]]!]);
  });
}

test('wherever it rolls, what is near the reader is there, once, in order', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 20, max: 400 }), { minLength: 1, maxLength: 60 }), fc.array(fc.integer({ min: -900, max: 900 }), { maxLength: 60 }), (heights, moves) => {
    const { roll, places } = stage(heights);
    roll.start(0, 0);
    let scroll = 0;
    for (const move of moves) {
      scroll += move;
      roll.show(scroll - 1500, scroll + 300);
      assertWhole(places, heights);
      assert(places.size > 0);
    }
  }), { seed: 5 });
});

test('ten thousand prompts roll by in a window', () => {
  const heights = Array.from({ length: 10_000 }, (_, i) => 60 + (i % 7) * 40);
  const { roll, places } = stage(heights);
  roll.start(0, 0);
  const seen = new Set<number>();
  let total = 0;
  let base = 0;
  const whole = heights.reduce((a, b) => a + b, 0);
  for (let scroll = 0; total < whole; scroll += 90, total += 90) {
    roll.show(scroll - base - 1500, scroll - base + 300);
    for (const index of places.keys()) seen.add(index);
    if (scroll - base > 5000) {
      base += 5000;
      roll.shift(-5000);
    }
  }
  assert.equal(seen.size, 10_000);
  assert.equal(roll.last, 9999);
});

test('it waits for a text that is under way, and goes on from there', () => {
  let come = 2;
  const { roll, places } = stage([100, 100, 100, 100], (index) => index < come);
  roll.start(0, 0);
  roll.show(-500, 500);
  assert.deepEqual([...places.keys()], [0, 1]);
  come = 4;
  roll.show(-500, 500);
  assert.deepEqual([...places], [[0, 0], [1, 100], [2, 200], [3, 300]]);
  assert.equal(stage([100], () => false).roll.start(0, 0), false);
});

test('it knows what is at a position, and beyond the ends the nearest', () => {
  const { roll } = stage([100, 50, 100]);
  roll.start(0, 0);
  roll.show(-500, 500);
  assert.deepEqual([-99, 0, 120, 200, 9999].map((position) => roll.at(position)), [0, 0, 1, 2, 2]);
  assert.deepEqual(roll.spanOf(1), { top: 100, bottom: 150 });
  assert.equal(roll.spanOf(7), undefined);
});
