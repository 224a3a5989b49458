import type { SqlValue } from '../../ports/database.ts';
import type { CardsContext } from '../context.ts';
import type { Algorithm, Card, Review, Schedule } from '../model.ts';

/** Which cards; all conditions hold together. */
export interface CardFilter {
  readonly project?: string;
  /** All of them. */
  readonly tags?: readonly string[];
  /** Only those that could be asked now: due, new, or within their steps, and not suspended. */
  readonly due?: boolean;
  readonly algorithm?: Algorithm;
  readonly state?: Schedule['state'];
  readonly suspended?: boolean;
  readonly limit?: number;
}

/** The cards that fit, oldest first. */
export async function listCards(context: CardsContext, filter: CardFilter = {}): Promise<Card[]> {
  const store = await context.store();
  await store.refresh();
  const [condition, parameters] = sqlOf(filter, context.clock.now());
  return store.cards(`${condition} ORDER BY n.created, c.key${filter.limit === undefined ? '' : ' LIMIT ?'}`, filter.limit === undefined ? parameters : [...parameters, filter.limit]);
}

/** The condition on `c` and `n`, and its parameters. */
export function sqlOf(filter: CardFilter, now: number): [condition: string, parameters: SqlValue[]] {
  const conditions: string[] = [];
  const parameters: SqlValue[] = [];
  const also = (condition: string, ...values: SqlValue[]) => {
    conditions.push(`AND ${condition}`);
    parameters.push(...values);
  };
  if (filter.project !== undefined) also('c.project = ?', filter.project);
  if (filter.algorithm !== undefined) also('c.algorithm = ?', filter.algorithm);
  if (filter.state !== undefined) also('c.state = ?', filter.state);
  if (filter.suspended !== undefined) also('c.suspended = ?', Number(filter.suspended));
  if (filter.due === true) also('c.suspended = 0 AND c.due <= CAST(? AS INTEGER)', now);
  // Tags are kept as a JSON list, so a whole tag stands between its quotes.
  for (const tag of filter.tags ?? []) also('instr(n.tags, ?) > 0', JSON.stringify(tag));
  return [conditions.join(' '), parameters];
}

export interface SearchOptions {
  readonly project?: string;
  /** Default all. */
  readonly field?: 'question' | 'answer' | 'notes' | 'all';
  readonly limit?: number;
}

/** Cards whose texts (and, for all fields, tags) hold every word of the query, in any case and script; oldest first. */
export async function searchCards(context: CardsContext, query: string, { project, field = 'all', limit }: SearchOptions = {}): Promise<Card[]> {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [];
  const store = await context.store();
  await store.refresh();
  const columns = field === 'all' ? "n.question || char(10) || n.answer || char(10) || n.notes || char(10) || n.tags" : `n.${field}`;
  const rows = store.db.all(`SELECT n.id, ${columns} AS text FROM cards_note n WHERE n.deleted IS NULL AND (?1 IS NULL OR n.project = ?1) ORDER BY n.created, n.rowid`, [project ?? null]);
  const found: Card[] = [];
  for (const { id, text } of rows) {
    const lower = String(text).toLowerCase();
    if (!words.every((word) => lower.includes(word))) continue;
    found.push(...store.cards('AND c.note = ? ORDER BY c.ordinal', [id ?? '']));
    if (limit !== undefined && found.length >= limit) return found.slice(0, limit);
  }
  return found;
}

/** @throws WheelhouseError `not-found`. */
export async function showCard(context: CardsContext, id: string): Promise<Card> {
  const store = await context.store();
  await store.refresh();
  return store.card(id);
}

/** Every answer to a card that was not taken back, oldest first. What followed an answer is what stood before the next. */
export async function reviewsOf(context: CardsContext, id: string): Promise<Review[]> {
  const store = await context.store();
  await store.refresh();
  const card = store.card(id);
  const reviews = store.reviews(card.id);
  return reviews.map(({ at, confidence, tookMs, before }, i) => ({ cardId: card.id, at, confidence, tookMs, before, after: reviews[i + 1]?.before ?? card.schedule }));
}
