import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planeAt, seenAt } from '../../../../webview-ui/timeline/crawl/projection.ts';

test('the bottom edge is where it is, and the horizon is never reached', () => {
  assert.equal(seenAt(0, 400), 0);
  assert.equal(Math.round(seenAt(720, 400)), 371);
  assert(seenAt(1e12, 400) < 858);
  assert.equal(planeAt(858, 400), Infinity);
});

test('what is seen at a height is what is there', () => {
  const pixels = fc.double({ min: 0, max: 5000, noNaN: true });
  fc.assert(fc.property(pixels, fc.double({ min: 100, max: 1000, noNaN: true }), (up, perspective) => {
    assert(Math.abs(planeAt(seenAt(up, perspective), perspective) - up) < 1e-6 * (1 + up));
  }), { seed: 4 });
});
