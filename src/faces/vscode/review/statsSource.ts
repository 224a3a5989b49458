import type { ReviewStats } from '../../../core/review/index.ts';
import type { Services } from '../services/services.ts';

/** The figures of all open repositories together; undefined when there is no comment, which needs no database. */
export async function readStats({ repositories, model }: Services): Promise<ReviewStats | undefined> {
  await model.ready;
  const { items } = model;
  if (items.length === 0) return undefined;
  const { summarise } = await import('../../../core/review/light.ts');
  const contexts = (await repositories.all()).map(({ review }) => review);
  const transitions = await Promise.all(contexts.map(async ({ store }) => {
    const tables = await store();
    await tables.refresh();
    return tables.transitions();
  }));
  const [first] = contexts;
  return first && summarise(items, transitions.flat(), first.clock.now(), (at) => first.clock.offsetMinutes(at));
}
