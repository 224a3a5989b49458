/** Labels, statistics, words and search. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createDatabases } from '../../../src/adapters/node/database-sqljs.ts';
import { FullText, fullTextSchema, HIT_END, HIT_START, Marks, parseQuery, projectsOf, PromptIndex, promptKey, sightingOf, snippetsFor, statsOf, timelineOf, WordCounter } from '../../../src/core/prompts/index.ts';

test('labels are short, and no two are the same', () => {
  const labels = (...paths: string[]) => projectsOf(paths).map(({ label }) => label);
  assert.deepEqual(labels('/home/u/app', '/home/u/web'), ['app', 'web']);
  assert.deepEqual(labels('/a/x/app', '/a/y/app', '/web'), ['x/app', 'y/app', 'web']);
  assert.deepEqual(labels('/app', '/a/app', '/b/a/app'), ['app', 'a/app', 'b/a/app']);
  assert.deepEqual(labels('', '/x/unknown'), ['unknown', 'x/unknown']);
  assert.deepEqual(labels('C:\\work\\app', 'D:\\home\\app'), ['work/app', 'home/app']);
  const many = Array.from({ length: 500 }, (_, n) => `/r/${n % 7}/${n % 50}/${n}/app`);
  assert.equal(new Set(labels(...many)).size, 500);
  assert.equal(new Set(labels('/a', '/a/', 'a', '', '/unknown')).size, 5);
});

function indexOf(prompts: readonly { at: number; text?: string; project?: string; stars?: number }[]) {
  const index = new PromptIndex();
  const marks = prompts.map(({ at, text = `prompt ${at}`, project = '/p', stars = 0 }, n) => {
    const told = { at, text, project, session: 's', agent: 'claude', pasted: undefined };
    index.fold({ origin: 'history', apart: false }, sightingOf(told), { offset: n, size: 1 });
    return { key: promptKey(told), rating: stars, note: undefined };
  });
  return { index, marks: new Marks(index, marks.filter(({ rating }) => rating > 0)) };
}

/** Central Europe in 2025: one hour east of UTC, two from March 30 to October 26. */
const clock = { now: () => Date.parse('2025-11-10T12:00:00Z'), offsetMinutes: (at: number) => (at >= Date.parse('2025-03-30T01:00:00Z') && at < Date.parse('2025-10-26T01:00:00Z') ? 120 : 60) };

test('statistics, over the end of summer time', () => {
  const { index, marks } = indexOf([
    { at: Date.parse('2025-10-25T21:59:59Z'), stars: 5 }, // Saturday 23:59
    { at: Date.parse('2025-10-25T22:00:00Z'), stars: 3 }, // Sunday 00:00
    { at: Date.parse('2025-10-26T23:00:00Z'), text: 'x'.repeat(100) }, // Monday 00:00
    { at: Date.parse('2025-11-09T12:00:00Z'), project: '/q' },
    { at: 8e15, project: '/q' },
    { at: -5 },
  ]);
  const stats = statsOf(index.table, marks, index.table.order(), clock);
  assert.deepEqual([stats.total, stats.rated, stats.mean, stats.distribution], [6, 2, 4, [0, 0, 1, 0, 1]]);
  assert.deepEqual(stats.projects.map(({ label, count, rated }) => [label, count, rated]), [['p', 4, 2], ['q', 2, 0]]);
  assert.deepEqual(stats.weekdays.map(({ count }) => count).slice(0, 2), [2, 1]);
  assert.equal(stats.hours[23]?.rated, 1);
  assert.deepEqual(stats.weeks.map(({ start, count }) => [new Date(start).toISOString(), count]), [
    ['2025-10-19T22:00:00.000Z', 2],
    ['2025-10-26T23:00:00.000Z', 1],
    ['2025-11-02T23:00:00.000Z', 1],
  ]);
  assert.deepEqual(stats.lengths.filter(({ count }) => count > 0).map(({ from, to, count }) => [from, to, count]), [[0, 20, 1], [20, 50, 4], [100, 200, 1]]);
});

