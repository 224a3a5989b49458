import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { ReviewContext, ReviewItemJson } from '../../../core/review/index.ts';
import { loadCore } from '../services/core.ts';
import type { Feature, Services } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { chooseComment } from './chooseComment.ts';
import { placeOf } from './wording.ts';

interface Removed {
  readonly id: string;
  readonly context: ReviewContext;
}

/** Taking a comment out of the log, and putting it back. */
export const remove: Feature = (services) => {
  /** What this window has removed, the last one last. */
  const removed: Removed[] = [];
  return vscode.Disposable.from(
    registerCommand(services.errors, 'wheelhouse.review.remove', async (argument) => {
      const item = await chooseComment(services, argument, { title: 'Remove Review Comment', among: () => true });
      if (!item) return undefined;
      const { review } = await loadCore();
      const context = await services.model.contextOf(item);
      const result = await review.removeComment(context, item.id);
      removed.push({ id: result.id, context });
      await services.model.refresh();
      // Not waited for: the comment is gone now, and the message may stay for a while.
      void vscode.window.showInformationMessage(`Removed the comment on ${placeOf(item)}.`, 'Undo').then((choice) => {
        if (choice === 'Undo') void services.errors.guard(() => restore(services, removed, result.id));
      });
      return result;
    }),
    registerCommand(services.errors, 'wheelhouse.review.undoRemove', (argument) => restore(services, removed, typeof argument?.id === 'string' ? argument.id : undefined)),
  );
};

async function restore({ model, repositories }: Services, removed: Removed[], id: string | undefined): Promise<ReviewItemJson> {
  const { review } = await loadCore();
  const known = id === undefined ? removed.at(-1) : removed.find((removal) => removal.id === id);
  // Removed by an earlier window: the journal still has it.
  const contexts = known ? [known.context] : (await repositories.all()).map((workspace) => workspace.review);
  for (const context of contexts) {
    try {
      const item = await review.restoreComment(context, known?.id ?? id);
      if (known) removed.splice(removed.indexOf(known), 1);
      await model.refresh();
      return review.toJson(item);
    } catch (error) {
      if (!(error instanceof WheelhouseError && error.code === 'not-found')) throw error;
    }
  }
  throw new WheelhouseError('not-found', 'No review comment was removed here.');
}
