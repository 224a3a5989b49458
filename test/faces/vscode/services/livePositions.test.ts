import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followDocument } from '../../../../src/faces/vscode/services/livePositions.ts';
import { comment } from '../review/sample.ts';

const replace = (from: [number, number], to: [number, number], text: string) => ({
  contentChanges: [{ range: { start: { line: from[0], character: from[1] }, end: { line: to[0], character: to[1] } }, text }],
});
const items = [comment({ id: 'a', line: 5 }), comment({ id: 'b', line: 9 }), comment({ id: 'other', file: 'b.ts', line: 5 })];
const path = '/work/src/a.ts';

test('comments of that file move along, others stay', () => {
  const { items: after, moved, lost } = followDocument(items, path, replace([6, 0], [6, 0], 'x\ny\n'));
  assert.deepEqual(after.map(({ range }) => range.start), [5, 11, 5]);
  assert.deepEqual({ moved, lost }, { moved: true, lost: false });
});

test('an edit that moves nothing says so', () => {
  assert.deepEqual(followDocument(items, path, replace([4, 3], [4, 4], 'abc')).moved, false);
});

test('a comment whose text is gone keeps its place and is reported', () => {
  const { items: after, lost } = followDocument(items, path, replace([3, 0], [6, 0], ''));
  assert.equal(lost, true);
  assert.deepEqual(after.map(({ range }) => range.start), [5, 6, 5]);
});
