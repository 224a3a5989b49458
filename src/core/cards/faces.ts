/** What a card shows: from a note's texts to the question and the answer of one of its cards. */
import type { Card, CardDraft, CardKind } from './model.ts';

/** What is asked and what is to be said. Markdown. */
export interface Faces {
  readonly front: string;
  readonly back: string;
  /** What a typed answer is compared with; undefined when nothing is typed. */
  readonly typed: string | undefined;
}

/** Anki's form: `{{c1::hidden}}` or `{{c1::hidden::hint}}`. Braces do not nest. */
const cloze = /\{\{c([1-9]\d{0,2})::((?:(?!\}\}|\{\{)[^])*?)(?:::((?:(?!\}\}|\{\{)[^])*?))?\}\}/g;

/** The numbers of the deletions in a text, rising, each once. */
export function clozeNumbers(text: string): readonly number[] {
  return [...new Set([...text.matchAll(cloze)].map((match) => Number(match[1])))].sort((a, b) => a - b);
}

export function kindOf(draft: CardDraft): CardKind {
  return draft.kind ?? (clozeNumbers(draft.question).length > 0 ? 'cloze' : 'basic');
}

/** The ordinals of the cards that a note makes; a cloze note without a deletion makes one that shows it all. */
export function ordinalsOf(kind: CardKind, question: string): readonly number[] {
  if (kind === 'reversed') return [0, 1];
  if (kind !== 'cloze') return [0];
  const numbers = clozeNumbers(question);
  return numbers.length === 0 ? [0] : numbers.map((number) => number - 1);
}

/** What stands around the parts of a cloze that are asked. */
export interface ClozeMarks {
  readonly begin: string;
  readonly end: string;
}

/** As Markdown, for texts; in code, Markdown has no emphasis, and the asterisks are seen. */
const bold: ClozeMarks = { begin: '**', end: '**' };

/** Characters that no text has, for a reader that knows them. Markdown does not touch them, wherever they stand. */
export const privateMarks: ClozeMarks = { begin: '\ue000', end: '\ue001' };

export function facesOf({ kind, ordinal, question, answer }: Pick<Card, 'kind' | 'ordinal' | 'question' | 'answer'>, { begin, end }: ClozeMarks = bold): Faces {
  switch (kind) {
    case 'basic':
    case 'code':
      return { front: question, back: answer, typed: undefined };
    case 'reversed':
      return ordinal === 0 ? { front: question, back: answer, typed: undefined } : { front: answer, back: question, typed: undefined };
    case 'typed':
      return { front: question, back: answer, typed: answer };
    case 'cloze': {
      const whole = question.replace(cloze, (_match, number: string, hidden: string) => (Number(number) === ordinal + 1 ? `${begin}${hidden}${end}` : hidden));
      return {
        front: question.replace(cloze, (_match, number: string, hidden: string, hint?: string) => (Number(number) === ordinal + 1 ? `${begin}[${hint ?? '…'}]${end}` : hidden)),
        back: answer === '' ? whole : `${whole}\n\n${answer}`,
        typed: undefined,
      };
    }
  }
}
