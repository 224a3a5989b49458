import * as vscode from 'vscode';
import type { ReviewItem, ReviewItemJson } from '../../../core/review/index.ts';
import { loadCore } from '../services/core.ts';
import type { Feature, Services } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { changeComment } from './change.ts';
import { chooseComment } from './chooseComment.ts';
import { withSmokeTest } from './gate.ts';
import { count, placeOf } from './wording.ts';

const isOpen = (item: ReviewItem) => item.state === 'todo';
const isUnverified = (item: ReviewItem) => item.state === 'done' && !item.verified;

/** Done, verified, open again, or declined. */
export const states: Feature = (services) =>
  vscode.Disposable.from(
    registerCommand(services.errors, 'wheelhouse.review.done', async (argument) => {
      const item = await chooseComment(services, argument, { title: 'Mark Review Comment Done', among: (item) => isOpen(item) || isUnverified(item) });
      if (!item) return undefined;
      const summary = typeof argument?.summary === 'string' ? { summary: argument.summary } : {};
      const done = await withSmokeTest(services, `Smoke test for ${placeOf(item)}`, (options) => changeComment(services, item, (review, context) => review.markDone(context, item.id, { ...options, ...summary })));
      vscode.window.setStatusBarMessage(`$(pass) Done: ${placeOf(item)}`, 5000);
      return done;
    }),
    registerCommand(services.errors, 'wheelhouse.review.verify', async (argument) => {
      const item = typeof argument?.id === 'string' ? await chooseComment(services, argument, { title: 'Verify Done Comments' }) : undefined;
      const verified = item ? [await verifyOne(services, item)] : await verifyAll(services);
      vscode.window.setStatusBarMessage(verified.length === 0 ? 'No done comment waits to be verified' : `$(pass) ${count(verified.length, 'comment')} verified`, 5000);
      return verified;
    }),
    registerCommand(services.errors, 'wheelhouse.review.reopen', async (argument) => {
      const item = await chooseComment(services, argument, { title: 'Reopen Review Comment', among: (item) => !isOpen(item) });
      return item && changeComment(services, item, (review, context) => review.reopen(context, item.id));
    }),
    registerCommand(services.errors, 'wheelhouse.review.wontfix', async (argument) => {
      const item = await chooseComment(services, argument, { title: "Mark Review Comment Won't Fix", among: isOpen });
      if (!item) return undefined;
      const why = typeof argument?.why === 'string' ? argument.why : await askWhy(item);
      return why === undefined ? undefined : changeComment(services, item, (review, context) => review.declineToFix(context, item.id, why));
    }),
  );

function askWhy(item: ReviewItem): Thenable<string | undefined> {
  return vscode.window.showInputBox({ title: `Won't Fix ${placeOf(item)}`, placeHolder: 'Why not? (may stay empty)' });
}

function verifyOne(services: Services, item: ReviewItem): Promise<ReviewItemJson> {
  return withSmokeTest(services, `Smoke test for ${placeOf(item)}`, (options) =>
    changeComment(services, item, async (review, context) => {
      const [verified] = await review.verify(context, item.id, options);
      return verified ?? item;
    }),
  );
}

/** One run of the smoke test for each repository that has done comments without evidence. */
async function verifyAll(services: Services): Promise<ReviewItemJson[]> {
  const { model, repositories } = services;
  await model.refresh();
  const unverified = model.items.filter(isUnverified);
  if (unverified.length === 0) return [];
  const { review } = await loadCore();
  const contexts = new Set(unverified.map((item) => repositories.find(item.path)?.review).filter((context) => context !== undefined));
  return withSmokeTest(services, `Smoke test for ${count(unverified.length, 'done comment')}`, async (options) => {
    try {
      const ids = new Set(unverified.map(({ id }) => id));
      const verified = [];
      for (const context of contexts) verified.push(...(await review.verify(context, undefined, options)));
      return verified.filter(({ id }) => ids.has(id)).map(review.toJson);
    } finally {
      await model.refresh();
    }
  });
}
