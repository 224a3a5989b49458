/** How well an answer was known: 1 forgotten … 5 perfect. Below 3 is wrong. */
export type Confidence = 1 | 2 | 3 | 4 | 5;

export const algorithms = ['fsrs', 'sm2', 'leitner', 'fixed'] as const;
export type Algorithm = (typeof algorithms)[number];

/** `reversed` asks both ways, `cloze` hides `{{c1::…}}`, `typed` compares what is typed, `code` shows the code it was made from. */
export const cardKinds = ['basic', 'reversed', 'cloze', 'typed', 'code'] as const;
export type CardKind = (typeof cardKinds)[number];

/** The code that a card was made from. */
export interface CardSource {
  /** Absolute. */
  readonly file: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly commit?: string;
  /** As an editor names it, such as `typescript`. */
  readonly language?: string;
  /** The lines as they were. */
  readonly code?: string;
}

/** A card before it is kept. Question, answer and notes are Markdown. */
export interface CardDraft {
  readonly question: string;
  readonly answer: string;
  /** The deck; empty: none. */
  readonly project?: string;
  readonly tags?: readonly string[];
  readonly notes?: string;
  /** When left out: `cloze` for a question with `{{c1::…}}`, else `basic`. */
  readonly kind?: CardKind;
  readonly source?: CardSource;
  /** What another program knows it by (its guid, note type, further fields); kept for the way back. JSON. */
  readonly origin?: Readonly<Record<string, unknown>>;
}

/** Where a card stands with its scheduler. Times in milliseconds since the epoch, intervals in days. */
export interface Schedule {
  readonly algorithm: Algorithm;
  readonly state: 'new' | 'learning' | 'review' | 'relearning';
  readonly due: number;
  readonly interval: number;
  /** SM-2's easiness factor. */
  readonly ease: number;
  /** Times answered, and times forgotten after it had been known. */
  readonly reps: number;
  readonly lapses: number;
  /** Leitner's box, from 1. */
  readonly box: number;
  /** FSRS: days until recall falls to 90 %, and difficulty 1-10; 0 before the first answer. */
  readonly stability: number;
  readonly difficulty: number;
  readonly lastReview: number | undefined;
}

/**
 * One thing that is asked and scheduled. What the user writes is a *note*; it makes one card, or two
 * (`reversed`), or one for each number of a `cloze`. Texts are the note's; `facesOf` says what is asked.
 */
export interface Card {
  /** The note's id, and for ordinals above 0 a dot and the ordinal + 1: `card-20250126-143022.2`. */
  readonly id: string;
  /** The note's id, such as `card-20250126-143022`. */
  readonly note: string;
  /** Which of the note's cards, as Anki counts: 0, 1 for the way back; N - 1 for `{{cN::…}}`. */
  readonly ordinal: number;
  readonly question: string;
  readonly answer: string;
  readonly project: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly kind: CardKind;
  readonly source: CardSource | undefined;
  readonly origin: Readonly<Record<string, unknown>> | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly suspended: boolean;
  /** 0 none, 1-7 as Anki's colours. */
  readonly flag: number;
  readonly schedule: Schedule;
}

/** One answer, with what stood before it, so that it can be undone and judged. */
export interface Review {
  readonly cardId: string;
  readonly at: number;
  readonly confidence: Confidence;
  /** Milliseconds from question to rating; 0 when unknown. */
  readonly tookMs: number;
  readonly before: Schedule;
  readonly after: Schedule;
}
