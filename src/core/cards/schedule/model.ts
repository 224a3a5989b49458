import type { Algorithm, Confidence, Schedule } from '../model.ts';
import type { DeckSettings } from '../settings.ts';

/** What an algorithm knows of a card between two days. */
export type Memory = Pick<Schedule, 'interval' | 'ease' | 'box' | 'stability' | 'difficulty'>;

/** An algorithm as a function from day to day. What happens within a day is the same for all: see `schedule.ts`. */
export interface Algorithmic {
  /**
   * The card after the day's first answer; `interval` is in whole days, at least 1, before any fuzz.
   * @param memory undefined before the first answer ever. @param elapsed Whole days since the last answer, at least 0.
   */
  readonly step: (memory: Memory | undefined, confidence: Confidence, elapsed: number, settings: DeckSettings) => Memory;
  /** The chance of recall after so many days, 0-1. */
  readonly recall: (memory: Memory, elapsed: number, settings: DeckSettings) => number;
}

/** Below this an answer is wrong. */
export const rightFrom = 3;

/** An algorithm that knows intervals only promises nothing; it is taken to aim at 90 % when the interval is over, as FSRS does. */
export function recallByInterval({ interval }: Memory, elapsed: number): number {
  return 0.9 ** (elapsed / Math.max(interval, 1));
}

export function newSchedule(algorithm: Algorithm, at: number, { ease }: Pick<DeckSettings, 'ease'>): Schedule {
  return { algorithm, state: 'new', due: at, interval: 0, ease, reps: 0, lapses: 0, box: 1, stability: 0, difficulty: 0, lastReview: undefined };
}

export const blank = { interval: 0, box: 1, stability: 0, difficulty: 0 } as const;
