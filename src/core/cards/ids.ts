import type { CardsContext } from './context.ts';
import type { CardsStore } from './store.ts';

/** `card-20250126-143022`, by the user's clock; further ones of the same second get `-2`, `-3`, … */
export function noteIds(context: CardsContext, store: CardsStore, count: number): string[] {
  const now = context.clock.now();
  const local = new Date(now + context.clock.offsetMinutes(now) * 60_000).toISOString();
  const base = `card-${local.slice(0, 10).replaceAll('-', '')}-${local.slice(11, 19).replaceAll(':', '')}`;
  let last = store.db.all('SELECT id FROM cards_note WHERE id >= ?1 AND id < ?1 || ?2', [base, '.']).reduce((most, row) => Math.max(most, numberOf(String(row['id']), base)), 0);
  return Array.from({ length: count }, () => {
    last++;
    return last === 1 ? base : `${base}-${last}`;
  });
}

function numberOf(id: string, base: string): number {
  return id === base ? 1 : Number(/^-(\d+)$/.exec(id.slice(base.length))?.[1] ?? 0);
}

/** Names what the user does at once. */
export function operationId(context: CardsContext): string {
  return context.random.base32(12);
}
