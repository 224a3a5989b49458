import { WheelhouseError } from '../base/errors.ts';
import { algorithms, type Algorithm } from './model.ts';

/** How the cards of a deck are scheduled and asked. */
export interface DeckSettings {
  /** Of new cards. */
  readonly algorithm: Algorithm;
  /** FSRS: the chance of recall at which a card comes again, 0.7-0.99. */
  readonly retention: number;
  /** SM-2: the easiness of a new card, 1.3-5. */
  readonly ease: number;
  /** Leitner: how many boxes, 3-10. */
  readonly boxes: number;
  /** Leitner: days in each box, one for each; fixed: days after the first, second, … right answer. Empty: the usual ones. */
  readonly intervals: readonly number[];
  /** Days that no interval exceeds. */
  readonly maximumInterval: number;
  /** Whether intervals are spread a little, so that what was learned together does not always come together. */
  readonly fuzz: boolean;
  /** New cards in one day. */
  readonly newPerDay: number;
  /** A card forgotten so often is suspended. */
  readonly leechLapses: number;
}

/** Anki's defaults where Anki has the same; 36,500 days are a hundred years. */
const usual = { retention: 0.9, ease: 2.5, boxes: 5, intervals: [], maximumInterval: 36_500, newPerDay: 20, leechLapses: 8 } as const;

/**
 * The settings in force. SM-2, Leitner and fixed intervals promise exact intervals, so only FSRS is
 * spread unless somebody asks for it.
 * @param own What was set, the more special last.
 */
export function settingsOf(algorithm: Algorithm, ...own: readonly Partial<DeckSettings>[]): DeckSettings {
  const set: Partial<DeckSettings> = Object.assign({}, ...own) as Partial<DeckSettings>;
  const chosen = set.algorithm ?? algorithm;
  return { ...usual, fuzz: chosen === 'fsrs', ...set, algorithm: chosen };
}

/** Days in each of Leitner's boxes: doubled from box to box. */
export function leitnerIntervals({ boxes, intervals }: Pick<DeckSettings, 'boxes' | 'intervals'>): readonly number[] {
  return intervals.length === boxes ? intervals : Array.from({ length: boxes }, (_, box) => 2 ** box);
}

const usualFixed = [1, 3, 7, 14, 30, 60, 120];

export function fixedIntervals({ intervals }: Pick<DeckSettings, 'intervals'>): readonly number[] {
  return intervals.length > 0 ? intervals : usualFixed;
}

/** @throws WheelhouseError `usage` that names the setting and its range. */
export function checkSettings(change: Partial<DeckSettings>): void {
  const within = (name: keyof DeckSettings, least: number, most: number, whole: boolean) => {
    const value = change[name];
    if (value === undefined) return;
    if (typeof value !== 'number' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
      throw new WheelhouseError('usage', `${words[name]} is a ${whole ? 'whole ' : ''}number from ${least} to ${most}, not ${String(value)}.`);
    }
  };
  within('retention', 0.7, 0.99, false);
  within('ease', 1.3, 5, false);
  within('boxes', 3, 10, true);
  within('maximumInterval', 1, 36_500, true);
  within('newPerDay', 0, 9_999, true);
  within('leechLapses', 1, 99, true);
  const { algorithm, intervals, boxes } = change;
  if (algorithm !== undefined && !algorithms.includes(algorithm)) throw new WheelhouseError('usage', `The algorithm is one of ${algorithms.join(', ')}, not ${JSON.stringify(algorithm)}.`);
  if (intervals === undefined || intervals.length === 0) return;
  if (intervals.length > 50 || !intervals.every((days, i) => Number.isInteger(days) && days >= 1 && days <= 36_500 && days >= (intervals[i - 1] ?? 1))) {
    throw new WheelhouseError('usage', 'Intervals are whole numbers of days from 1 to 36500 that do not fall, such as 1,3,7,14.');
  }
  if (boxes !== undefined && intervals.length !== boxes) throw new WheelhouseError('usage', `${boxes} boxes need ${boxes} intervals, not ${intervals.length}.`);
}

const words: Readonly<Record<keyof DeckSettings, string>> = {
  algorithm: 'The algorithm',
  retention: 'The retention',
  ease: 'The ease factor',
  boxes: 'The number of boxes',
  intervals: 'The list of intervals',
  maximumInterval: 'The longest interval',
  fuzz: 'Fuzz',
  newPerDay: 'The limit of new cards a day',
  leechLapses: 'The number of lapses that make a leech',
};
