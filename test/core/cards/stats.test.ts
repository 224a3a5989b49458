import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as core from '../../../src/core/cards/index.ts';
import { Judge } from '../../../src/core/cards/stats/judge.ts';
import { settingsOf } from '../../../src/core/cards/settings.ts';
import { dayMs, noon, testCards, type TestCards } from './helpers.ts';

/** Three weeks of two cards: one in `p`, known all along, one in `q`, forgotten now and then. */
async function learned(t: TestContext): Promise<{ context: TestCards; good: string; bad: string }> {
  const context = testCards();
  t.after(() => context.dispose());
  const [good, bad] = (await core.createCards(context, [{ question: 'good', answer: 'x', project: 'p' }, { question: 'bad', answer: 'x', project: 'q' }])).map(({ id }) => id);
  assert.ok(good !== undefined && bad !== undefined);
  for (const [day, first, second] of [[0, 4, 4], [1, 4, 2], [2, 0, 4], [7, 4, 1], [21, 0, 4]] as const) {
    context.now = noon + day * dayMs;
    if (first > 0) await core.reviewCard(context, good, first, { tookMs: 5000 });
    await core.reviewCard(context, bad, second, { tookMs: 500_000 });
    if (second < 3) await core.reviewCard(context, bad, 3, { tookMs: 1000 });
  }
  return { context, good, bad };
}

test('figures of all time', async (t) => {
  const { context, bad } = await learned(t);
  const stats = await core.cardStats(context);
  assert.deepEqual({ ...stats, days: stats.days.length, forecast: stats.forecast.length }, {
    period: 'all',
    project: null,
    cards: { total: 2, new: 0, learning: 0, young: 2, mature: 0, suspended: 0, due: 0 },
    reviews: 10,
    right: 8,
    // Six first answers after the first day, two of them wrong.
    retention: 4 / 6,
    // A minute at most of an answer that took eight.
    tookMs: 3 * 5000 + 5 * 60_000 + 2 * 1000,
    streak: 1,
    days: 5,
    decks: [{ project: 'p', cards: 1, due: 0, reviews: 3, retention: 1 }, { project: 'q', cards: 1, due: 0, reviews: 7, retention: 2 / 4 }],
    intervals: [
      { from: 1, to: 3, reviews: 4, retention: 0.75 },
      { from: 4, to: 7, reviews: 2, retention: 0.5 },
      { from: 8, to: 21, reviews: 0, retention: null },
      { from: 22, to: 90, reviews: 0, retention: null },
      { from: 91, to: 365, reviews: 0, retention: null },
      { from: 366, to: null, reviews: 0, retention: null },
    ],
    forecast: 30,
    hardest: [{ id: bad, question: 'bad', project: 'q', wrong: 2, reviews: 7, lapses: 2 }],
  } satisfies Record<keyof core.CardStats, unknown>);
  assert.deepEqual(stats.days[1], { date: '2025-01-27', reviews: 3, right: 2, tookMs: 5000 + 60_000 + 1000 });
  assert.equal(stats.forecast.reduce((sum, { due }) => sum + due, 0), 2);
});

test('of a period and of a project', async (t) => {
  const { context } = await learned(t);
  const reviews = async (filter: core.StatsFilter) => (await core.cardStats(context, filter)).reviews;
  assert.deepEqual(await Promise.all([{ period: 'today' }, { period: 'week' }, { period: 'month' }, { project: 'p' }, { project: 'p', period: 'week' }].map((filter) => reviews(filter as core.StatsFilter))), [1, 1, 10, 3, 0]);
});

test('days in a row, today or not', async (t) => {
  const context = testCards();
  t.after(() => context.dispose());
  const { id } = await core.createCard(context, { question: 'Q', answer: 'A' });
  const streaks: number[] = [];
  for (let day = 0; day < 3; day++) {
    await core.reviewCard(context, id, 4);
    streaks.push((await core.cardStats(context)).streak);
    context.wait(dayMs);
    streaks.push((await core.cardStats(context)).streak);
  }
  context.wait(dayMs);
  streaks.push((await core.cardStats(context)).streak);
  assert.deepEqual(streaks, [1, 1, 2, 2, 3, 3, 0]);
});

test('no cards: every figure is there, and none is a division by nothing', async (t) => {
  const context = testCards();
  t.after(() => context.dispose());
  const stats = await core.cardStats(context);
  assert.deepEqual([stats.reviews, stats.retention, stats.streak, stats.hardest, stats.decks], [0, null, 0, [], []]);
  assert.deepEqual(await core.predictions(context), []);
});

test('log loss, reckoned by hand', () => {
  const settings = (algorithm: core.Algorithm) => settingsOf(algorithm, { fuzz: false });
  // One card: known, known again on its day, forgotten a day late.
  const judge = new Judge();
  judge.add({ settings, days: [{ day: 0, confidence: 4 }, { day: 1, confidence: 4 }, { day: 13, confidence: 1 }] });
  const judged = judge.verdict();
  const of = (by: string) => judged.find((prediction) => prediction.by === by)?.logLoss ?? NaN;
  const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
  near(of('constant'), Math.log(2));
  // SM-2: 1 day and then 6 days, so 90 % at once, and 0.9 ^ 2 after twelve days.
  near(of('sm2'), (-Math.log(0.9) - Math.log(1 - 0.9 ** 2)) / 2);
  // Leitner: 2 days in the second box, 4 in the third.
  near(of('leitner'), (-Math.log(0.9 ** 0.5) - Math.log(1 - 0.9 ** 3)) / 2);
  assert.ok(judged.every(({ reviews }) => reviews === 2));
  assert.deepEqual(judged.map(({ logLoss }) => logLoss), judged.map(({ logLoss }) => logLoss).sort((a, b) => a - b));
});

test('the predictions judge what is kept: first answers of a day, without what was taken back', async (t) => {
  const { context } = await learned(t);
  const judged = await core.predictions(context);
  assert.deepEqual(new Set(judged.map(({ by }) => by)), new Set([...core.algorithms, 'constant']));
  assert.ok(judged.every(({ reviews, logLoss }) => reviews === 6 && logLoss > 0 && logLoss < 10));
  assert.equal(judged.find(({ by }) => by === 'sm2')?.cards, 2);
  await core.undo(context);
  assert.equal((await core.predictions(context))[0]?.reviews, 5);
});
