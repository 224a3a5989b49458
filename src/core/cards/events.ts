/** What the user's journal keeps about cards. Nothing is ever overwritten there, so every review is kept. */
import type { Algorithm, CardKind, CardSource, Confidence, Schedule } from './model.ts';
import type { DeckSettings } from './settings.ts';

/** A schedule as one short line: in the order of the fields of `Schedule`, null for no last review. */
export type ScheduleTuple = readonly [Algorithm, Schedule['state'], due: number, interval: number, ease: number, reps: number, lapses: number, box: number, stability: number, difficulty: number, lastReview: number | null];

export function toTuple(s: Schedule): ScheduleTuple {
  return [s.algorithm, s.state, s.due, s.interval, s.ease, s.reps, s.lapses, s.box, s.stability, s.difficulty, s.lastReview ?? null];
}

export function fromTuple([algorithm, state, due, interval, ease, reps, lapses, box, stability, difficulty, lastReview]: ScheduleTuple): Schedule {
  return { algorithm, state, due, interval, ease, reps, lapses, box, stability, difficulty, lastReview: lastReview ?? undefined };
}

/** What the user writes. */
export interface NoteContent {
  readonly question: string;
  readonly answer: string;
  readonly project: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly kind: CardKind;
  readonly source: CardSource | null;
  readonly origin: Readonly<Record<string, unknown>> | null;
}

/** How one card of a note stands when it is not new. */
export interface CardData {
  readonly ordinal: number;
  readonly schedule?: ScheduleTuple;
  readonly suspended?: boolean;
  readonly flag?: number;
  readonly reviews?: readonly (readonly [at: number, confidence: Confidence, tookMs: number, before: ScheduleTuple, first: boolean])[];
}

export interface NoteData extends NoteContent {
  readonly note: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Of its new cards, also of those that an edit adds later. */
  readonly schedule: ScheduleTuple;
  readonly cards?: readonly CardData[];
}

/** What can be set of a card by hand. */
export interface CardState {
  readonly schedule?: ScheduleTuple;
  readonly suspended?: boolean;
  readonly flag?: number;
}

export interface NoteChange {
  readonly note: string;
  readonly before: Partial<NoteContent>;
  readonly after: Partial<NoteContent>;
}

export interface CardChange {
  readonly card: string;
  readonly before: CardState;
  readonly after: CardState;
}

/**
 * `operation` names what the user did at once, which can be more than one event, and is undone at once.
 * Changes carry what was before, so that they can be undone; an undo leaves alone what was changed again since.
 */
export type CardsEvent =
  | { readonly type: 'cards.created'; readonly operation: string; readonly notes: readonly NoteData[] }
  | { readonly type: 'cards.changed'; readonly operation: string; readonly notes: readonly NoteChange[] }
  | { readonly type: 'cards.deleted'; readonly operation: string; readonly notes: readonly string[] }
  | { readonly type: 'cards.scheduled'; readonly operation: string; readonly what: 'reset' | 'algorithm' | 'suspended' | 'flagged' | 'imported'; readonly cards: readonly CardChange[] }
  /** `first`: the day's first answer by the writer's days. It counts only if the card still stood at `before`. */
  | { readonly type: 'cards.reviewed'; readonly card: string; readonly confidence: Confidence; readonly tookMs: number; readonly before: ScheduleTuple; readonly after: ScheduleTuple; readonly first: boolean; readonly leech?: boolean; readonly session?: string; readonly operation?: string }
  /** `project` null: for all decks. null in `before`: was not set; in `after`: as it is without a setting. */
  | { readonly type: 'cards.configured'; readonly operation: string; readonly project: string | null; readonly before: Partial<DeckSettings>; readonly after: Partial<DeckSettings> }
  | { readonly type: 'cards.quizStarted'; readonly session: string; readonly cards: readonly string[]; readonly options: string }
  /** Anki's note types, by id, as an import found them: for the way back. */
  | { readonly type: 'cards.noteTypes'; readonly noteTypes: readonly { readonly id: number }[] }
  /** An operation, or `review:` and the position of one. */
  | { readonly type: 'cards.undone'; readonly operation: string };
