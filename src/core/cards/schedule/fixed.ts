import { fixedIntervals } from '../settings.ts';
import { blank, recallByInterval, rightFrom, type Algorithmic } from './model.ts';

/**
 * A list of intervals: after the first right answer the first, after the second the second, and the
 * last from there on. A wrong answer starts the list again. The place in the list is kept as the box.
 */
export const fixed: Algorithmic = {
  step(memory, confidence, _elapsed, settings) {
    const intervals = fixedIntervals(settings);
    const base = { ...blank, ease: settings.ease, ...memory };
    const known = memory !== undefined && memory.interval > 0;
    const box = confidence < rightFrom || !known ? 1 : Math.min(base.box + 1, intervals.length);
    return { ...base, box, interval: intervals[box - 1] ?? 1 };
  },
  recall: recallByInterval,
};
