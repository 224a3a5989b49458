import type { Faces } from '../faces.ts';
import type { Algorithm, Card, Confidence } from '../model.ts';

export interface QuizOptions {
  /** Only this deck. */
  readonly project?: string;
  readonly tags?: readonly string[];
  /** Only cards that this algorithm schedules. */
  readonly algorithm?: Algorithm;
  /** At most so many different cards; default 20. */
  readonly limit?: number;
  /** Exactly these cards, due or not, in this order (for a look at one card, or cramming). */
  readonly cards?: readonly string[];
}

/** When a card comes again after an answer. */
export interface Preview {
  /** It comes again in this session. */
  readonly again: boolean;
  /** Days until it comes; 0 for in this session. */
  readonly days: number;
  readonly due: number;
  /** For a button: `again`, `1 d`, `3 mo`, `1.2 y`. */
  readonly label: string;
}

export interface QuizProgress {
  /** Different cards of this session, and how many of them are finished. */
  readonly total: number;
  readonly done: number;
  /** Answers given so far, the repeated ones too. */
  readonly answers: number;
}

export interface QuizQuestion {
  readonly card: Card;
  readonly faces: Faces;
  /** The number of this card among the session's, from 1; the same when it comes again. */
  readonly number: number;
  /** Whether it was answered in this session before. */
  readonly repeated: boolean;
  /** For each of 1-5, when it would come again. */
  readonly previews: Readonly<Record<Confidence, Preview>>;
  readonly progress: QuizProgress;
}

export interface QuizAnswer {
  /** As it stands now. */
  readonly card: Card;
  /** At least 3. */
  readonly right: boolean;
  /** It comes again in this session. */
  readonly again: boolean;
  /** It was forgotten so often that it was suspended by this answer. */
  readonly leech: boolean;
  /** false: it was answered elsewhere meanwhile, and that answer counts; this one is kept in the history. */
  readonly counted: boolean;
}

export interface QuizSummary {
  readonly session: string;
  readonly startedAt: number;
  readonly progress: QuizProgress;
  /** Different cards answered right at first, and those that needed more. */
  readonly known: number;
  readonly relearned: number;
  /** Cards seen for the first time, and those that were forgotten at least once, in the order in which they were met. */
  readonly learned: number;
  readonly learnedCards: readonly string[];
  readonly hardCards: readonly string[];
  readonly tookMs: number;
  readonly leeches: readonly string[];
  /** When the next card of what was asked for is due; undefined when none is. */
  readonly nextDue: number | undefined;
  /** New cards that wait for another day because of the deck's limit. */
  readonly newLater: number;
}

/**
 * A quiz under way. It asks until every card was answered with at least 3. Cards that were answered,
 * suspended or deleted elsewhere meanwhile are left out. All methods may be called at any time; one
 * without a question at hand is refused with `not-found`.
 */
export interface QuizSession {
  readonly id: string;
  /** The question at hand, the same one until it is answered, skipped or put away; undefined at the end. */
  current(): Promise<QuizQuestion | undefined>;
  /** All that is still to be asked, in order. Asking for them puts none at hand. */
  questions(): Promise<QuizQuestion[]>;
  /** Makes another card of this session the question at hand. @throws WheelhouseError `not-found`, or `refused` when it is finished with. */
  take(card: string): Promise<QuizQuestion>;
  /** Rates the question at hand. `tookMs` 0: unknown. @throws WheelhouseError `invalid-input` for a confidence that is none. */
  answer(confidence: number, tookMs?: number): Promise<QuizAnswer>;
  /** Takes the last answer (or skip, or suspension) of this session back; its question is at hand again. undefined: there is none. */
  undo(): Promise<QuizQuestion | undefined>;
  /** Puts the question at the end of this session, without an answer. */
  skip(): Promise<void>;
  suspend(): Promise<void>;
  /** 0-7. */
  flag(flag: number): Promise<void>;
  /** Changes the note of the question at hand. */
  edit(edit: { readonly question?: string; readonly answer?: string; readonly notes?: string; readonly tags?: readonly string[] }): Promise<void>;
  progress(): QuizProgress;
  summary(): Promise<QuizSummary>;
}
