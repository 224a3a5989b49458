import type { ReviewContext } from '../context.ts';
import { readItems } from '../items.ts';
import { summarise, type ReviewStats } from '../stats.ts';

/** Figures of the comments of this repository. */
export async function reviewStats(context: ReviewContext): Promise<ReviewStats> {
  const { items } = await readItems(context, (_entry, here) => here);
  const transitions = (await context.store()).transitions();
  const now = context.clock.now();
  return summarise(items, transitions, now, (at) => context.clock.offsetMinutes(at));
}
