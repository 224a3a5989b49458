import assert from 'node:assert/strict';
import { test } from 'node:test';
import packageJson from '../../../../package.json' with { type: 'json' };
import type { ReviewItem } from '../../../../src/core/review/index.ts';
import type { Filter, Grouping } from '../../../../src/faces/vscode/contributions.ts';
import { chooseItems, contextWords, describeItem, groupItems } from '../../../../src/faces/vscode/review/treeModel.ts';
import { comment } from './sample.ts';

const now = new Date(2026, 10, 25, 14, 30);
const on = (day: number, month = 11) => ({ created: { year: 2026, month, day, hour: 10, minute: 0 } });

const items: ReviewItem[] = [
  comment({ id: 'nit', severity: 'nit', line: 2, ...on(25) }),
  comment({ id: 'must', severity: 'must', line: 30, ...on(24) }),
  comment({ id: 'ask', severity: 'question', line: 4, ...on(20) }),
  comment({ id: 'b', file: 'src/deep/b.ts', severity: 'should', line: 7, ...on(3) }),
  comment({ id: 'lost', severity: 'must', status: 'orphan', line: 9, ...on(1, 5) }),
  comment({ id: 'gone', file: 'old.ts', status: 'file-gone', line: 0 }),
  comment({ id: 'unshown', state: 'done', ...on(25) }),
  comment({ id: 'shown', state: 'done', verified: true, ...on(25) }),
  comment({ id: 'no', state: 'wontfix', ...on(25) }),
];

function lines(by: Grouping, filter: Filter = 'none', more: { currentFile?: string; changedFiles?: ReadonlySet<string> } = {}, of = items): string[] {
  return groupItems(of, { by, filter, now, ...more }).map(({ label, items: inside }) => `${label}: ${inside.map(({ id }) => id).join(' ')}`);
}

const cases: [name: string, actual: string[], expected: string[]][] = [
  ['by file, the file with the most urgent comment first', lines('file'), ['a.ts: must ask nit unshown', 'b.ts: b', 'Code Not Found: lost gone']],
  ['by state', lines('state', 'all'), ['Open: must b ask nit', 'Done, not verified: unshown', 'Done: shown', "Won't fix: no", 'Code Not Found: lost gone']],
  ['by severity', lines('severity'), ['Must: must', 'Should: b unshown', 'Question: ask', 'Nit: nit', 'Code Not Found: lost gone']],
  ['by age, back in time', lines('age'), ['Today: nit unshown', 'Yesterday: must', 'This Week: ask', 'This Month: b', 'Code Not Found: lost gone']],
  ['without a date it is old', lines('age', 'none', {}, [comment({ id: 'x' })]), ['Older: x']],
  ['only open ones', lines('state', 'open'), ['Open: must b ask nit', 'Code Not Found: lost gone']],
  ['of the current file', lines('severity', 'currentFile', { currentFile: '/work/src/deep/b.ts' }), ['Should: b']],
  ['of no file', lines('severity', 'currentFile'), []],
  ['of changed files', lines('file', 'changedFiles', { changedFiles: new Set(['/work/old.ts']) }), ['Code Not Found: gone']],
  ['a comment that two work trees have comes once', lines('severity', 'none', {}, [comment({ path: '/one/a' }), comment({ path: '/two/a' })]), ['Should: cr-1']],
  ['nothing', lines('file', 'none', {}, []), []],
];
for (const [name, actual, expected] of cases) test(`tree: ${name}`, () => assert.deepEqual(actual, expected));

test('what it hides by default is closed for good', () => {
  const hidden = items.filter((item) => !chooseItems(items, { filter: 'none' }).includes(item));
  assert.deepEqual(hidden.map(({ id }) => id), ['shown', 'no']);
});

test('a group keeps its key when its content changes, so that it stays collapsed', () => {
  const key = (of: ReviewItem[]) => groupItems(of, { by: 'file', filter: 'none', now })[0]?.key;
  assert.equal(key([comment({ line: 2 })]), key([comment({ line: 3, severity: 'must' }), comment({ id: 'x' })]));
});

test('the description says line and age, and the file where the group does not', () => {
  const item = comment({ line: 12, created: { year: 2026, month: 11, day: 25, hour: 14, minute: 27 } });
  assert.equal(describeItem(item, 'file', now), 'line 12 · 3 m');
  assert.equal(describeItem(item, 'severity', now), 'a.ts:12 · 3 m');
  assert.equal(describeItem(comment({ status: 'orphan', line: 12 }), 'file', now), 'a.ts:12');
  assert.equal(describeItem(comment({ status: 'file-gone', line: 0 }), 'file', now), 'a.ts');
});

const words: [item: ReviewItem, words: string][] = [
  [comment(), 'comment todo'],
  [comment({ status: 'orphan' }), 'comment todo orphan'],
  [comment({ state: 'done' }), 'comment done unverified'],
  [comment({ state: 'done', verified: true }), 'comment done verified'],
  [comment({ state: 'wontfix' }), 'comment wontfix'],
];

test('a comment has the words that menus look for', () => {
  for (const [item, expected] of words) assert.equal(contextWords(item), expected);
});

test('menus look for no other words', () => {
  const known = new Set(words.flatMap(([, each]) => each.split(' ')));
  const wanted = packageJson.contributes.menus['view/item/context'].filter(({ when }) => when.includes('view == wheelhouse.review ')).flatMap(({ when }) => [...when.matchAll(/\\b\(?([\w|]+)\)?\\b/g)].flatMap((match) => match[1]?.split('|') ?? []));
  assert.ok(wanted.length > 5);
  assert.deepEqual(wanted.filter((word) => !known.has(word)), []);
});
