import { WheelhouseError } from '../../base/errors.ts';
import type { AbortSignalLike } from '../../ports/processes.ts';
import type { SmokeEvidence } from '../../smoke/index.ts';
import type { ReviewContext } from '../context.ts';
import { closedKey, findEntry, readItem, readItems, readItemsById, wallClock } from '../items.ts';
import { updateLog } from '../logDocument.ts';
import { applyEdits, changeState, scanLog, type ReviewState } from '../log/index.ts';
import type { ReviewItem } from '../model.ts';

export interface GateOptions {
  readonly signal?: AbortSignalLike;
  /** Output of the smoke test as it comes. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Marks a comment DONE, if the smoke test passes on the tree as it is.
 * @param options.summary What was done about it, for the log.
 * @throws WheelhouseError `refused` when the test fails, with the end of its output; the comment stays as it was.
 */
export async function markDone(context: ReviewContext, id: string, options: GateOptions & { summary?: string } = {}): Promise<ReviewItem> {
  const item = await readItem(context, id);
  if (item.state === 'done' && item.verified) return item;
  const evidence = await passSmokeTest(context, item, options);
  const closed = item.state === 'done' ? closedKey(item.closed) : await setState(context, item.id, 'done', options.summary);
  const store = await context.store();
  await store.append([
    { type: 'review.changed', item: item.id, from: item.state, to: 'done' },
    { type: 'review.verified', item: item.id, evidence, closed },
  ]);
  return readItem(context, item.id);
}

/**
 * Runs the smoke test for comments that are DONE without evidence: one, or all of this repository.
 * @returns The comments that are verified now. @throws WheelhouseError `refused` when the test fails.
 */
export async function verify(context: ReviewContext, id: string | undefined, options: GateOptions = {}): Promise<ReviewItem[]> {
  const chosen = id === undefined ? (await readItems(context, (entry, here) => here && entry.state === 'done')).items : [await readItem(context, id)];
  const [wrong] = chosen.filter((item) => item.state !== 'done');
  if (wrong) throw new WheelhouseError('refused', `${wrong.id} is not done yet. Mark it as done instead: wheelhouse review done ${wrong.id}`);
  const unverified = chosen.filter((item) => !item.verified);
  for (const item of unverified) {
    const evidence = await passSmokeTest(context, item, options);
    await (await context.store()).append([{ type: 'review.verified', item: item.id, evidence, closed: closedKey(item.closed) }]);
  }
  return readItemsById(context, chosen.map((item) => item.id));
}

export function reopen(context: ReviewContext, id: string): Promise<ReviewItem> {
  return change(context, id, 'todo');
}

/** @param why Kept in the log. */
export function declineToFix(context: ReviewContext, id: string, why?: string): Promise<ReviewItem> {
  return change(context, id, 'wontfix', why);
}

async function change(context: ReviewContext, id: string, to: ReviewState, note?: string): Promise<ReviewItem> {
  const item = await readItem(context, id);
  if (item.state !== to) {
    await setState(context, item.id, to, note);
    await (await context.store()).append([{ type: 'review.changed', item: item.id, from: item.state, to }]);
  }
  return readItem(context, item.id);
}

/** @returns What the entry's CLOSED says then. */
function setState(context: ReviewContext, id: string, state: ReviewState, note?: string): Promise<string | null> {
  const at = wallClock(context);
  return updateLog(context.log, (log) => {
    const entry = findEntry(log.entries, id);
    const after = applyEdits(log.text, changeState(log, entry, { state, at, ...(note !== undefined && note.trim() !== '' && { note }) }));
    return { after, value: closedKey(findEntry(scanLog(after).entries, entry.id).closed) };
  });
}

async function passSmokeTest(context: ReviewContext, item: ReviewItem, options: GateOptions): Promise<SmokeEvidence> {
  if (!item.here) {
    throw new WheelhouseError('refused', `${item.id} is about ${item.path}, which is not in this repository, so its tests cannot be run from here. Go to its folder and try again.`);
  }
  const { gate, command, timeoutMs } = await context.smoke();
  const root = context.repository.root;
  const smoke = await command(root);
  if (!smoke) {
    throw new WheelhouseError('refused', `${root} has no smoke test, so nothing can be marked as done: add a "test" target to its Makefile, a "test" script to its package.json, or set wheelhouse.smoke.command.`);
  }
  const outcome = await gate.check({
    root,
    command: smoke,
    exclude: [context.log.path],
    timeoutMs,
    ...(options.signal && { signal: options.signal }),
    ...(options.onOutput && { onOutput: options.onOutput }),
  });
  if (outcome.passed) return outcome.evidence;
  throw new WheelhouseError('refused', `${outcome.command} did not pass: ${outcome.reason}. ${item.id} stays ${item.state === 'done' ? 'unverified' : 'open'}; repair the code (or take the change back) and try again.`, { details: outcome.tail });
}
