import type { Foretold, LearnStats } from '../../../src/protocol/learnStats.ts';

const dayMs = 86_400_000;
const today = '2026-03-14';
const date = (daysFromToday: number) => new Date(Date.parse(`${today}T00:00:00Z`) + daysFromToday * dayMs).toISOString().slice(0, 10);

/** A year of somebody who learns on most days. */
export const sample: LearnStats = {
  deck: undefined,
  decks: ['javascript', 'typescript', 'vocabulary'],
  today,
  cards: { total: 412, new: 38, learning: 9, young: 131, mature: 230, suspended: 4, due: 23 },
  reviews: 9_314,
  tookMs: 23 * 3_600_000,
  retention: 0.912,
  streak: 23,
  days: Array.from({ length: 365 }, (_, i) => ({ date: date(i - 364), reviews: (i * 37) % 61, right: Math.round(((i * 37) % 61) * 0.9), tookMs: ((i * 37) % 61) * 9_000 })).filter(({ reviews }) => reviews > 8),
  byDeck: [
    { deck: 'javascript', cards: 120, due: 4, reviews: 2_800, retention: 0.93 },
    { deck: 'typescript', cards: 192, due: 12, reviews: 4_100, retention: 0.9 },
    { deck: 'vocabulary', cards: 100, due: 7, reviews: 2_414, retention: 0.88 },
  ],
  intervals: [
    { from: 1, to: 3, reviews: 1_500, retention: 0.94 },
    { from: 4, to: 7, reviews: 1_900, retention: 0.92 },
    { from: 8, to: 21, reviews: 2_200, retention: 0.91 },
    { from: 22, to: 90, reviews: 1_400, retention: 0.89 },
    { from: 91, to: 365, reviews: 310, retention: 0.86 },
    { from: 366, to: null, reviews: 0, retention: null },
  ],
  forecast: Array.from({ length: 30 }, (_, i) => ({ date: date(i), due: i === 0 ? 23 : (i * 13) % 19 })),
  hardest: [
    { id: 'card-1', question: 'What does `Array.prototype.flat` do with holes?', deck: 'javascript', reviews: 24, wrong: 9 },
    { id: 'card-2', question: '<img src=x onerror=alert(1)> der Widerspruch', deck: 'vocabulary', reviews: 20, wrong: 7 },
  ],
};

export const foretold: Foretold = {
  predictions: [
    { by: 'fsrs', logLoss: 0.281, reviews: 8_100, cards: 312 },
    { by: 'constant', logLoss: 0.299, reviews: 8_100, cards: 0 },
    { by: 'leitner', logLoss: 0.41, reviews: 8_100, cards: 0 },
    { by: 'sm2', logLoss: 0.47, reviews: 8_100, cards: 100 },
    { by: 'fixed', logLoss: 0.62, reviews: 8_100, cards: 0 },
  ],
};
