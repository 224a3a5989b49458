/** A card's schedule under another algorithm. */
import { default_w } from 'ts-fsrs';
import type { Days } from '../days.ts';
import type { Algorithm, Confidence, Schedule } from '../model.ts';
import { fixedIntervals, leitnerIntervals, type DeckSettings } from '../settings.ts';
import { newSchedule, type Memory } from './model.ts';
import { algorithmOf } from './schedule.ts';

export interface Answer {
  readonly at: number;
  readonly confidence: Confidence;
}

/**
 * The schedule that the algorithm would have now. When the card is due, its interval and its counts
 * stay: the change shows from the next answer on. What the algorithm knows of the card comes from its
 * kept answers; where there are none (an import without history), from what the old algorithm knew.
 * @param answers Since the card was last reset, oldest first.
 */
export function convert(before: Schedule, to: Algorithm, answers: readonly Answer[], days: Days, settings: DeckSettings): Schedule {
  if (before.algorithm === to) return before;
  if (before.state === 'new') return newSchedule(to, before.due, settings);
  const memory = replay(to, answers, days, settings) ?? estimate(before, to, settings);
  const { ease, box, stability, difficulty } = memory;
  return { ...before, algorithm: to, ease, box, stability, difficulty };
}

/** What the algorithm would know after these answers, the first of each day; undefined without answers. */
export function replay(algorithm: Algorithm, answers: readonly Answer[], days: Days, settings: DeckSettings): Memory | undefined {
  let memory: Memory | undefined;
  let lastDay: number | undefined;
  for (const { at, confidence } of answers) {
    const day = days.dayOf(at);
    if (lastDay !== undefined && day <= lastDay) continue;
    memory = algorithmOf[algorithm].step(memory, confidence, lastDay === undefined ? 0 : day - lastDay, settings);
    lastDay = day;
  }
  return memory;
}

/** A schedule from a file, with what FSRS needs where the file does not have it. */
export function completed(schedule: Schedule, answers: readonly Answer[], days: Days, settings: DeckSettings): Schedule {
  if (schedule.algorithm !== 'fsrs' || schedule.state === 'new' || schedule.stability > 0) return schedule;
  const { stability, difficulty } = replay('fsrs', answers, days, settings) ?? estimate({ ...schedule, ease: schedule.ease || settings.ease }, 'fsrs', settings);
  return { ...schedule, stability, difficulty };
}

function estimate(before: Schedule, to: Algorithm, settings: DeckSettings): Memory {
  const { interval, ease, box, stability, difficulty } = before;
  const same = { interval, ease, box, stability, difficulty };
  switch (to) {
    case 'fsrs':
      return { ...same, ...(stability > 0 ? {} : memoryOfSm2(ease, interval, settings.retention)) };
    case 'sm2':
      return { ...same, ease: stability > 0 ? easeOfMemory(stability, difficulty, settings.retention) : ease };
    case 'leitner':
      return { ...same, box: nearest(leitnerIntervals(settings), interval) };
    case 'fixed':
      return { ...same, box: nearest(fixedIntervals(settings), interval) };
  }
}

const [, , , , , , , , w8 = 0, w9 = 0, w10 = 0] = default_w;
const decay = -(default_w[20] ?? 0);
const factor = 0.9 ** (1 / decay) - 1;

/** How much SM-2's ease is worth at difficulty 10: the growth of FSRS's stability, solved for what is left. */
function growth(stability: number, retention: number): number {
  return Math.exp(w8) * stability ** -w9 * (Math.exp((1 - retention) * w10) - 1);
}

/**
 * Stability and difficulty of a card that SM-2 scheduled, as FSRS takes over such cards: the interval
 * was right for the recall that is asked for, and the ease is the growth at the next good answer.
 */
export function memoryOfSm2(ease: number, interval: number, retention: number): Pick<Memory, 'stability' | 'difficulty'> {
  const stability = (Math.max(interval, 0.001) * factor) / (retention ** (1 / decay) - 1);
  const difficulty = 11 - (ease - 1) / growth(stability, retention);
  return { stability, difficulty: Math.min(10, Math.max(1, difficulty)) };
}

/** The way back, within what SM-2 usually has. */
function easeOfMemory(stability: number, difficulty: number, retention: number): number {
  const ease = 1 + (11 - difficulty) * growth(stability, retention);
  return Math.round(Math.min(3, Math.max(1.3, ease)) * 1000) / 1000;
}

/** The place, from 1, of the longest interval that is not above this one; the first when all are. */
function nearest(intervals: readonly number[], interval: number): number {
  return Math.max(1, intervals.filter((days) => days <= interval).length);
}
