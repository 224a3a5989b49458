import { WheelhouseError } from '../../base/errors.ts';
import type { CardsContext } from '../context.ts';
import { reviewOperation } from '../projection.ts';

export interface Undone {
  readonly operation: string;
  /** What was taken back, for people: `3 cards deleted`. */
  readonly label: string;
}

/**
 * Takes back the newest thing that was done with cards (an answer, an edit, a deletion, an import, a
 * setting), or the one that is named. What was changed again since stays as it is.
 * @throws WheelhouseError `not-found` when there is nothing to take back.
 */
export async function undo(context: CardsContext, operation?: string): Promise<Undone> {
  const store = await context.store();
  await store.refresh();
  const wanted = operation ?? null;
  const change = store.db.all('SELECT operation, position, what, count FROM cards_operation WHERE undone = 0 AND (?1 IS NULL OR operation = ?1) ORDER BY position DESC LIMIT 1', [wanted])[0];
  const single = operation !== undefined ? Number(/^review:(\d+)$/.exec(operation)?.[1] ?? -1) : null;
  const review = store.db.all('SELECT position, operation FROM cards_review WHERE undone = 0 AND position > 0 AND (?1 IS NULL OR position = ?2 OR operation = ?1) ORDER BY position DESC LIMIT 1', [wanted, single])[0];
  const target =
    review && Number(review['position']) > Number(change?.['position'] ?? -1) ? { operation: (review['operation'] as string | null) ?? reviewOperation(Number(review['position'])), label: 'an answer' }
    : change ? { operation: String(change['operation']), label: labelOf(String(change['what']), Number(change['count'])) }
    : undefined;
  if (!target) throw new WheelhouseError('not-found', operation === undefined ? 'Nothing was done with cards that could be taken back.' : `There is nothing to take back under ${JSON.stringify(operation)}.`);
  await store.append([{ type: 'cards.undone', operation: target.operation }]);
  return target;
}

function labelOf(what: string, count: number): string {
  if (what === 'configured') return 'a setting';
  return `${count === 1 ? '1 card' : `${count} cards`} ${what === 'algorithm' ? 'given another algorithm' : what === 'suspended' ? 'suspended or resumed' : what}`;
}
