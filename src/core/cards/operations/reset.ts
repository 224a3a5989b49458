import type { CardsContext } from '../context.ts';
import { toTuple } from '../events.ts';
import { operationId } from '../ids.ts';
import { newSchedule } from '../schedule/model.ts';
import { setCards } from './change.ts';

/**
 * Makes cards new again: they are learned from the beginning, and no longer suspended. What was
 * answered is kept for the figures. @returns How many. @throws WheelhouseError `not-found`; then none was reset.
 */
export async function resetCards(context: CardsContext, ids: readonly string[]): Promise<number> {
  const store = await context.store();
  await store.refresh();
  const now = context.clock.now();
  const cards = [...new Map(ids.map((id) => store.card(id)).map((card) => [card.id, card])).values()];
  const changes = cards.map((card) => ({
    card: card.id,
    before: { schedule: toTuple(card.schedule), suspended: card.suspended },
    after: { schedule: toTuple(newSchedule(card.schedule.algorithm, now, store.settings(card.project, card.schedule.algorithm))), suspended: false },
  }));
  await setCards(store, 'reset', operationId(context), changes);
  return cards.length;
}
