import type { Figure } from '../figure.ts';
import type { Answer } from './methods.ts';

/** Right is also an answer of several lines, where a formatter wrapped one, that the true one is among. */
export function verdictOn(answer: Answer, truth: number | undefined): 'right' | 'wrong' | 'lost' {
  if (answer === undefined) return truth === undefined ? 'right' : 'lost';
  return truth !== undefined && answer.start <= truth && truth <= answer.end ? 'right' : 'wrong';
}

/** How often a method was right, wrong (attached to something else) or lost (did not attach, wrongly). */
export class Tally {
  right = 0;
  wrong = 0;
  lost = 0;

  /** @param truth The line where it is; undefined when it is gone. */
  count(answer: Answer, truth: number | undefined): 'right' | 'wrong' | 'lost' {
    const verdict = verdictOn(answer, truth);
    this[verdict]++;
    return verdict;
  }

  get n(): number {
    return this.right + this.wrong + this.lost;
  }

  percent(verdict: 'right' | 'wrong' | 'lost'): number {
    return this.n === 0 ? 0 : Math.round((1e4 * this[verdict]) / this.n) / 100;
  }
}

/** Three figures for every method; ours beside the baseline that is right most often. */
export function figuresOf(prefix: string, tallies: ReadonlyMap<string, Tally>, ours: string): Figure[] {
  const rivals = [...tallies].filter(([name]) => !name.startsWith(ours)).map(([, tally]) => tally);
  const best = rivals.length > 0 ? rivals.reduce((x, y) => (y.right > x.right ? y : x)) : undefined;
  return [...tallies].flatMap(([method, tally]) =>
    (['right', 'wrong', 'lost'] as const).map((verdict): Figure => {
      const value = tally.percent(verdict);
      const figure = { name: `${prefix}: ${method}: ${verdict}`, value, unit: '%', n: tally.n };
      if (method !== ours || !best) return figure;
      const baseline = best.percent(verdict);
      return { ...figure, baseline, ...(baseline > 0 && { ratio: Math.round((1000 * value) / baseline) / 1000 }) };
    }),
  );
}
