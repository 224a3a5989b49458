/**
 * A review log as a learner would leave it, from a seed. The learner's memory is a half-life that grows
 * by a factor of the card's own with each recall and shrinks when something is forgotten: none of the
 * algorithms that are judged by it. Cards are asked about when a simple doubling schedule says, and
 * often late; what was forgotten is repeated on the same day until it is known.
 */
import type { Confidence } from '../src/core/cards/index.ts';

export interface LoggedAnswer {
  readonly card: number;
  readonly day: number;
  /** Minutes after the first answer of the day. */
  readonly minute: number;
  readonly confidence: Confidence;
}

export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many answers, by card, in order of time. */
export function reviewLog(cards: number, reviews: number, seed = 1): LoggedAnswer[] {
  const random = chance(seed);
  // A little more than needed, so that the cut-off is what ends the log.
  const perCard = (reviews / cards) * 1.01;
  const log: LoggedAnswer[] = [];
  for (let card = 0; card < cards && log.length < reviews; card++) {
    const growth = 1.4 + 2.2 * random();
    let halfLife = 1.2 + 6 * random() ** 2;
    let interval = 0;
    let day = Math.floor(random() * 200);
    const most = Math.max(2, Math.round(perCard * (0.5 + random())));
    for (let given = 0; given < most; ) {
      const recall = interval === 0 ? 0.6 : 2 ** (-interval / halfLife);
      let right = random() < recall;
      for (let minute = 0; given < most; minute += 10) {
        given++;
        log.push({ card, day, minute, confidence: right ? ([3, 4, 4, 4, 5] as const)[Math.floor(random() * 5)] ?? 4 : random() < 0.5 ? 1 : 2 });
        if (right) break;
        if (minute === 0 && interval > 0) halfLife = Math.max(1, halfLife * 0.45);
        right = random() < 0.85;
        if (right) interval = 0;
      }
      if (interval > 0) halfLife *= growth;
      // Nobody waits for years.
      interval = Math.min(150, Math.max(1, Math.round((interval === 0 ? 1 : interval * 2.1) * (0.8 + 1.6 * random() ** 3))));
      day += interval;
    }
  }
  return log.slice(0, reviews);
}

/** What Anki's buttons mean here: again, hard, good, easy. */
const confidences: Readonly<Record<string, Confidence>> = { 1: 1, 2: 3, 3: 4, 4: 5 };
const dayMs = 86_400_000;
const dayStartMs = 4 * 3_600_000;

/**
 * A review log as CSV with the columns `card_id`, `review_rating` (1-4, Anki's buttons) and
 * `review_time` (ISO 8601, or seconds or milliseconds since the epoch), in any order. Days begin at four, UTC.
 */
export function readReviewLog(csv: string): LoggedAnswer[] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const columns = head.split(',');
  const [id, rating, time] = ['card_id', 'review_rating', 'review_time'].map((name) => columns.indexOf(name)) as [number, number, number];
  if (Math.min(id, rating, time) < 0) throw new Error('The review log needs the columns card_id, review_rating and review_time.');
  const numbers = new Map<string, number>();
  const answers = lines.map((line, at) => {
    const fields = line.split(',');
    const moment = momentOf(fields[time] ?? '');
    const confidence = confidences[fields[rating] ?? ''];
    if (confidence === undefined || Number.isNaN(moment)) throw new Error(`Line ${at + 2} of the review log is no review: ${line}`);
    const key = fields[id] ?? '';
    const card = numbers.get(key) ?? numbers.size;
    numbers.set(key, card);
    const day = Math.floor((moment - dayStartMs) / dayMs);
    return { card, day, minute: Math.floor((moment - dayStartMs - day * dayMs) / 60_000), confidence, moment };
  });
  return answers.sort((a, b) => a.moment - b.moment);
}

function momentOf(text: string): number {
  const number = Number(text);
  if (text === '' || Number.isNaN(number)) return Date.parse(text);
  return number < 1e11 ? number * 1000 : number;
}