test('the timeline is in the order of time, without bare commands', () => {
  const { index, marks } = indexOf([{ at: 3 }, { at: 1, text: '/login ' }, { at: 2, text: '/login please', stars: 2 }, { at: 0 }]);
  const { prompts } = timelineOf(index.table, marks, 'v');
  assert.deepEqual([[...prompts.id], [...prompts.at], [...prompts.rating]], [[4, 3, 1], [0, 2, 3], [0, 2, 0]]);
});

test('words', () => {
  const count = (technical: boolean, ...texts: string[]) => {
    const counter = new WordCounter(technical);
    for (const text of texts) counter.add(text);
    return counter.top(100).map(({ word, count }) => `${word} ${count}`);
  };
  assert.deepEqual(count(false, 'The parser, the Parser and THE tests.', "don't parse 2025-10-02"), ['parser 2', 'parse 1', 'tests 1']);
  assert.deepEqual(count(true, 'Please fix useState in src/core/app.ts, user_id and HTTP2; e.g. the API', 'the api, the API, PLEASE'), ['API 3', 'HTTP2 1', 'src/core/app.ts 1', 'user_id 1', 'useState 1']);
  assert.deepEqual(count(false, 'Prüfung der Übersetzung — Übersetzung'), ['übersetzung 2', 'prüfung 1']);
});

const texts = [
  'fix the failing login test on windows',
  'the login page is slow',
  'write tests for logging in',
  'café crème with user_name and node.js',
  '日本語の検索をする',
  'arrow => function 🎉',
  'test test test login',
];
let full: FullText;
before(async () => {
  const db = await createDatabases().open();
  db.exec(fullTextSchema);
  full = new FullText(db);
  full.add(texts.map((text, n) => ({ id: n + 1, text })));
});

test('search', () => {
  const cases: [query: string, ids: number[] | undefined][] = [
    ['login ', [1, 2, 7]],
    ['log', [1, 2, 3, 7]],
    ['log ', []],
    ['login test', [1, 7]],
    ['test login', [1, 7]],
    ['"login test"', [1]],
    ['"test login"', [7]],
    ['login -windows ', [2, 7]],
    ['login -"login page" ', [1, 7]],
    ['LOGIN Page', [2]],
    ['cafe', [4]],
    ['user_name', [4]],
    ['node.js', [4]],
    ['検索', [5]],
    ['日本', [5]],
    ['本日', []],
    ['OR AND NEAR/2 (*', []],
    ['"unclosed phrase', []],
    ["'; DROP TABLE x", []],
    ['=>', undefined],
    ['-login ', undefined],
    ['', undefined],
  ];
  for (const [query, ids] of cases) assert.deepEqual(full.ids(parseQuery(query)) && [...full.ids(parseQuery(query))!], ids, query);
  const scores = full.scores(parseQuery('test login'));
  assert((scores.get(7) ?? 0) > (scores.get(1) ?? 0), 'more often in fewer words');
  assert.deepEqual([...full.without(Uint32Array.of(1, 2, 3), parseQuery('-login ').excluded)], [3]);
});

test('snippets', () => {
  const marked = (text: string, query: string) => snippetsFor(parseQuery(query))(text).replaceAll(HIT_START, '[').replaceAll(HIT_END, ']');
  assert.equal(marked('Fix the Login test', 'login te'), 'Fix the [Login] test');
  assert.equal(marked('Fix the\nLogin   testing', 'login tes'), 'Fix the [Login] [testing]');
  assert.equal(marked('a => b', '=>'), 'a [=>] b');
  assert.equal(marked('日本語の検索', '検索'), '日本語の[検索]');
  assert.match(marked(`${'word '.repeat(200)}needle${' word'.repeat(200)}`, 'needle'), /^….*\[needle\].*…$/);
  assert.equal(marked(`a${HIT_START}b c`, 'c '), 'a b [c]');
  assert.equal(marked('a+b(c', '(c'), 'a+b([c]');
});
