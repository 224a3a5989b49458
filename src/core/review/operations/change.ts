import { WheelhouseError } from '../../base/errors.ts';
import { isInHistory } from '../../git/repository.ts';
import type { ReviewContext } from '../context.ts';
import { findEntry, readItem, readItems, wallClock } from '../items.ts';
import { updateLog } from '../logDocument.ts';
import { addReply, changeSeverity, changeTags, changeTarget, changeText, applyEdits, insertRaw, rawOf, removeEntry, scanLog, type Edit, type Log, type LogEntry, type Severity } from '../log/index.ts';
import type { Place, ReviewItem } from '../model.ts';
import { anchorPlace, targetOf } from '../place.ts';
import { pathForLog, whereabouts } from '../whereabouts.ts';

type EntryChange = (log: Log, entry: LogEntry) => readonly Edit[];

async function changeEntry(context: ReviewContext, id: string, ...changes: readonly EntryChange[]): Promise<ReviewItem> {
  const changed = await updateLog(context.log, (log) => {
    const entry = findEntry(log.entries, id);
    // Each change is computed on the text that the one before it left.
    let text = log.text;
    for (const change of changes) {
      const now = scanLog(text);
      text = applyEdits(text, change(now, findEntry(now.entries, entry.id)));
    }
    return { after: text, value: entry.id };
  });
  return readItem(context, changed);
}

export interface CommentEdit {
  readonly text?: string;
  readonly severity?: Severity;
  readonly tags?: readonly string[];
}

/** @throws WheelhouseError `usage` when the new text is empty. */
export function editComment(context: ReviewContext, id: string, edit: CommentEdit): Promise<ReviewItem> {
  const { text, severity, tags } = edit;
  if (text?.trim() === '') throw new WheelhouseError('usage', 'A review comment needs a text. To take it away, remove it.');
  const changes: EntryChange[] = [];
  if (text !== undefined) changes.push((log, entry) => changeText(log, entry, text));
  if (severity !== undefined) changes.push((log, entry) => changeSeverity(log, entry, severity));
  if (tags !== undefined) changes.push((log, entry) => changeTags(log, entry, tags));
  return changeEntry(context, id, ...changes);
}

/** Appends to the conversation under a comment. */
export function replyTo(context: ReviewContext, id: string, author: string, text: string): Promise<ReviewItem> {
  if (text.trim() === '') throw new WheelhouseError('usage', 'A reply needs a text.');
  const at = wallClock(context);
  return changeEntry(context, id, (log, entry) => addReply(log, entry, { at, author, text }));
}

/** Attaches a comment to another place, for an orphan or a wrong line. */
export async function attach(context: ReviewContext, id: string, place: Place): Promise<ReviewItem> {
  const { written, anchor } = await anchorPlace(context, place);
  if (!anchor) throw new WheelhouseError('refused', `${place.path} is not in this repository; a comment can be attached to its files only.`);
  const item = await readItem(context, id);
  await changeEntry(context, item.id, (log, entry) => changeTarget(log, entry, targetOf(written, place.range)));
  await (await context.store()).append([{ type: 'review.anchored', item: item.id, anchor }]);
  return readItem(context, item.id);
}

/** Takes a comment out of the log. What was taken out is kept in the journal, for `restoreComment`. */
export async function removeComment(context: ReviewContext, id: string): Promise<{ id: string }> {
  const removed = await updateLog(context.log, (log) => {
    const entry = findEntry(log.entries, id);
    const next = log.entries[log.entries.indexOf(entry) + 1];
    const removed = { item: entry.id, raw: rawOf(log, entry), before: next?.id ?? null };
    return { after: applyEdits(log.text, removeEntry(log, entry)), value: removed };
  });
  await (await context.store()).append([{ type: 'review.removed', ...removed }]);
  return { id: removed.item };
}

/** Puts a removed comment back where it was: the newest removal, or the one that is named. */
export async function restoreComment(context: ReviewContext, id?: string): Promise<ReviewItem> {
  const store = await context.store();
  await store.refresh();
  const removal = store.lastRemoval(id);
  if (!removal) throw new WheelhouseError('not-found', id === undefined ? 'No review comment was removed here.' : `${id} was not removed here.`);
  await updateLog(context.log, (log) => ({ after: applyEdits(log.text, insertRaw(log, removal.raw, removal.before ?? undefined)), value: undefined }));
  await store.append([{ type: 'review.restored', item: removal.item }]);
  return readItem(context, removal.item);
}

/**
 * Rewrites the links of comments whose code has moved, so that other readers of the log find it too.
 * Left alone: what is not known for sure, what is no longer open, and anchors made on another
 * branch, whose lines would change back and forth with every checkout.
 * @param path Only comments on this file. @returns How many links were rewritten.
 */
export async function syncLinks(context: ReviewContext, path?: string): Promise<number> {
  const { items } = await readItems(context, (entry, here) => here && entry.state === 'todo');
  const anchors = (await context.store()).anchors();
  const onThisBranch = new Map<string, boolean>();
  const targets = new Map<string, { path: string; line: number; endLine?: number }>();
  for (const item of items) {
    if (!['exact', 'moved', 'edited'].includes(item.status) || (path !== undefined && item.path !== path)) continue;
    const commit = anchors.get(item.id)?.commit;
    if (commit !== undefined && !onThisBranch.has(commit)) onThisBranch.set(commit, await isInHistory(context.git, context.repository.root, commit));
    if (commit !== undefined && onThisBranch.get(commit) === false) continue;
    const { start, end } = item.range;
    targets.set(item.id, { path: item.path, line: start, ...(end > start && { endLine: end }) });
  }
  return updateLog(context.log, (log) => {
    const edits: Edit[] = [];
    let rewritten = 0;
    for (const entry of log.entries) {
      const target = targets.get(entry.id);
      if (!target || !entry.hasId) continue;
      // The same file in another work tree keeps the name that it was logged under.
      const samePath = whereabouts(context, entry.path).path === target.path;
      const wanted = { ...target, path: samePath ? entry.path : pathForLog(context, target.path) };
      if (samePath && entry.targetLine === target.line && (entry.endLine ?? entry.targetLine) === (target.endLine ?? target.line)) continue;
      edits.push(...changeTarget(log, entry, wanted));
      rewritten++;
    }
    return { after: applyEdits(log.text, edits), value: rewritten };
  });
}
