import { WheelhouseError } from '../../base/errors.ts';
import type { CardsContext } from '../context.ts';
import { toTuple, type CardsEvent } from '../events.ts';
import { operationId } from '../ids.ts';
import type { Card, Confidence } from '../model.ts';
import type { Preview } from '../quiz/model.ts';
import { intervalLabel } from '../schedule/label.ts';
import { rightFrom } from '../schedule/model.ts';
import { answered, type AnswerOptions } from '../schedule/schedule.ts';
import type { CardsStore } from '../store.ts';

/** What an answer did. */
export interface CardAnswer {
  /** As it stands now. */
  readonly card: Card;
  readonly right: boolean;
  /** It was forgotten so often that it was suspended. */
  readonly leech: boolean;
  /** false: somebody else answered at the same moment, and that answer counts; this one is in the history. */
  readonly counted: boolean;
  /** Names this answer for `undo`. */
  readonly operation: string;
}

/** A confidence from outside. @throws WheelhouseError `invalid-input`. */
export function checkConfidence(confidence: number): Confidence {
  if (![1, 2, 3, 4, 5].includes(confidence)) throw new WheelhouseError('invalid-input', `Confidence is a whole number from 1 (forgotten) to 5 (perfect), not ${confidence}.`);
  return confidence as Confidence;
}

/** Answers one card. @throws WheelhouseError `not-found`, `invalid-input`. */
export async function reviewCard(context: CardsContext, id: string, confidence: number, { tookMs = 0 }: { readonly tookMs?: number } = {}): Promise<CardAnswer> {
  checkConfidence(confidence);
  const store = await context.store();
  await store.refresh();
  return answerCard(context, store, store.card(id), confidence, { tookMs });
}

/** Answers many cards, as one operation. When one is unknown or a confidence is none, nothing is answered. */
export async function reviewCards(context: CardsContext, reviews: readonly { readonly id: string; readonly confidence: number; readonly tookMs?: number }[]): Promise<CardAnswer[]> {
  reviews.forEach(({ confidence }) => checkConfidence(confidence));
  const store = await context.store();
  await store.refresh();
  reviews.forEach(({ id }) => store.card(id));
  const operation = operationId(context);
  const answers: CardAnswer[] = [];
  // The same card may be there twice, so each is answered as the one before left it.
  for (const { id, confidence, tookMs } of reviews) answers.push(await answerCard(context, store, store.card(id), confidence, { tookMs: tookMs ?? 0, operation }));
  return answers;
}

/**
 * Answers a card as the caller saw it: when it was answered elsewhere since, this answer is kept and
 * does not count. The tables must be fresh.
 */
export async function answerCard(context: CardsContext, store: CardsStore, card: Card, confidence: number, { tookMs, session, operation }: { tookMs: number; session?: string; operation?: string }): Promise<CardAnswer> {
  const options = answerOptions(context, store, card);
  const { schedule, first } = answered(card.schedule, checkConfidence(confidence), context.clock.now(), options);
  const { leechLapses } = options.settings;
  const leech = schedule.lapses > card.schedule.lapses && schedule.lapses >= leechLapses;
  const event: CardsEvent = {
    type: 'cards.reviewed',
    card: card.id,
    confidence: confidence as Confidence,
    tookMs: Math.max(0, Math.round(tookMs)),
    before: toTuple(card.schedule),
    after: toTuple(schedule),
    first,
    ...(leech && { leech }),
    ...(session !== undefined && { session }),
    ...(operation !== undefined && { operation }),
  };
  const [entry] = await store.append([event]);
  const position = entry?.position ?? -1;
  const counted = store.db.all('SELECT counted FROM cards_review WHERE position = ?', [position])[0]?.['counted'] === 1;
  return { card: store.find(card.id) ?? card, right: confidence >= rightFrom, leech: leech && counted, counted, operation: operation ?? `review:${position}` };
}

/** When the card would come again, for each of 1-5. */
export function previews(context: CardsContext, store: CardsStore, card: Card): Readonly<Record<Confidence, Preview>> {
  const now = context.clock.now();
  const today = context.days.dayOf(now);
  const options = answerOptions(context, store, card);
  const preview = (confidence: Confidence): Preview => {
    const { schedule } = answered(card.schedule, confidence, now, options);
    const again = confidence < rightFrom;
    const days = again ? 0 : context.days.dayOf(schedule.due) - today;
    return { again, days, due: schedule.due, label: intervalLabel(days) };
  };
  return { 1: preview(1), 2: preview(2), 3: preview(3), 4: preview(4), 5: preview(5) };
}

/** What an answer to this card depends on; what a day holds is counted once. */
function answerOptions({ days }: CardsContext, store: CardsStore, card: Card): AnswerOptions {
  const loads = new Map<number, number>();
  return {
    days,
    settings: store.settings(card.project, card.schedule.algorithm),
    seed: card.id,
    load: (day) => {
      const known = loads.get(day) ?? store.dueBetween(days.startOf(day), days.startOf(day + 1));
      loads.set(day, known);
      return known;
    },
  };
}
