/** What the page of generated cards and the extension say to each other. A card is kept when `keep` says so, and not before. */
import { list, noMore, number, record, text } from './parse.ts';
import { noResult, nothing, shape, type Parse } from './protocol.ts';

export interface ProposedCard {
  /** Stays with the card, from 1 in the order of arrival. */
  readonly key: number;
  readonly question: string;
  readonly answer: string;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly kind: 'basic' | 'reversed' | 'cloze' | 'typed' | 'code';
  readonly code: { readonly label: string; readonly language: string; readonly code: string } | undefined;
  readonly state: 'open' | 'kept' | 'discarded';
  /** A card that is kept already and asks the same, or nearly. */
  readonly duplicate: { readonly question: string; readonly answer: string; readonly deck: string } | undefined;
}

/** All that the page shows. */
export interface ApprovalView {
  /** Of this set of cards, also after the window was reloaded. */
  readonly id: string;
  /** What the cards are about: `src/cart.ts, lines 12-20`. */
  readonly subject: string;
  readonly model: string;
  readonly phase: 'asking' | 'done' | 'stopped' | 'failed';
  /** Why it failed, or what came incomplete; empty for nothing. */
  readonly note: string;
  /** Where the cards will go, and the decks that there are. */
  readonly deck: string;
  readonly decks: readonly string[];
  readonly cards: readonly ProposedCard[];
}

const longText: Parse<string> = (value) => {
  const given = text(value);
  if (given.length > 1_000_000) throw new RangeError('at most 1,000,000 characters were expected');
  return given;
};
const key = record({ key: number });
export const approvalProtocol = {
  calls: {
    ready: { params: nothing, result: shape<ApprovalView>() },
    /** Keeps these cards in the chosen deck. */
    keep: { params: record({ keys: noMore(1_000, list(number)) }), result: shape<ApprovalView>() },
    discard: { params: key, result: shape<ApprovalView>() },
    /** Takes back a discard, or removes a kept card again. */
    reopen: { params: key, result: shape<ApprovalView>() },
    edit: { params: record({ key: number, question: longText, answer: longText, notes: longText, tags: noMore(100, list(text)) }), result: shape<ApprovalView>() },
    setDeck: { params: record({ deck: text }), result: shape<ApprovalView>() },
    /** Stops the model. */
    cancel: { params: nothing, result: shape<ApprovalView>() },
    openSource: { params: key, result: noResult },
    openLink: { params: record({ href: longText }), result: noResult },
    quiz: { params: nothing, result: noResult },
    close: { params: nothing, result: noResult },
  },
  pushes: { view: shape<ApprovalView>() },
};
export type ApprovalProtocol = typeof approvalProtocol;
