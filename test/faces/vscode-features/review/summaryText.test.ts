import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { duration, headline, summaryMarkdown } from '../../../../src/faces/vscode/review/fixRun/summaryText.ts';
import { toBatch, type FixRun, type Outcome } from '../../../../src/faces/vscode/review/fixRun/run.ts';
import { item } from './items.ts';

const fixed = item({ id: 'a', text: 'wrong *sum*', severity: 'must', state: 'done', verified: true, summary: 'Starts at 0.', evidence: { tree: 't', commit: '0123456789abcdef', command: 'make test', durationMs: 1234, at: 0 } });
const left = item({ id: 'b', file: 'src/b.js', text: 'one\n# two\n<img src=x>', range: { start: 7, end: 9 } });
const run: FixRun = { session: 's', root: '/work', project: 'work', startedAt: 0, endedAt: 1_560_000, batch: toBatch([fixed, left]) };
const outcomes: Outcome[] = [
  { comment: run.batch[0]!, fate: 'fixed', item: fixed },
  { comment: run.batch[1]!, fate: 'open', item: left },
];
const local = () => '2026-11-23 14:05';

test('the summary of a run', () => {
  assert.equal(
    summaryMarkdown(run, outcomes, local),
    [
      '# 1 of 2 review comments fixed',
      '',
      '`work` · 2026-11-23 14:05 · 26 min',
      '',
      '## Fixed',
      '',
      '### `src/a.js:3` · must',
      '',
      '> wrong \\*sum\\*',
      '',
      'Starts at 0\\.',
      '',
      '`make test` passed in 1.2 s · on `0123456789` and the changes on top of it',
      '',
      '## Still open',
      '',
      '### `src/b.js:7`',
      '',
      '> one  ',
      '> \\# two  ',
      '> \\<img src\\=x\\>',
      '',
    ].join('\n'),
  );
});

test('nothing that somebody wrote leaves its place', () => {
  const evil = item({ id: 'e', file: 'a`b``c.js', text: '![x](http://evil.example)\n\n## Fixed', summary: '</p><script>', state: 'done', verified: true });
  const text = summaryMarkdown(run, [{ comment: toBatch([evil])[0]!, fate: 'fixed', item: evil }], local);
  assert.ok(!text.includes('![x]') && !text.includes('<script>'));
  assert.equal(text.match(/^## Fixed$/gm)?.length, 1);
  assert.match(text, /^### ``` a`b``c\.js:3 ```$/m);
});

test('a comment that is gone is shown as it was', () => {
  const text = summaryMarkdown(run, [{ comment: run.batch[1]!, fate: 'removed', item: undefined }], local);
  assert.match(text, /^# 0 of 1 review comment fixed\n/);
  assert.match(text, /## Removed meanwhile\n\n### `src\/b\.js:7`/);
});

test('the headline counts what the agent fixed, and only that', () => {
  const fates = ['fixed', 'doneByOthers', 'unverified', 'wontfix', 'open', 'removed', 'fixed'] as const;
  assert.equal(headline(fates.map((fate) => ({ comment: run.batch[0]!, fate, item: fixed }))), '2 of 7 review comments fixed');
});

describe('durations', () => {
  for (const [ms, text] of [[0, '0.0 s'], [1234, '1.2 s'], [42_000, '42 s'], [89_400, '89 s'], [1_560_000, '26 min'], [11_100_000, '3 h 5 min']] as const) {
    test(text, () => assert.equal(duration(ms), text));
  }
});
