import type { ReviewContext, ReviewItem, ReviewItemJson } from '../../../core/review/index.ts';
import { loadCore, type Core } from '../services/core.ts';
import type { Services } from '../services/services.ts';

/** Does something with a comment through the core, and shows the result everywhere before it returns it. */
export async function changeComment(services: Pick<Services, 'model'>, item: ReviewItem, verb: (review: Core['review'], context: ReviewContext) => Promise<ReviewItem>): Promise<ReviewItemJson> {
  const { review } = await loadCore();
  try {
    return review.toJson(await verb(review, await services.model.contextOf(item)));
  } finally {
    await services.model.refresh();
  }
}
