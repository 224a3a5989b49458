import assert from 'node:assert/strict';
import { test } from 'node:test';
import { betterAlgorithm, calendarOf, headlines, intervalName, verdict } from '../../../webview-ui/learnStats/figures.ts';
import { sample } from './sample.ts';

test('the calendar has whole weeks from Monday on, up to today', () => {
  const { days, months } = calendarOf(sample);
  assert.equal(days[0]?.weekday, 0);
  assert.equal(days.at(-1)?.date, sample.today);
  assert.equal(days.length, 52 * 7 + 6, '14 March 2026 is a Saturday');
  assert.deepEqual(new Set(days.map(({ date }) => date)).size, days.length);
  assert.equal(months.length, 12);
});

test('a day in the daylight saving gap is one day', () => {
  const { days } = calendarOf({ today: '2026-10-26', days: [{ date: '2026-10-25', reviews: 7, right: 7, tookMs: 1 }] }, 2);
  assert.deepEqual(days.filter(({ reviews }) => reviews > 0).map(({ date, level }) => [date, level]), [['2026-10-25', 4]]);
});

test('one day of cramming does not make the others pale', () => {
  const days = Array.from({ length: 20 }, (_, i) => ({ date: `2026-03-${String(i + 1).padStart(2, '0')}`, reviews: i === 7 ? 900 : 20, right: 0, tookMs: 0 }));
  assert.deepEqual(new Set(calendarOf({ today: '2026-03-20', days }, 4).days.filter(({ reviews }) => reviews > 0).map(({ level }) => level)), new Set([4]));
});

test('headlines', () => {
  assert.deepEqual(headlines(sample).map(({ value, label }) => `${value} ${label}`), ['48 answers today, in 7 min', '23 days in a row', '91 % remembered when asked again', '23 h for 9,314 answers in all']);
  assert.equal(headlines({ ...sample, days: [] })[0]?.value, 'Nothing yet');
});

test('intervals in words', () => {
  assert.deepEqual([intervalName(1, 1), intervalName(1, 3), intervalName(366, null), intervalName(91, null)], ['1 day', '1-3 days', 'More than a year', '91 days and more']);
});

const predictions = (fsrs: number, constant: number, reviews = 500) => [
  { by: 'fsrs' as const, logLoss: fsrs, reviews, cards: 10 },
  { by: 'sm2' as const, logLoss: 0.6, reviews, cards: 5 },
  { by: 'constant' as const, logLoss: constant, reviews, cards: 0 },
];

test('what the predictions mean', () => {
  assert.match(verdict({ predictions: predictions(0.3, 0.4) }) ?? '', /^FSRS foretells your answers best, and better/);
  assert.match(verdict({ predictions: predictions(0.5, 0.4) }) ?? '', /^None of them .* FSRS comes nearest/);
  assert.match(verdict({ predictions: predictions(0.3, 0.4, 12) }) ?? '', /^12 answers to known cards so far/);
  assert.equal(verdict({ predictions: [] }), undefined);
});

test('a better algorithm is offered only when cards use a worse one, and enough is known', () => {
  assert.equal(betterAlgorithm({ predictions: predictions(0.3, 0.4) }), 'FSRS');
  assert.equal(betterAlgorithm({ predictions: predictions(0.3, 0.4, 12) }), undefined);
  assert.equal(betterAlgorithm({ predictions: predictions(0.3, 0.4).filter(({ by }) => by !== 'sm2') }), undefined);
});
