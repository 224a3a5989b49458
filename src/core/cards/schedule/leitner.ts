import { leitnerIntervals } from '../settings.ts';
import { blank, recallByInterval, rightFrom, type Algorithmic } from './model.ts';

/**
 * S. Leitner's boxes. A new card lies in the first; a right answer moves it one box on, to the last
 * at most; a wrong one back into the first. A card comes after the days of the box that it lies in.
 */
export const leitner: Algorithmic = {
  step(memory, confidence, _elapsed, settings) {
    const intervals = leitnerIntervals(settings);
    const base = { ...blank, ease: settings.ease, ...memory };
    const box = confidence < rightFrom ? 1 : Math.min(base.box + 1, intervals.length);
    return { ...base, box, interval: intervals[box - 1] ?? 1 };
  },
  recall: recallByInterval,
};
