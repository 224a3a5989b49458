import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crawlFacts, episodeNumber, episodeTitle, opening, roman, titleLine } from '../../../../webview-ui/timeline/crawl/facts.ts';

/** Local times, as the crawl tells them. */
const at = (day: number, hour: number, minute = 0) => new Date(2025, 9, day, hour, minute).getTime();
const every = (count: number, from: number, to: number) => Array.from({ length: count }, (_, i) => from + ((to - from) * i) / Math.max(count - 1, 1));
const facts = (times: readonly number[], projects: readonly string[] = ['wheelhouse']) => crawlFacts(times, (i) => projects[i % projects.length]!);

const titles: [string, readonly number[]][] = [
  ['A quiet Tuesday in your terminal…', [at(7, 9)]],
  ['A thoughtful Tuesday in your terminal…', every(8, at(7, 9), at(7, 18))],
  ['A productive Tuesday in your terminal…', every(42, at(7, 9), at(7, 18))],
  ['A busy Sunday in your terminal…', every(80, at(5, 9), at(5, 18))],
  ['A relentless Sunday in your terminal…', every(300, at(5, 9), at(5, 18))],
  ['A thoughtful Tuesday night in your terminal…', every(8, at(7, 0), at(7, 4))],
  ['A few productive days in your terminal…', every(60, at(7, 9), at(8, 18))],
  ['A quiet week in your terminal…', every(12, at(1, 9), at(7, 18))],
  ['A productive month in your terminal…', every(900, at(1, 9), at(30, 18))],
  ['Not so long ago, in a terminal not so far away…', every(100, at(1, 9), at(200, 9))],
  ['A long time ago, in this very terminal…', every(100, at(1, 9), at(900, 9))],
];
for (const [title, times] of titles) test(title, () => assert.equal(titleLine(facts(times)), title));

test('a week with a change of the clock is still seven days', () => {
  assert.equal(facts([at(24, 23, 59), at(30, 0)]).days, 7);
});

test('the episode is the project with most prompts, whose days are counted', () => {
  const many = facts([at(7, 9), at(7, 10), at(7, 11)], ['memento', 'wheelhouse', 'wheelhouse']);
  assert.equal(episodeTitle(many), 'wheelhouse');
  assert.equal(opening(many), '3 prompts in 2 projects, 2 of them for wheelhouse. The first came at 09:00, the last at 11:00.');
  assert.equal(opening(facts([at(7, 9)])), 'One prompt. It had better be a good one.');
  assert.equal(opening(facts([at(7, 9), at(7, 10)])), '2 prompts. The first came at 09:00, the last at 10:00.');
  assert.equal(episodeTitle(facts([at(7, 9)], [''])), 'Somewhere on this disk');
  assert.equal(episodeNumber([at(1, 8), at(1, 23), at(3, 0), at(7, 9), at(9, 9)], at(7, 12)), 3);
});

test('roman numerals', () => {
  assert.deepEqual([1, 4, 9, 14, 40, 90, 400, 1977, 2025].map(roman), ['I', 'IV', 'IX', 'XIV', 'XL', 'XC', 'CD', 'MCMLXXVII', 'MMXXV']);
});

test('times that no calendar has', () => {
  for (const times of [[0, 8.64e15], [-1, 9e15], [NaN]]) assert.equal(typeof titleLine(facts(times)), 'string');
});
