/** How surprised each algorithm would have been by what a user remembered. */
import { algorithms, type Algorithm, type Confidence } from '../model.ts';
import { rightFrom, type Memory } from '../schedule/model.ts';
import { algorithmOf } from '../schedule/schedule.ts';
import type { DeckSettings } from '../settings.ts';

export interface Surprise {
  /** `constant`: the user's average, said each time; the mark to beat. It knows the outcome, the algorithms do not. */
  readonly by: Algorithm | 'constant';
  /** Mean of -ln of the chance given to what happened; less is better. */
  readonly logLoss: number;
  /** Answers that were predicted. */
  readonly reviews: number;
}

/** The answers to one card. */
export interface Answers {
  readonly settings: (algorithm: Algorithm) => DeckSettings;
  /** The first answer of each day, oldest first. */
  readonly days: readonly { readonly day: number; readonly confidence: Confidence }[];
}

/** A chance of 0 or 1 would be punished without end. */
const surest = 0.9999;

/** Takes the cards one after the other. The first day of a card is not predicted, for nothing is known of it yet. */
export class Judge {
  readonly #losses = new Map<Algorithm, number>(algorithms.map((by) => [by, 0]));
  #right = 0;
  #wrong = 0;

  add(answers: Answers): void {
    if (answers.days.length < 2) return;
    for (const by of algorithms) this.#losses.set(by, (this.#losses.get(by) ?? 0) + lossOf(by, answers));
    for (const { confidence } of answers.days.slice(1)) {
      if (confidence >= rightFrom) this.#right++;
      else this.#wrong++;
    }
  }

  /** Best first; empty without anything to predict. */
  verdict(): Surprise[] {
    const reviews = this.#right + this.#wrong;
    if (reviews === 0) return [];
    const share = this.#right / reviews;
    const constant = (this.#right * surprise(share, true) + this.#wrong * surprise(share, false)) / reviews;
    const judged = [...this.#losses].map(([by, loss]): Surprise => ({ by, logLoss: loss / reviews, reviews }));
    return [...judged, { by: 'constant' as const, logLoss: constant, reviews }].sort((a, b) => a.logLoss - b.logLoss);
  }
}

function lossOf(algorithm: Algorithm, { days, settings }: Answers): number {
  const { step, recall } = algorithmOf[algorithm];
  const own = settings(algorithm);
  let loss = 0;
  let memory: Memory | undefined;
  let last = 0;
  for (const { day, confidence } of days) {
    const elapsed = day - last;
    if (memory) loss += surprise(recall(memory, elapsed, own), confidence >= rightFrom);
    memory = step(memory, confidence, memory ? elapsed : 0, own);
    last = day;
  }
  return loss;
}

function surprise(chance: number, right: boolean): number {
  const sure = Math.min(surest, Math.max(1 - surest, chance));
  return -Math.log(right ? sure : 1 - sure);
}
