import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReviewStats } from '../../../../src/core/review/index.ts';
import { statsSections } from '../../../../src/faces/vscode/review/statsModel.ts';

const stats: ReviewStats = {
  total: 112,
  byState: { todo: 104, done: 8, wontfix: 0 },
  open: {
    bySeverity: { must: 4, should: 100, question: 0, nit: 0 },
    byTag: [],
    byFile: Array.from({ length: 15 }, (_none, n) => ({ name: `f${n}`, count: 20 - n })),
    byAge: { today: 1, thisWeek: 0, thisMonth: 3, older: 100 },
    byStatus: { exact: 103, 'file-gone': 1 },
  },
  verifiedShare: 0.625,
  reopened: 2,
  timeToDone: { median: 5_400_000, longest: 90_000_000, count: 7 },
};
const rowsOf = (title: string) => statsSections(stats).find((section) => section.title === title)?.rows.map(({ name, value }) => `${value}|${name}`);
const space = '\u2007';

test('figures stand in a column', () => {
  assert.deepEqual(rowsOf('Open by Severity'), [`${space}${space}4|Must`, '100|Should']);
  assert.deepEqual(rowsOf('Overview'), [`${space}104|Open`, `${space.repeat(3)}8|Done`, `${space.repeat(3)}0|Won't fix`, '63 %|Of those done, verified by a test', `${space.repeat(3)}2|Reopened`]);
});

test('sections with nothing in them are left out, and long lists end', () => {
  assert.equal(rowsOf('Open by Tag'), undefined);
  const files = rowsOf('Open by File');
  assert.equal(files?.length, 13);
  assert.equal(files.at(-1), '21|3 others');
});

test('words for what was found, and for times', () => {
  assert.deepEqual(rowsOf('How the Code Was Found')?.map((row) => row.split('|')[1]), ['Unchanged', 'File is gone']);
  assert.deepEqual(rowsOf('Time to Done')?.map((row) => row.trim()), ['1 h 30 min|Median', '25 h 0 min|Longest', '7|Comments measured'].map((row) => row.padStart(row.length)));
});

test('without comments there is nothing to show', () => {
  assert.deepEqual(statsSections({ ...stats, total: 0 }), []);
});
