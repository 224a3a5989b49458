import type { CardDraft, Confidence, Review, Schedule } from '../model.ts';

export const cardFormats = ['json', 'csv', 'org', 'markdown', 'anki'] as const;
export type CardFormat = (typeof cardFormats)[number];
export type TextFormat = Exclude<CardFormat, 'anki'>;

/** An answer as it travels with its card. */
export type ExchangedReview = Omit<Review, 'cardId'>;

/**
 * A card on its way in or out: one that is asked and scheduled by itself. A `reversed` card asked the
 * other way and each number of a `cloze` are cards of their own that share a `note`.
 */
export interface ExchangeCard extends CardDraft {
  /** What the file knows it by: the card's id here, Anki's guid, org's `:ID:`. */
  readonly id?: string;
  /** `ordinal`, from 0: 1 is the reverse of a reversed card; for a cloze, its number less 1. */
  readonly note?: { readonly id: string; readonly ordinal: number };
  readonly createdAt?: number;
  readonly modifiedAt?: number;
  readonly suspended?: boolean;
  readonly flag?: number;
  /** Without it, the card has never been asked. */
  readonly schedule?: Schedule;
  /** Oldest first. */
  readonly reviews?: readonly ExchangedReview[];
  /** Keep it with the card: it makes a later export say exactly what Anki said. It survives JSON. */
  readonly anki?: AnkiOrigin;
}

/** What an Anki package said about a card, as it said it. */
export interface AnkiOrigin {
  readonly guid: string;
  readonly noteId: number;
  readonly cardId: number;
  /** The id of its `AnkiNoteType`. */
  readonly noteTypeId: number;
  /** HTML. Never to be shown. */
  readonly fields: readonly string[];
  readonly deck: string;
  /** The package's `col.crt`: seconds at which its day 0 began. */
  readonly created: number;
  readonly card: AnkiCardColumns;
  readonly revlog: readonly AnkiAnswer[];
}

/** Columns of Anki's table `cards`. */
export interface AnkiCardColumns {
  readonly ord: number;
  readonly type: number;
  readonly queue: number;
  /** New: the position; learning: seconds; else days since `col.crt`. */
  readonly due: number;
  readonly ivl: number;
  /** Thousandths. */
  readonly factor: number;
  readonly reps: number;
  readonly lapses: number;
  readonly left: number;
  readonly flags: number;
  readonly data: string;
}

/** A row of Anki's table `revlog`: at (ms), ease (0-4), ivl and lastIvl (days, or negative seconds), factor, time (ms), type. */
export type AnkiAnswer = readonly [at: number, ease: number, ivl: number, lastIvl: number, factor: number, time: number, type: number];

/** A note type: what fields a note has, and how cards are made from them. */
export interface AnkiNoteType {
  readonly id: number;
  readonly name: string;
  readonly isCloze: boolean;
  readonly css: string;
  readonly fields: readonly string[];
  readonly templates: readonly AnkiTemplate[];
  /** Which field notes are sorted by. */
  readonly sortField: number;
}

export interface AnkiTemplate {
  readonly name: string;
  readonly question: string;
  readonly answer: string;
}

/** A file that cards show or play, by the name that they use for it (never a path). */
export interface MediaFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ImportProblem {
  /** Where: `card 3`, `line 12`, `note 1398130078204`, `media 4`. */
  readonly at: string;
  /** What is wrong with it, as a sentence. */
  readonly message: string;
}

export interface ImportResult {
  readonly format: CardFormat;
  readonly cards: readonly ExchangeCard[];
  /** What was left out, or taken with a change. The cards are fine without. */
  readonly problems: readonly ImportProblem[];
  /** Cards that the file has only the beginning of, because it was cut off. */
  readonly cut: number;
  readonly media: readonly MediaFile[];
  /** Give them back at export, so that cards from Anki look there as they did. */
  readonly noteTypes: readonly AnkiNoteType[];
}

/** Anki's four buttons for our five answers; below 3 is wrong (1, "again"). */
export function ankiEase(confidence: Confidence): 1 | 2 | 3 | 4 {
  return confidence < 3 ? 1 : ((confidence - 1) as 2 | 3 | 4);
}

/** The other way: again 1, hard 3, good 4, easy 5. */
export function confidenceOfEase(ease: number): Confidence {
  return ease <= 1 ? 1 : ease === 2 ? 3 : ease === 3 ? 4 : 5;
}
