/** What the page of learning statistics and the extension say to each other. */
import { optional, record, text } from './parse.ts';
import { noResult, nothing, shape } from './protocol.ts';

/** A share of right answers, 0-1; null without answers. */
export type Share = number | null;

/** Days are dates, `2026-03-14`, by the user's own day boundary. */
export interface LearnStats {
  /** The deck that the figures are about; undefined: all. */
  readonly deck: string | undefined;
  readonly decks: readonly string[];
  readonly today: string;
  readonly cards: { readonly total: number; readonly new: number; readonly learning: number; readonly young: number; readonly mature: number; readonly suspended: number; readonly due: number };
  readonly reviews: number;
  readonly tookMs: number;
  readonly retention: Share;
  /** Days in a row with answers, up to today or yesterday. */
  readonly streak: number;
  /** Days with an answer only, oldest first. */
  readonly days: readonly { readonly date: string; readonly reviews: number; readonly right: number; readonly tookMs: number }[];
  readonly byDeck: readonly { readonly deck: string; readonly cards: number; readonly due: number; readonly reviews: number; readonly retention: Share }[];
  /** By the interval before the answer, in days; `to` null: and more. */
  readonly intervals: readonly { readonly from: number; readonly to: number | null; readonly reviews: number; readonly retention: Share }[];
  /** Cards that come due on each of the next days, today first, with what is overdue. */
  readonly forecast: readonly { readonly date: string; readonly due: number }[];
  readonly hardest: readonly { readonly id: string; readonly question: string; readonly deck: string; readonly reviews: number; readonly wrong: number }[];
}

/** Asked for on its own, for with many answers it takes seconds. */
export interface Foretold {
  /** How well each scheduler would have foretold the user's answers, best first. Log loss: less is better; `constant` says the user's average each time. */
  readonly predictions: readonly { readonly by: 'fsrs' | 'sm2' | 'leitner' | 'fixed' | 'constant'; readonly logLoss: number; readonly reviews: number; readonly cards: number }[];
}

const deck = record({ deck: optional(text) });

export const learnStatsProtocol = {
  calls: {
    ready: { params: nothing, result: shape<LearnStats>() },
    /** Without a deck: all. */
    stats: { params: deck, result: shape<LearnStats>() },
    foretold: { params: deck, result: shape<Foretold>() },
    /** Shows this card in a quiz of its own. */
    openCard: { params: record({ id: text }), result: noResult },
    quiz: { params: deck, result: noResult },
    setAlgorithm: { params: deck, result: noResult },
  },
  pushes: {
    /** There may be something new: ask for `stats`. */
    changed: shape<{ readonly at: number }>(),
  },
};
export type LearnStatsProtocol = typeof learnStatsProtocol;
