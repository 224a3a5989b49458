import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { laneLayout, lanesOf, rerank } from '../../../../webview-ui/timeline/model/lanes.ts';

/** Projects 0–5 by name; counts in view of each. */
const cases: readonly { name: string; previous: readonly number[]; counts: readonly number[]; places: number; order: readonly number[] }[] = [
  { name: 'at first by count', previous: [], counts: [1, 5, 3], places: 3, order: [1, 2, 0] },
  { name: 'equals by their total, then as they come', previous: [], counts: [2, 2, 2], places: 3, order: [2, 0, 1] },
  { name: 'projects without prompts in view get no lane', previous: [], counts: [0, 5, 0], places: 3, order: [1] },
  { name: 'another order of counts moves nobody', previous: [1, 2, 0], counts: [9, 1, 3], places: 3, order: [1, 2, 0] },
  { name: 'who drops out is replaced in its place', previous: [1, 2, 0], counts: [9, 1, 3, 7], places: 3, order: [3, 2, 0] },
  { name: 'several gaps are filled by count', previous: [0, 1, 2], counts: [0, 4, 0, 2, 8], places: 3, order: [4, 1, 3] },
  { name: 'free lanes below are taken first', previous: [0, 1], counts: [0, 4, 6], places: 3, order: [0, 1, 2] },
  { name: 'who has nothing in view stays until somebody needs the lane', previous: [0, 1, 2], counts: [0, 3, 0], places: 3, order: [0, 1, 2] },
  { name: 'fewer places keep the first ones that are among the most frequent', previous: [0, 1, 2], counts: [5, 6, 7], places: 2, order: [2, 1] },
];
for (const { name, previous, counts, places, order } of cases) {
  test(`lanes: ${name}`, () => assert.deepEqual(rerank(previous, counts, [10, 10, 90, 10, 10, 10], places), order));
}

test('lanes never repeat, never exceed their places, show the most frequent, and rest when ranked again', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), counts, counts, (places, first, second) => {
      const before = rerank([], first, first, places);
      const after = rerank(before, second, first, places);
      assert.equal(new Set(after).size, after.length);
      assert(after.length <= places);
      const top = second.map((n, project) => ({ n, project })).filter(({ n }) => n > 0).sort((a, b) => b.n - a.n || first[b.project]! - first[a.project]! || a.project - b.project).slice(0, places);
      for (const { project } of top) assert(after.includes(project));
      for (const [lane, project] of before.entries()) if (top.some((one) => one.project === project)) assert.equal(after[lane], project, 'who is still on top keeps the lane');
      assert.deepEqual(rerank(after, second, first, places), after);
    }),
    { seed: 3 },
  );
});

test('projects without a lane share the one below', () => {
  const { laneOf, others } = lanesOf([3, 1], [1, 1, 0, 1, 1]);
  assert.deepEqual([...laneOf], [2, 1, 2, 0, 2]);
  assert(others);
  assert(!lanesOf([3, 1], [0, 1, 0, 1, 0]).others);
});

test('lanes fill the height, and leave room for the shared one', () => {
  assert.deepEqual(laneLayout(600, 3), { laneHeight: 64, places: 3 });
  assert.deepEqual(laneLayout(600, 12), { laneHeight: 50, places: 12 });
  const many = laneLayout(600, 500);
  assert.deepEqual(many, { laneHeight: 34, places: 16 });
  assert((many.places + 1) * many.laneHeight <= 600);
  assert.equal(laneLayout(20, 500).places, 1);
});
