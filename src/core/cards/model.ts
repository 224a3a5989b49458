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
  readonly kind?: CardKind;
  readonly source?: CardSource;
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

export interface Card {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly project: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly kind: CardKind;
  readonly source: CardSource | undefined;
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
