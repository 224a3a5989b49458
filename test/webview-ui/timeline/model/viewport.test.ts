import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isoDay } from '../../../../webview-ui/shared/dates.ts';
import { centreOn, firstView, historyLimits, lowerBound, panBy, reveal, shortest, zoomAt } from '../../../../webview-ui/timeline/model/viewport.ts';

const limits = { from: 0, to: 1e11 };
const span = fc.record({ from: fc.double({ min: 1e10, max: 4e10, noNaN: true }), length: fc.double({ min: 5000, max: 4e10, noNaN: true }) }).map(({ from, length }) => ({ from, to: from + length }));

test('zooming keeps the point under the cursor still', () => {
  fc.assert(
    fc.property(span, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.7, max: 1.4, noNaN: true }), (before, fraction, factor) => {
      const still = before.from + (before.to - before.from) * fraction;
      const after = zoomAt(before, fraction, factor, { from: -1e13, to: 1e13 });
      const now = after.from + (after.to - after.from) * fraction;
      assert(Math.abs(now - still) <= Math.max(1e-3, (after.to - after.from) * 1e-9));
    }),
    { seed: 1 },
  );
});

test('zooming ends at two seconds, and at a little more than everything', () => {
  let view = { from: 1e9, to: 2e9 };
  for (let i = 0; i < 200; i++) view = zoomAt(view, 0.3, 0.5, limits);
  assert(Math.abs(view.to - view.from - shortest) < 1e-3);
  for (let i = 0; i < 200; i++) view = zoomAt(view, 0.3, 2, limits);
  assert(Math.abs(view.to - view.from - 1.25e11) < 1);
});

test('panning never loses the history', () => {
  let view = { from: 0, to: 1e6 };
  for (let i = 0; i < 100; i++) view = panBy(view, -0.9, limits);
  assert.equal((view.from + view.to) / 2, limits.from);
  view = centreOn(view, 1e15, limits);
  assert.equal((view.from + view.to) / 2, limits.to);
});

test('what is in view is not moved to be seen; what is not comes in with a margin', () => {
  const view = { from: 1000, to: 2000 };
  assert.equal(reveal(view, 1500, limits), view);
  for (const at of [200, 990, 1010, 1990, 5000]) {
    const after = reveal(view, at, limits);
    assert(at >= after.from + 50 && at <= after.to - 50, String(at));
    assert.equal(after.to - after.from, 1000);
  }
});

test('the first view is the last day with prompts, not one from the future', () => {
  const at = (text: string) => new Date(text).getTime();
  const now = at('2025-10-09T12:00');
  const day = (...moments: string[]) => isoDay(firstView(Float64Array.from(moments.map(at)), now).from);
  assert.equal(day('2025-10-01T10:00', '2025-10-07T23:50'), '2025-10-07');
  assert.equal(day('2025-10-07T10:00', '2099-01-01T10:00'), '2025-10-07');
  assert.equal(day('2098-01-01T10:00', '2099-01-01T10:00'), '2099-01-01');
  assert.equal(day(), '2025-10-09', 'today without any');
});

test('the limits are whole days', () => {
  const moment = new Date('2025-10-07T23:50').getTime();
  const { from, to } = historyLimits(Float64Array.of(moment), 0);
  assert.deepEqual([isoDay(from), isoDay(to)], ['2025-10-07', '2025-10-08']);
});

test('lowerBound finds the first that is not below', () => {
  const values = [1, 3, 3, 3, 7];
  assert.deepEqual([0, 1, 2, 3, 4, 8].map((value) => lowerBound(values, value)), [0, 0, 1, 1, 4, 5]);
  assert.equal(lowerBound([], 3), 0);
});
