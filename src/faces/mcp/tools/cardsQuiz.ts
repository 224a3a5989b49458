import * as z from 'zod';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/cards/index.ts';
import { defineTool } from '../tool.ts';
import { algorithm, card, cardOut, confidence, defined, id, open, project, writes } from './cardsSchemas.ts';

const answered = card.extend({ right: z.boolean(), leech: z.boolean().describe('It was forgotten so often that it is suspended; suggest to rewrite it.') });
const answerOut = ({ card, right, leech }: core.CardAnswer) => ({ ...cardOut(card), right, leech });

export const reviewTool = defineTool({
  name: 'flashcard_review',
  title: 'Rate a flashcard',
  description: 'Records how well the user knew a card, outside of a quiz, and schedules it. Only the first answer of a day moves its schedule.',
  input: z.object({ id, confidence }),
  output: z.object({ card: answered }),
  annotations: writes,
  run: async ({ id, confidence }, call) => ({ card: answerOut(await core.reviewCard(await open(call), id, confidence)) }),
});

const reviews = z.array(z.object({ id: z.string().min(1), confidence: z.number() })).min(1);

export const bulkReviewTool = defineTool({
  name: 'flashcard_bulk_review',
  title: 'Rate many flashcards',
  description: 'Records many answers at once, as one step. When an id is unknown or a confidence is none, nothing is recorded.',
  input: z.object({ reviews: z.union([reviews, z.string()]).describe('[{id, confidence}], or the same as JSON text.') }),
  output: z.object({ reviewed: z.int(), cards: z.array(answered) }),
  annotations: writes,
  run: async ({ reviews: given }, call) => {
    const answers = await core.reviewCards(await open(call), typeof given === 'string' ? parsed(given) : given);
    return { reviewed: answers.length, cards: answers.map(answerOut) };
  },
});

function parsed(json: string): z.output<typeof reviews> {
  try {
    return reviews.parse(JSON.parse(json));
  } catch (cause) {
    throw new WheelhouseError('invalid-input', 'reviews is a list such as [{"id":"card-20250126-143022","confidence":4}].', { cause });
  }
}

export const quizTool = defineTool({
  name: 'quiz_get',
  title: 'Start a quiz',
  description: 'Starts a quiz on the cards that are due now and gives them with a session_id. Ask the user one front at a time, keep the back to yourself until the user has answered, then call quiz_submit_and_next.',
  input: z.object({ project, limit: z.int().min(1).max(500).default(10), algorithm: algorithm.optional().describe('Only cards that it schedules.'), interactive: z.boolean().optional().describe('Accepted for compatibility.') }),
  output: z.object({ session_id: z.string(), total: z.int(), cards: z.array(card), new_later: z.int().describe('New cards that wait for another day.'), next_due: z.string().nullable().describe('When the next card is due.') }),
  annotations: writes,
  run: async ({ project, limit, algorithm }, call) => {
    const session = await core.startQuiz(await open(call), { limit, ...defined({ project, algorithm }) });
    const questions = await session.questions();
    const { newLater, nextDue } = await session.summary();
    return { session_id: session.id, total: questions.length, cards: questions.map(({ card }) => cardOut(card)), new_later: newLater, next_due: nextDue === undefined ? null : new Date(nextDue).toISOString() };
  },
});

export const submitTool = defineTool({
  name: 'quiz_submit_and_next',
  title: 'Rate a quiz card and get the next',
  description: 'Records the answer to a card of a quiz and gives the next card, or null when nothing is left. A card that was wrong (confidence below 3) comes again in the same quiz.',
  input: z.object({ session_id: z.string().min(1).describe('From quiz_get.'), item_id: id, confidence }),
  output: z.object({
    card: answered,
    again: z.boolean().describe('It comes again in this quiz.'),
    next: card.nullable(),
    progress: z.object({ total: z.int(), done: z.int() }),
    summary: z.looseObject({ known: z.int(), relearned: z.int(), learned: z.int() }).nullable().describe('At the end.'),
  }),
  annotations: writes,
  run: async ({ session_id, item_id, confidence }, call) => {
    const session = await core.resumeQuiz(await open(call), session_id);
    await session.take(item_id);
    const answer = await session.answer(confidence);
    const next = await session.current();
    const { known, relearned, learned, leeches, progress } = await session.summary();
    return {
      card: { ...cardOut(answer.card), right: answer.right, leech: answer.leech },
      again: answer.again,
      next: next ? cardOut(next.card) : null,
      progress: { total: progress.total, done: progress.done },
      summary: next ? null : { known, relearned, learned, leeches: [...leeches] },
    };
  },
});
