/** The source of a page that is a file of its own: search, figures, words and CSV. */
process.env['TZ'] = 'Europe/Berlin';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embedTimeline, readEmbeddedTimeline } from '../../../../src/protocol/timelineFile.ts';
import { csvOf } from '../../../../webview-ui/timeline/embedded/csv.ts';
import { matches, parseQuery, snippet } from '../../../../webview-ui/timeline/embedded/search.ts';
import { statsOf } from '../../../../webview-ui/timeline/embedded/stats.ts';
import { wordCounts } from '../../../../webview-ui/timeline/embedded/words.ts';
import { timelineFile } from '../harness/prompts.ts';

const hostile = ['</script><script>alert(1)</script>', '<!-- <script>', ']]>', '&lt;', '\u2028\u2029', 'שלום \u202Eabc', '\u200B\u0000\u0007', '👩‍👩‍👧‍👦', '\uD800', "a','b"];

test('hostile texts survive in a script element and cannot leave it', () => {
  const file = timelineFile(hostile.map((text, i) => ({ at: i, text, project: text, note: text })));
  const embedded = embedTimeline(file);
  assert(!/[<>&\u2028\u2029]/.test(embedded));
  assert.deepEqual(readEmbeddedTimeline(embedded), file);
  for (const bad of ['null', '{}', '{"format":2,"at":[]}', '[]']) assert.throws(() => readEmbeddedTimeline(bad), /timeline/);
});

const searches: readonly [query: string, text: string, found: boolean][] = [
  ['smoke', 'a Smoke test', true],
  ['smo', 'a smoke test', true],
  ['smo test', 'a smoke test', false],
  ['test smo', 'a smoke test', true],
  ['"smoke test"', 'a smoke-test', true],
  ['"test smoke"', 'a smoke test', false],
  ['smoke -test', 'a smoke test', false],
  ['smoke -fire', 'a smoke test', true],
  ['parse_args', 'why parse_args?', true],
  ['c++ (', 'c and more', true],
  ['größe', 'die GRÖSSE, die Größe', true],
  ['.*', 'anything', true],
  ['', 'anything', true],
];
for (const [query, text, found] of searches) test(`search ${JSON.stringify(query)} in ${JSON.stringify(text)}`, () => assert.equal(matches(parseQuery(query), text), found));

test('a snippet shows the first hit with its neighbourhood', () => {
  const text = `${'before '.repeat(40)}the needle, a Needle${' after'.repeat(60)}`;
  const found = snippet(parseQuery('needle'), text);
  assert.match(found, /^…before /);
  assert.match(found, /the \uE000needle\uE001, a \uE000Needle\uE001 after/);
  assert(found.endsWith('…'));
  assert.equal(snippet(parseQuery('x'), 'a \uE000fake\uE001 x'), 'a fake \uE000x\uE001', 'marks in the text itself go');
});

test('figures', () => {
  const at = (text: string) => new Date(text).getTime();
  const file = timelineFile([
    { at: at('2025-10-05T23:30'), text: 'x'.repeat(10), project: '/a', rating: 2 },
    { at: at('2025-10-06T00:30'), text: 'x'.repeat(3000), project: '/a', rating: 5 },
    { at: at('2025-10-26T10:00'), text: 'x'.repeat(60), project: '/b' },
  ]);
  const stats = statsOf(file, Float64Array.from(file.at), {});
  assert.deepEqual([stats.total, stats.rated, stats.mean, stats.distribution], [3, 2, 3.5, [0, 1, 0, 0, 1]]);
  assert.deepEqual(stats.projects.map(({ label, count, mean }) => [label, count, mean]), [['a', 2, 3.5], ['b', 1, 0]]);
  assert.deepEqual([stats.hours[23]!.count, stats.hours[0]!.count, stats.hours[10]!.count], [1, 1, 1]);
  assert.deepEqual(stats.weekdays.map(({ count }) => count), [2, 1, 0, 0, 0, 0, 0]);
  assert.deepEqual(stats.weeks.map(({ start, count }) => [new Date(start).getDate(), count]), [[29, 1], [6, 1], [13, 0], [20, 1]]);
  assert.equal(stats.lengths.at(-1)!.to, null);
  assert.equal(stats.lengths.reduce((sum, { count }) => sum + count, 0), 3);
  assert.equal(statsOf(file, Float64Array.from(file.at), { from: at('2025-10-06T00:00'), to: at('2025-10-07T00:00') }).total, 1);
});

test('words: once for each prompt, common ones left out', () => {
  const texts = ['Please fix the parser, the parser!', 'parse_args and the Parser', 'useState'];
  assert.deepEqual(wordCounts(texts, false, 2), [{ word: 'parser', count: 2 }, { word: 'fix', count: 1 }]);
  assert.deepEqual(wordCounts(texts, true, 9).map(({ word }) => word), ['parser', 'parse_args', 'usestate']);
});

test('CSV quotes everything that needs it, and starts no formula', () => {
  const file = timelineFile([{ at: 0, text: '=HYPERLINK("x")\nnext, line', project: '/a,b', note: '+1' }]);
  assert.equal(csvOf(file, [0]), 'ID,Timestamp,Time,Project,Rating,Prompt,Note\r\n1,1970-01-01T00:00:00.000Z,1970-01-01 01:00:00,"/a,b",,"\'=HYPERLINK(""x"")\nnext, line","\'+1"\r\n');
});
