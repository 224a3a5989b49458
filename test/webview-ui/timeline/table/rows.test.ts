import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timelineOf } from '../../../../src/protocol/timelineFile.ts';
import { fullHeight, scrollTo, visibleRows } from '../../../../webview-ui/shared/rows.ts';
import { sortedRows } from '../../../../webview-ui/timeline/table/rows.ts';
import { timelineFile } from '../harness/prompts.ts';

const timeline = timelineOf(timelineFile([
  { at: 1, text: 'aaa', project: '/zoo', rating: 1 },
  { at: 2, text: 'a', project: '/ant', rating: 3 },
  { at: 3, text: 'aa', project: '/zoo', rating: 3 },
  { at: 4, text: 'aaaa', project: '/bee' },
]));
const all = new Uint8Array(4).fill(2);

test('the table is sorted by any column, equal ones newest first', () => {
  const order = (key: 'at' | 'project' | 'length' | 'rating', descending: boolean) => [...sortedRows(timeline, all, { key, descending })].join('');
  assert.deepEqual([order('at', true), order('at', false)], ['3210', '0123']);
  assert.deepEqual([order('length', true), order('length', false)], ['3021', '1203']);
  assert.deepEqual([order('rating', true), order('rating', false)], ['2103', '3021']);
  assert.deepEqual([order('project', false), order('project', true)], ['1320', '2031']);
  assert.equal([...sortedRows(timeline, Uint8Array.of(2, 1, 0, 2), { key: 'at', descending: true })].join(''), '30');
});

test('every row can be scrolled to, in small and in enormous tables', () => {
  for (const rows of [1, 10, 1000, 1_000_000]) {
    let top = 0;
    for (const row of [rows - 1, 0, Math.floor(rows / 2), Math.floor(rows / 3), rows - 1]) {
      top = scrollTo(row, rows, 28, top, 500) ?? top;
      assert(top >= 0 && top <= fullHeight(rows, 28));
      const { first, count, top: place } = visibleRows(rows, 28, top, 500);
      assert(row >= first && row < first + count, `row ${row} of ${rows}`);
      const y = place + (row - first) * 28 - top;
      assert(y >= -1 && y + 28 <= 501, `row ${row} of ${rows} at ${y}`);
    }
  }
});
