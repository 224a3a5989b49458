import { blank, recallByInterval, rightFrom, type Algorithmic } from './model.ts';

const leastEase = 1.3;

/**
 * SM-2 as P. A. Wozniak published it in 1990: 1 day, 6 days, then the interval before times the
 * easiness factor, rounded up; EF' = EF + 0.1 - (5 - q)(0.08 + (5 - q) 0.02), at least 1.3.
 *
 * Three things need a choice. Confidence 1-5 is taken as the quality q itself (q 0, no memory at all,
 * has no button); so 3 is the least that is right, in both. A lapse starts over at 1 day and leaves
 * the easiness factor alone, as the original text says; many ports lower it. And an interval is
 * multiplied by the factor before the answer, which the answer then changes for the next time.
 */
export const sm2: Algorithmic = {
  step(memory, confidence, _elapsed, settings) {
    const { ease, interval } = memory ?? { ...blank, ease: settings.ease };
    const base = { ...blank, ...memory };
    if (confidence < rightFrom) return { ...base, ease, interval: 1 };
    const miss = 5 - confidence;
    return {
      ...base,
      // 6 × 2.3 is 13.799999999999999 in a computer, and 60 × 1.1 is 66.00000000000001; the latter is 66.
      interval: interval < 1 ? 1 : interval === 1 ? 6 : Math.ceil(interval * ease - 1e-9),
      ease: Math.max(leastEase, Math.round((ease + 0.1 - miss * (0.08 + miss * 0.02)) * 1e6) / 1e6),
    };
  },
  recall: recallByInterval,
};
