import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neighbour } from '../../../../src/faces/vscode/review/order.ts';
import { comment } from './sample.ts';

const items = [
  comment({ id: 'b9', file: 'b.ts', line: 9 }),
  comment({ id: 'a5', file: 'a.ts', line: 5 }),
  comment({ id: 'a2', file: 'a.ts', line: 2 }),
  comment({ id: 'closed', file: 'a.ts', line: 3, state: 'wontfix' }),
  comment({ id: 'gone', file: 'c.ts', line: 0, status: 'file-gone' }),
];
const cases: [from: string, next: string, previous: string][] = [
  ['/work/a.ts:1', 'a2', 'b9'],
  ['/work/a.ts:2', 'a5', 'b9'],
  ['/work/a.ts:4', 'a5', 'a2'],
  ['/work/a.ts:5', 'b9', 'a2'],
  ['/work/aa.ts:1', 'b9', 'a5'],
  ['/work/b.ts:9', 'a2', 'a5'],
  ['/work/z.ts:1', 'a2', 'b9'],
];
for (const [from, next, previous] of cases) {
  test(`from ${from}: next ${next}, previous ${previous}`, () => {
    const [path = '', line] = from.split(':');
    const go = (way: 'next' | 'previous') => neighbour(items, { path, line: Number(line) }, way)?.id;
    assert.deepEqual([go('next'), go('previous')], [next, previous]);
  });
}

test('without an open file it begins at an end; without comments there is nowhere to go', () => {
  assert.deepEqual([neighbour(items, undefined, 'next')?.id, neighbour(items, undefined, 'previous')?.id], ['a2', 'b9']);
  assert.equal(neighbour([], undefined, 'next'), undefined);
});
