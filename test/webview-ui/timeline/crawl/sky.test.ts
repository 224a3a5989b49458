import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heightOf, seeded, starField } from '../../../../webview-ui/timeline/crawl/star-field.ts';

const stars = starField(260, seeded(1));

test('three depths, and the same sky every time', () => {
  assert.deepEqual(new Set(stars.map(({ depth }) => depth)), new Set([0, 1, 2]));
  assert.deepEqual(starField(260, seeded(1)), stars);
});

test('every star rises, near ones faster, and comes again from below', () => {
  const moved = [0, 1, 2].map((depth) => {
    const star = { ...stars[0]!, depth: depth as 0 | 1 | 2, y: 0.9 };
    return star.y - heightOf(star, 5);
  });
  assert(moved[0]! > 0 && moved[0]! < moved[1]! && moved[1]! < moved[2]!, String(moved));
  for (const star of stars) for (const seconds of [0, 1, 1000, 1e6]) assert(heightOf(star, seconds) >= 0 && heightOf(star, seconds) <= 1);
});
