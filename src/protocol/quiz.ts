/** What the quiz page and the extension say to each other. What the extension says is shown: it knows of answers given in other windows. */
import { number, optional, record, text } from './parse.ts';
import { noResult, nothing, shape, type Parse } from './protocol.ts';

/** A card as it is asked. Texts are Markdown; in a cloze, the hidden parts stand between U+E000 and U+E001. */
export interface QuizCard {
  readonly id: string;
  readonly kind: 'basic' | 'reversed' | 'cloze' | 'typed' | 'code';
  /** The deck, and empty for none. */
  readonly deck: string;
  readonly tags: readonly string[];
  readonly state: 'new' | 'learning' | 'review' | 'relearning';
  readonly front: string;
  readonly back: string;
  readonly notes: string;
  /** The fields as they are kept, for editing in place. */
  readonly fields: CardFields;
  readonly source: CodeSource | undefined;
  /** 0 none, 1-7 as Anki's colours. */
  readonly flag: number;
  /** What the user would type; of typed cards only. */
  readonly expected: string | undefined;
  /** Languages (BCP 47) of the front and back, where known, for reading aloud. */
  readonly languages: { readonly front: string; readonly back: string };
  /** When the card would come again, for confidence 1 to 5. */
  readonly previews: readonly { readonly label: string; readonly days: number; readonly again: boolean }[];
}

export interface CardFields {
  readonly question: string;
  readonly answer: string;
  readonly notes: string;
}

export interface CodeSource {
  /** Short, for people: `src/cart.ts:12-20`. */
  readonly label: string;
  readonly language: string;
  readonly code: string;
}

export interface QuizSummary {
  readonly answers: number;
  /** Cards that were known at the first go, and those that took more. */
  readonly known: number;
  readonly relearned: number;
  /** Milliseconds spent on answers. */
  readonly tookMs: number;
  /** Questions that were met for the first time, and those that were forgotten at least once; plain text, at most twenty. */
  readonly learned: readonly string[];
  readonly hard: readonly string[];
  /** When the next card is due, ms; undefined: none ever. */
  readonly nextDue: number | undefined;
  /** New cards that wait for another day, because a deck has its limit. */
  readonly newLater: number;
}

export type Explanation =
  | { readonly phase: 'none' }
  /** `text` is Markdown, all of it so far. */
  | { readonly phase: 'asking' | 'done'; readonly text: string; readonly model: string }
  | { readonly phase: 'failed'; readonly text: string; readonly why: string };

/** All that the page shows. */
export interface QuizView {
  /** By these, the quiz goes on when the window was reloaded. */
  readonly session: string;
  readonly deck: string | undefined;
  /** Another one each time that a card is asked; an answer names the turn that it belongs to. */
  readonly turn: number;
  /** For the heading, such as `typescript` or `All decks`. */
  readonly title: string;
  readonly now: number;
  readonly progress: { readonly done: number; readonly total: number };
  /** undefined: nothing more is asked. */
  readonly card: QuizCard | undefined;
  /** At the end; undefined before, and when there was nothing to ask. */
  readonly summary: QuizSummary | undefined;
  readonly canUndo: boolean;
  /** A sentence to be said once: a leech was suspended, a card was answered in another window. */
  readonly notice: string | undefined;
  readonly explanation: Explanation;
}

const most = 1_000_000;
const shortText: Parse<string> = (value) => {
  const given = text(value);
  if (given.length > most) throw new RangeError(`at most ${most} characters were expected`);
  return given;
};
const confidence: Parse<1 | 2 | 3 | 4 | 5> = (value) => {
  if (value !== 1 && value !== 2 && value !== 3 && value !== 4 && value !== 5) throw new RangeError('a confidence from 1 to 5 was expected');
  return value;
};
const turn = record({ turn: number });

export const quizProtocol = {
  calls: {
    ready: { params: nothing, result: shape<QuizView>() },
    rate: { params: record({ turn: number, confidence, tookMs: number }), result: shape<QuizView>() },
    undo: { params: nothing, result: shape<QuizView>() },
    skip: { params: turn, result: shape<QuizView>() },
    suspend: { params: turn, result: shape<QuizView>() },
    /** 0 takes the flag away. */
    flag: { params: record({ turn: number, flag: number }), result: shape<QuizView>() },
    edit: { params: record({ turn: number, question: shortText, answer: shortText, notes: shortText }), result: shape<QuizView>() },
    /** Starts it; the text comes by `view`. */
    explain: { params: turn, result: shape<QuizView>() },
    stopExplaining: { params: nothing, result: shape<QuizView>() },
    openSource: { params: turn, result: noResult },
    /** A link of the card. The extension asks before it opens one. */
    openLink: { params: record({ href: shortText }), result: noResult },
    /** Reads aloud with a voice of the system, when the page has none for the language. False: there is no voice. */
    speak: { params: record({ text: shortText, language: optional(text) }), result: shape<boolean>() },
    /** Starts over with what is due by now. */
    restart: { params: nothing, result: shape<QuizView>() },
    openStats: { params: nothing, result: noResult },
    close: { params: nothing, result: noResult },
  },
  pushes: { view: shape<QuizView>() },
};
export type QuizProtocol = typeof quizProtocol;
