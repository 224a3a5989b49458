import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReviewItem } from '../../../../src/core/review/index.ts';
import { gutterMarks } from '../../../../src/faces/vscode/review/gutter.ts';
import { comment } from './sample.ts';

const evidence = { tree: 't', commit: undefined, command: 'make test', durationMs: 1, at: 1 };

function marks(items: readonly ReviewItem[], quiet: readonly number[] = [], lines = 100): string[] {
  return gutterMarks(items, lines, new Set(quiet)).map(({ line, icon, text }) => `${line} ${icon} ${text ?? '-'}`);
}

const cases: [name: string, actual: string[], expected: string[]][] = [
  ['an open comment', marks([comment({ line: 3, severity: 'must' })]), ['2 must Text']],
  ['a region has one mark, on its first line', marks([comment({ range: { start: 3, end: 9 } })]), ['2 should Text']],
  ['no text on the line of the cursor', marks([comment({ line: 3 })], [2]), ['2 should -']],
  ['two comments on a line: the more urgent one shows', marks([comment({ id: 'a', severity: 'nit', text: 'small' }), comment({ id: 'b', severity: 'must', text: 'big' })]), ['0 must big (+1)']],
  ['done without evidence', marks([comment({ state: 'done' })]), ['0 unverified Text']],
  ['done with evidence is not in the way', marks([comment({ state: 'done', verified: true, evidence })]), []],
  ['neither is one that will not be fixed', marks([comment({ state: 'wontfix' })]), []],
  ['an orphan is shown at the nearest line', marks([comment({ status: 'orphan', line: 7 })]), ['6 orphan Text']],
  ['a file that is gone has no line', marks([comment({ status: 'file-gone', line: 0 })]), []],
  ['a line beyond the end, until it is looked up again', marks([comment({ line: 9 })], [], 4), ['3 should Text']],
  ['the first line of a long text', marks([comment({ text: '  one\ttwo  \nthree' })]), ['0 should one two']],
];

for (const [name, actual, expected] of cases) test(`gutter: ${name}`, () => assert.deepEqual(actual, expected));

test('line-end text has at most 60 characters and never half of one', () => {
  for (const text of ['x'.repeat(200), 'x'.repeat(58) + '😀😀😀', '😀'.repeat(60)]) {
    for (const items of [[comment({ text })], [comment({ id: 'a', text }), comment({ id: 'b', text })]]) {
      const shown = gutterMarks(items, 10, new Set())[0]?.text ?? '';
      assert.ok(shown.length <= 60, shown);
      assert.ok(shown.isWellFormed() && shown.includes('…'), shown);
    }
  }
});
