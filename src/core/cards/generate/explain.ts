/** A card explained, when the user wants to know why its answer is right. */
import { newFence } from '../../models/index.ts';
import type { AbortSignalLike } from '../../ports/processes.ts';
import { facesOf } from '../faces.ts';
import type { Card } from '../model.ts';
import type { GenerateContext, Learner } from './model.ts';
import { describeLearner } from './prompt.ts';

export interface ExplainRequest extends Learner {
  readonly card: Card;
  readonly signal?: AbortSignalLike;
  /** The explanation as it grows. */
  readonly onText?: (piece: string) => void;
}

/** Markdown, and who wrote it. */
export interface Explained {
  readonly text: string;
  readonly by: string;
}

const maxAnswer = 20_000;

/** @throws WheelhouseError What the model throws. */
export async function explainCard({ model, random }: GenerateContext, { card, signal, onText, ...learner }: ExplainRequest): Promise<Explained> {
  const fence = newFence(random);
  const { front, back } = facesOf(card);
  const instructions = `A learner is in a quiz with flashcards and asks why the answer to a card is right. Explain it in Markdown, in at most 150 words: the idea behind it, one small example, and the mistake that people make with it. Begin with the explanation itself. If the answer of the card is wrong or misleading, say so first.

${fence.rule}

${describeLearner(learner)}`;
  const material = [
    fence.wrap('the question', front),
    fence.wrap('the answer', back),
    ...(card.notes === '' ? [] : [fence.wrap('notes', card.notes)]),
    ...(card.source?.code === undefined ? [] : [fence.wrap(`code (${card.source.language ?? 'text'})`, card.source.code)]),
  ].join('\n\n');
  const { text, model: by } = await model.ask({ instructions, material, maxChars: maxAnswer, ...(signal && { signal }), ...(onText && { onText }) });
  return { text, by };
}
