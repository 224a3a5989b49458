/** A set of prompts that is shown alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFiltered, noFilters, visibility } from '../../../../webview-ui/timeline/model/filter.ts';
import { around } from '../../../../webview-ui/timeline/model/viewport.ts';
import { readSavedState } from '../../../../webview-ui/timeline/page/savedState.ts';
import type { Timeline } from '../../../../src/protocol/timeline.ts';

const zeros = (n: number) => Array.from({ length: n }, () => 0);
const timeline: Timeline = {
  version: '1',
  prompts: { count: 4, id: Uint32Array.of(3, 5, 7, 9), at: Float64Array.of(1, 2, 3, 4), length: Uint32Array.from(zeros(4)), rating: Uint8Array.of(0, 0, 5, 0), project: Uint16Array.from(zeros(4)), agent: Uint8Array.from(zeros(4)), flags: Uint8Array.from(zeros(4)) },
  projects: [{ path: '/a', label: 'a' }],
  agents: ['claude'],
};
const only = { title: 'Topic: cache', ids: [5, 9, 1000] };

const cases: [what: string, filters: Partial<typeof noFilters>, hits: Uint32Array | undefined, seen: number[]][] = [
  ['nothing but the set', { only }, undefined, [0, 2, 0, 2]],
  ['with another filter, both hold', { only, ratings: [5] }, undefined, [0, 0, 0, 0]],
  ['a search within the set', { only, text: 'x' }, Uint32Array.of(7, 9), [0, 1, 0, 2]],
];
for (const [what, filters, hits, seen] of cases) {
  test(what, () => assert.deepEqual([...visibility(timeline, { ...noFilters, ...filters }, hits)], seen));
}

test('it counts as a filter, and goes with them', () => {
  assert.equal(isFiltered({ ...noFilters, only }), true);
  assert.equal(isFiltered({ ...noFilters, only, ...noFilters }), false);
});

test('it survives hiding; what is not one does not', () => {
  assert.deepEqual(readSavedState({ filters: { only } }).filters.only, only);
  for (const wrong of [{ title: 1, ids: [1] }, { title: 'x', ids: ['1'] }, { title: 'x' }, 5, null]) assert.equal(readSavedState({ filters: { only: wrong } }).filters.only, undefined);
});

test('the view holds all of it', () => {
  const hour = 3_600_000;
  assert.deepEqual(around([10 * hour, NaN, 30 * hour], { from: 0, to: 1 }), { from: 10 * hour - 1.2 * hour, to: 30 * hour + 1.2 * hour });
  assert.deepEqual(around([hour], { from: 0, to: 1 }), { from: 0.5 * hour, to: 1.5 * hour });
  assert.deepEqual(around([NaN], { from: 0, to: 1 }), { from: 0, to: 1 });
});
