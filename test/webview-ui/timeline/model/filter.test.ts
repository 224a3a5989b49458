import assert from 'node:assert/strict';
import { test } from 'node:test';
import { density } from '../../../../webview-ui/timeline/model/density.ts';
import { noFilters, searchFilter, visibility, type Filters } from '../../../../webview-ui/timeline/model/filter.ts';
import { rowFinder } from '../../../../webview-ui/timeline/model/rowFinder.ts';
import { timelineOf } from '../../../../src/protocol/timelineFile.ts';
import { timelineFile } from '../harness/prompts.ts';

const timeline = timelineOf(timelineFile([
  { at: 100, text: 'a', project: '/a', rating: 5 },
  { at: 200, text: 'b', project: '/b', rating: 0, note: 'why' },
  { at: 300, text: 'c', project: '/a', rating: 2 },
  { at: 300, text: 'd', project: '', rating: 5 },
]));

const cases: readonly [name: string, filters: Partial<Filters>, seen: string][] = [
  ['nothing', {}, '2222'],
  ['a project', { projects: ['/a'] }, '2020'],
  ['the unknown project', { projects: [''] }, '0002'],
  ['two projects', { projects: ['/a', '/b'] }, '2220'],
  ['stars', { ratings: [5, 2] }, '2022'],
  ['unrated', { ratings: [0] }, '0200'],
  ['a note', { hasNote: true }, '0200'],
  ['an agent', { agent: 'claude' }, '2222'],
  ['another agent', { agent: 'codex' }, '0000'],
  ['dates, the end not included', { from: 200, to: 300 }, '0200'],
  ['all together', { projects: ['/a'], ratings: [5], to: 250 }, '2000'],
];
for (const [name, filters, seen] of cases) {
  test(`filter by ${name}`, () => assert.equal([...visibility(timeline, { ...noFilters, ...filters }, undefined)].join(''), seen));
}

test('hits light up, others dim, filtered ones stay hidden', () => {
  assert.equal([...visibility(timeline, { ...noFilters, text: 'x', projects: ['/a'] }, Uint32Array.of(1, 2))].join(''), '2010');
  assert.equal([...visibility(timeline, { ...noFilters, text: 'x' }, new Uint32Array(0))].join(''), '1111');
});

test('rows are found by id, whether ids rise or not', () => {
  for (const ids of [[1, 5, 9], [9, 1, 5], [], [7]]) {
    const rowOf = rowFinder(Uint32Array.from(ids));
    ids.forEach((id, row) => assert.equal(rowOf(id), row));
    for (const id of [0, 2, 10]) assert.equal(rowOf(id), -1);
  }
});

test('a search leaves out what is not set', () => {
  assert.deepEqual(searchFilter({ ...noFilters, text: ' two words ' }), { text: 'two words', projects: [], ratings: [] });
});

test('density counts what is shown within the span', () => {
  const { all, lit, most } = density(timeline.prompts.at, Uint8Array.of(2, 1, 2, 0), { from: 100, to: 400 }, 3);
  assert.deepEqual([[...all], [...lit], most], [[1, 1, 1], [1, 0, 1], 1]);
  assert.equal(density(timeline.prompts.at, Uint8Array.of(2, 2, 2, 2), { from: 150, to: 250 }, 2).most, 1);
});
