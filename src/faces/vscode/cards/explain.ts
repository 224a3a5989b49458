/** What a model is asked when the user wants a card explained. */
import { newFence, type LanguageModel } from '../../../core/models/index.ts';
import type { AbortSignalLike } from '../../../core/ports/processes.ts';
import type { Random } from '../../../core/ports/clock.ts';
import type { QuizQuestion } from './core.ts';

export interface ExplainOptions {
  readonly random: Random;
  readonly level: string;
  readonly taste: string;
  readonly signal: AbortSignalLike;
  readonly onText: (piece: string) => void;
}

export async function explainCard(model: LanguageModel, { card, faces }: QuizQuestion, { random, level, taste, signal, onText }: ExplainOptions): Promise<{ readonly text: string; readonly model: string }> {
  const fence = newFence(random);
  const instructions = [
    'A learner is in a quiz with flashcards and asks why the answer to a card is right. Explain it in Markdown, in the language of the card, in at most 150 words: the idea behind it, one small example, and the mistake that people make with it. Begin with the explanation itself. If the answer of the card is wrong or misleading, say so first.',
    fence.rule,
    level.trim() === '' ? '' : `The learner describes their level as: ${JSON.stringify(level)}.`,
    taste.trim() === '' ? '' : `The learner likes: ${JSON.stringify(taste)}.`,
  ];
  const parts = [
    fence.wrap('the question', faces.front),
    fence.wrap('the answer', faces.back),
    ...(card.notes === '' ? [] : [fence.wrap('notes', card.notes)]),
    ...(card.source?.code === undefined ? [] : [fence.wrap(`code (${card.source.language ?? 'text'})`, card.source.code)]),
  ];
  const answer = await model.ask({ instructions: instructions.filter((line) => line !== '').join('\n\n'), material: parts.join('\n\n'), signal, onText, maxChars: 20_000 });
  return { text: answer.text, model: answer.model };
}
