import { isWheelhouseError, WheelhouseError } from '../../base/errors.ts';
import { askFor, newFence, type ModelRequest, type Reading } from '../../models/index.ts';
import { importJson } from '../formats/json.ts';
import { readLenientJson } from '../formats/lenientJson.ts';
import type { CardDraft } from '../model.ts';
import { ObjectStream } from './cardStream.ts';
import { duplicatesOf, normalised } from './duplicates.ts';
import { materialOf, sourceOf } from './material.ts';
import type { CardsRequest, GenerateContext, GeneratedCard, GeneratedCards } from './model.ts';
import { cardInstructions } from './prompt.ts';

export const usualCardCount = 8;
const mostCards = 40;
/** An answer of forty long cards has some 40,000 characters. */
const maxAnswer = 200_000;
const mostTags = 6;

/**
 * Has cards written, gives each as soon as it is complete, and keeps none.
 * When the model fails or is stopped half-way, the cards that were complete are the result, with the
 * reason as its `problem`.
 * @throws WheelhouseError `invalid-input` for a subject with nothing in it; what the model throws,
 *   or `refused`, when there is not one card.
 */
export async function generateCards({ model, random }: GenerateContext, request: CardsRequest): Promise<GeneratedCards> {
  const { subject, onCard } = request;
  const count = Math.min(mostCards, Math.max(1, Math.floor(request.count ?? usualCardCount)));
  const fence = newFence(random);
  const material = materialOf(subject, fence);
  if (isEmpty(request)) throw new WheelhouseError('invalid-input', 'There is nothing to make cards from. Select some code, or name a topic.');

  const duplicates = duplicatesOf(request.known ?? []);
  const cards: GeneratedCard[] = [];
  const seen = new Set<string>();
  const take = (draft: CardDraft): void => {
    const key = normalised(draft.question) || draft.question;
    if (cards.length >= count || seen.has(key)) return;
    seen.add(key);
    const card = { draft, duplicateOf: duplicates.find(draft) };
    cards.push(card);
    onCard?.(card);
  };
  const stream = new ObjectStream((text) => {
    for (const draft of draftsIn(text, request)) take(draft);
  });

  const question: ModelRequest = {
    instructions: cardInstructions(material, fence, request, count),
    material: material.text,
    maxChars: maxAnswer,
    onText: (piece) => stream.add(piece),
    ...(request.signal && { signal: request.signal }),
  };
  try {
    const { value, answer } = await askFor(model, { ...question, read: (text) => readAnswer(text, request), onRepair: () => stream.reset() });
    for (const draft of value) take(draft);
    const problems = [
      ...(material.cut ? ['The material was too long, and only a part of it was shown to the model.'] : []),
      ...(importJson(answer.text).cut > 0 ? ['The answer was cut off; its complete cards are here.'] : []),
    ];
    return { cards, by: answer.model, costUsd: answer.costUsd, problem: problems.join(' ') || undefined };
  } catch (error) {
    if (cards.length === 0 || !isWheelhouseError(error)) throw error;
    return { cards, by: model.name, costUsd: undefined, problem: error.message };
  }
}

/** Cards of a whole answer. An empty list is an answer; a text without a list is none. */
function readAnswer(text: string, request: CardsRequest): Reading<CardDraft[]> {
  const drafts = draftsIn(text, request);
  if (drafts.length > 0) return { value: drafts };
  const { values, cutOff } = readLenientJson(text);
  if (values.some((value) => Array.isArray(value) && value.length === 0)) return { value: [] };
  if (cutOff) return { problem: 'It was cut off before the first card was complete.' };
  return { problem: values.length === 0 ? 'It holds no JSON.' : 'It holds JSON, but no object with a `question` and an `answer`.' };
}

/** Only what a new card may bring: an answer that names ids, schedules or sources of its own is not believed. */
function draftsIn(text: string, request: CardsRequest): CardDraft[] {
  const lines = linesByQuestion(text);
  return importJson(text).cards.map(({ question, answer, notes, kind, tags }) => {
    const source = sourceOf(request.subject, lines.get(question));
    const all = [...new Set([...(request.tags ?? []), ...(tags ?? []).map(tidyTag).filter((tag) => tag !== '')])].slice(0, mostTags);
    return {
      question: question.trim(),
      answer: answer.trim(),
      ...(request.project !== undefined && { project: request.project }),
      ...(all.length > 0 && { tags: all }),
      ...(notes !== undefined && notes.trim() !== '' && { notes: notes.trim() }),
      ...(kind === 'cloze' && { kind }),
      ...(source && { source }),
    };
  });
}

/** The lines that cards name, wherever in the answer the cards stand. */
function linesByQuestion(text: string): Map<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 3) return;
    const { question, lines } = value as { question?: unknown; lines?: unknown };
    if (typeof question === 'string' && Array.isArray(lines)) {
      const [from, to = from] = lines as unknown[];
      if (Number.isInteger(from) && Number.isInteger(to)) found.set(question, [Number(from), Number(to)]);
    }
    for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  for (const value of readLenientJson(text).values) visit(value, 0);
  return found;
}

function tidyTag(tag: string): string {
  return tag.trim().toLowerCase().replace(/[\s,]+/g, '-').slice(0, 40);
}

function isEmpty({ subject }: CardsRequest): boolean {
  switch (subject.kind) {
    case 'selection':
    case 'file':
      return subject.code.trim() === '';
    case 'review':
      return subject.comment.trim() === '';
    case 'session':
      return subject.turns.length === 0;
    case 'worksheet':
      return subject.text.trim() === '';
    case 'topic':
      return subject.topic.trim() === '';
  }
}
