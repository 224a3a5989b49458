import type { LanguageModel } from '../../models/index.ts';
import type { Random } from '../../ports/clock.ts';
import type { AbortSignalLike } from '../../ports/processes.ts';
import type { Card, CardDraft } from '../model.ts';

/** Where generating gets its words and its chance from. */
export interface GenerateContext {
  readonly model: LanguageModel;
  readonly random: Random;
}

/** Code at hand. */
export interface CodeSubject {
  readonly kind: 'selection' | 'file';
  /** Absolute. */
  readonly file: string;
  /** 1-based; the line that `code` begins with. */
  readonly startLine: number;
  readonly code: string;
  /** As an editor names it, such as `typescript`. */
  readonly language?: string;
  readonly commit?: string;
}

export interface ReviewSubject {
  readonly kind: 'review';
  /** What the reviewer wrote, replies included. */
  readonly comment: string;
  readonly file: string;
  readonly startLine: number;
  /** The lines it is about; empty when they are gone. */
  readonly code: string;
  readonly language?: string;
  readonly commit?: string;
}

export interface SessionSubject {
  readonly kind: 'session';
  readonly name: string;
  /** Oldest first; of too many, the last ones are used. */
  readonly turns: readonly { readonly prompt: string; readonly answer: string }[];
}

export interface WorksheetSubject {
  readonly kind: 'worksheet';
  readonly file: string;
  readonly text: string;
  readonly language?: string;
}

export interface TopicSubject {
  readonly kind: 'topic';
  readonly topic: string;
}

/** What cards can be made from. */
export type CardSubject = CodeSubject | ReviewSubject | SessionSubject | WorksheetSubject | TopicSubject;

/** For whom it is written; in the user's own words, from settings or a dialog. */
export interface Learner {
  /** Such as `beginner`, or `ten years of C, new to Rust`. */
  readonly level?: string;
  /** Such as `short answers, examples from music`. */
  readonly taste?: string;
  /** The language to write in, as people name it; left out: that of the material. */
  readonly language?: string;
}

/** The part of a kept card that a new one is compared with. */
export type KnownCard = Pick<Card, 'id' | 'question' | 'answer'>;

export interface CardsRequest extends Learner {
  readonly subject: CardSubject;
  /** At most so many cards, 1-40; default 8. */
  readonly count?: number;
  /** The deck of the new cards. */
  readonly project?: string;
  /** Put on every card, before the model's own. */
  readonly tags?: readonly string[];
  /** The user's cards, for finding what is there already. */
  readonly known?: readonly KnownCard[];
  readonly signal?: AbortSignalLike;
  /** Called with each card as soon as it is complete. */
  readonly onCard?: (card: GeneratedCard) => void;
}

/** A card for approval; nothing has been kept. */
export interface GeneratedCard {
  readonly draft: CardDraft;
  /** The id of a known card that asks the same. */
  readonly duplicateOf: string | undefined;
}

export interface GeneratedCards {
  /** All that `onCard` was given, in that order. */
  readonly cards: readonly GeneratedCard[];
  /** Who wrote them. */
  readonly by: string;
  readonly costUsd: number | undefined;
  /** Why there may be fewer than asked for: the model failed or was stopped half-way, the answer or the material was cut. */
  readonly problem: string | undefined;
}
