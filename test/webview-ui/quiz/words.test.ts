import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QuizSummary } from '../../../src/protocol/quiz.ts';
import { endWords } from '../../../webview-ui/quiz/words.ts';
import { comingMoment, spent, spokenInterval } from '../../../webview-ui/shared/time.ts';

const now = new Date(2026, 2, 14, 22, 30).getTime();
const hour = 3_600_000;
const summary: QuizSummary = { answers: 5, known: 3, relearned: 1, tookMs: 95_000, learned: [], hard: [], nextDue: now + 10 * hour, newLater: 0 };

const ends: { name: string; summary: QuizSummary | undefined; says: string }[] = [
  { name: 'some were forgotten', summary, says: 'Done for now: 4 cards in 2 min, 3 known at the first go. The next card is due tomorrow.' },
  { name: 'all were known', summary: { ...summary, known: 1, relearned: 0 }, says: 'Done for now: 1 card in 2 min, all known at the first go. The next card is due tomorrow.' },
  { name: 'new cards wait for their day', summary: { ...summary, nextDue: undefined, newLater: 2 }, says: 'Done for now: 4 cards in 2 min, 3 known at the first go. 2 new cards will come on other days.' },
  { name: 'more are due', summary: { ...summary, nextDue: now - hour }, says: 'Done for now: 4 cards in 2 min, 3 known at the first go. More cards are due already.' },
  { name: 'nothing was asked', summary: { ...summary, answers: 0 }, says: 'Nothing is due: The next card is due tomorrow.' },
  { name: 'there is nothing at all', summary: undefined, says: 'Nothing is due: No card is waiting to come again.' },
];
for (const { name, summary: given, says } of ends) {
  test(`the end: ${name}`, () => {
    const { heading, lines } = endWords({ summary: given, now });
    assert.equal(`${heading}: ${lines.join(' ')}`, says);
  });
}

test('moments to come', () => {
  const said = [0, 10 / 60, 1, 1.5, 2, 24, 30, 80, 24 * 20, 24 * 400].map((hours) => comingMoment(now + hours * hour, now));
  assert.deepEqual(said, ['now', 'in 10 minutes', 'at 23:30', 'tomorrow', 'tomorrow', 'tomorrow', 'on Monday', 'on Wednesday', 'on 3 April', 'on 18 April 2027']);
});

test('lengths of time', () => {
  assert.deepEqual([0, 5, 60, 24, 24 * 45, 24 * 500].map((hours) => spokenInterval(hours * hour)), ['at once', '5 hours', '3 days', '1 day', '1.5 months', '1.4 years']);
  assert.deepEqual([12_000, 95_000, 2 * hour, 2.5 * hour].map(spent), ['12 s', '2 min', '2 h', '2 h 30 min']);
});
