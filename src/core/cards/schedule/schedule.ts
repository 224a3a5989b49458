/** From an answer to the card's next schedule. Pure: time, days and load are arguments. */
import type { Days } from '../days.ts';
import type { Algorithm, Confidence, Schedule } from '../model.ts';
import type { DeckSettings } from '../settings.ts';
import { fixed } from './fixed.ts';
import { fsrs } from './fsrs.ts';
import { spread } from './fuzz.ts';
import { leitner } from './leitner.ts';
import { rightFrom, type Algorithmic, type Memory } from './model.ts';
import { sm2 } from './sm2.ts';

export const algorithmOf: Readonly<Record<Algorithm, Algorithmic>> = { fsrs, sm2, leitner, fixed };

export interface AnswerOptions {
  readonly days: Days;
  readonly settings: DeckSettings;
  /** Belongs to the card: the same seed and the same history give the same day. */
  readonly seed: string;
  /** Cards due on a day (its number), to choose among days that are as good. */
  readonly load?: (day: number) => number;
}

/** A forgotten card is due again after so long: one relearning step of Anki's ten minutes. */
export const relearnMs = 10 * 60_000;
/** A card whose step ends within so long is asked now when nothing else is left; Anki's twenty minutes. */
export const learnAheadMs = 20 * 60_000;

/** Beyond this, what is due on a day is not yet known well enough to balance; Anki's limit too. */
const balancedDays = 90;

export interface Answered {
  readonly schedule: Schedule;
  /** It was the day's first answer, which alone moves what the algorithm knows. */
  readonly first: boolean;
}

/**
 * The schedule after an answer.
 *
 * The first answer of a day moves the card's memory. Further ones on that day only lead it through
 * its relearning: wrong, and it comes again in ten minutes; right, and it comes when the first answer
 * said. A right answer minutes after the solution was shown tells nothing about next week: taken for
 * an ordinary one it makes every algorithm's forecast far worse.
 *
 * A clock that was set back makes no negative days: such an answer is one of the same day.
 */
export function answered(before: Schedule, confidence: Confidence, now: number, options: AnswerOptions): Answered {
  const { days, settings, seed, load } = options;
  const today = days.dayOf(now);
  const elapsed = before.lastReview === undefined ? 0 : Math.max(0, today - days.dayOf(before.lastReview));
  const first = before.lastReview === undefined || elapsed > 0;
  const right = confidence >= rightFrom;
  const memory = first ? step(before, confidence, elapsed, settings) : before;

  const wasKnown = before.state === 'review' || before.state === 'relearning';
  let interval = Math.max(1, memory.interval);
  if (first && right && settings.fuzz) interval = spread(interval, before.interval, settings.maximumInterval, `${seed}/${before.reps}`, interval <= balancedDays && load ? (ahead) => load(today + ahead) : undefined);
  const schedule: Schedule = {
    algorithm: before.algorithm,
    state: right ? 'review' : wasKnown ? 'relearning' : 'learning',
    due: right ? days.startOf(today + interval) : now + relearnMs,
    interval,
    ease: memory.ease,
    reps: before.reps + 1,
    lapses: before.lapses + (first && !right && before.state === 'review' ? 1 : 0),
    box: memory.box,
    stability: memory.stability,
    difficulty: memory.difficulty,
    lastReview: now,
  };
  return { schedule, first };
}

function step(before: Schedule, confidence: Confidence, elapsed: number, settings: DeckSettings): Memory {
  const memory = before.state === 'new' ? undefined : before;
  // A new card may bring an ease of its own.
  const after = algorithmOf[before.algorithm].step(memory, confidence, elapsed, memory ? settings : { ...settings, ease: before.ease });
  return { ...after, interval: Math.min(after.interval, settings.maximumInterval) };
}
