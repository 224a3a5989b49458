/** Which cards a quiz asks, and in which order. */
import type { CardsContext } from '../context.ts';
import { newToday } from '../operations/decks.ts';
import { sqlOf } from '../operations/list.ts';
import { learnAheadMs } from '../schedule/schedule.ts';
import type { CardsStore } from '../store.ts';
import type { QuizOptions } from './model.ts';

export interface Chosen {
  readonly cards: readonly string[];
  /** New cards that the limit of the day keeps back. */
  readonly newLater: number;
}

export const defaultLimit = 20;

/**
 * First what is within its steps, then what is due, for longest first, then new cards in the order in
 * which they were made, as far as the day's limit of their deck goes. Cards of one note do not follow
 * each other where others can stand between: one would give the other away.
 */
export function chooseCards(context: CardsContext, store: CardsStore, options: QuizOptions): Chosen {
  if (options.cards) return { cards: [...new Set(options.cards.map((id) => store.card(id).id))], newLater: 0 };
  const now = context.clock.now();
  const limit = options.limit ?? defaultLimit;
  const { project, tags, algorithm } = options;
  const [condition, parameters] = sqlOf({ ...(project !== undefined && { project }), ...(tags && { tags }), ...(algorithm && { algorithm }), suspended: false }, now);
  const ask = (state: string, values: readonly number[], order: string) =>
    store.db.all(`SELECT c.id, c.note, c.project FROM cards_card c JOIN cards_note n ON n.id = c.note WHERE c.active = 1 ${condition} AND ${state} ORDER BY ${order}`, [...parameters, ...values]) as { id: string; note: string; project: string }[];
  const learning = ask("c.state IN ('learning', 'relearning') AND c.due <= CAST(? AS INTEGER)", [now + learnAheadMs], 'c.due, c.key');
  const due = ask("c.state = 'review' AND c.due <= CAST(? AS INTEGER)", [now], 'c.due, c.key');

  const started = new Map(newToday(context, store));
  const rooms = new Map<string, number>();
  const fresh: { id: string; note: string }[] = [];
  let newLater = 0;
  for (const card of ask("c.state = 'new'", [], 'n.created, c.key')) {
    const room = rooms.get(card.project) ?? Math.max(0, store.settings(card.project, context.defaultAlgorithm).newPerDay - (started.get(card.project) ?? 0));
    rooms.set(card.project, room);
    if (room === 0) newLater++;
    else if (learning.length + due.length + fresh.length < limit) {
      rooms.set(card.project, room - 1);
      fresh.push(card);
    }
  }
  const chosen = apart([...learning, ...due, ...fresh].slice(0, limit));
  return { cards: chosen.map(({ id }) => id), newLater };
}

/** Moves a card behind the next one of another note where two of a note would follow each other. */
function apart<T extends { readonly note: string }>(cards: readonly T[]): T[] {
  const left = [...cards];
  const ordered: T[] = [];
  while (left.length > 0) {
    const last = ordered.at(-1)?.note;
    const other = left.findIndex(({ note }) => note !== last);
    ordered.push(...left.splice(Math.max(0, other), 1));
  }
  return ordered;
}
