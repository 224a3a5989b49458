import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { marks, nearest, placeOf } from '../../../../webview-ui/timeline/theatre/places.ts';

test('a place is a share of the stretch, and a stretch without length is its middle', () => {
  assert.deepEqual([placeOf(10, { from: 10, to: 20 }), placeOf(15, { from: 10, to: 20 }), placeOf(99, { from: 10, to: 20 }), placeOf(10, { from: 10, to: 10 })], [0, 0.5, 1, 0.5]);
});

test('prompts of one pixel are one mark with the best rating', () => {
  assert.deepEqual(marks([0, 1, 2, 1000], [0, 3, 1, 0], { from: 0, to: 1000 }, 100), [{ x: 0, rating: 3 }, { x: 100, rating: 0 }]);
  assert.deepEqual(marks([], [], { from: 0, to: 0 }, 100), []);
});

test('there are never more marks than pixels, rising, and each prompt has one', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 80 }), (unsorted, width) => {
    const times = unsorted.sort((a, b) => a - b);
    const stretch = { from: times[0]!, to: times.at(-1)! };
    const found = marks(times, times.map(() => 0), stretch, width).map(({ x }) => x);
    assert.deepEqual(found, [...new Set(times.map((at) => Math.round(placeOf(at, stretch) * width)))]);
  }), { seed: 2 });
});

test('a click finds the nearest prompt', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (unsorted, place) => {
    const times = unsorted.sort((a, b) => a - b);
    const stretch = { from: times[0]!, to: times.at(-1)! };
    const wanted = stretch.from + place * (stretch.to - stretch.from);
    const distance = Math.abs(times[nearest(times, stretch, place)]! - wanted);
    assert.equal(distance, Math.min(...times.map((at) => Math.abs(at - wanted))));
  }), { seed: 3 });
});
