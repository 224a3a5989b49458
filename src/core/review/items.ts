import { WheelhouseError } from '../base/errors.ts';
import type { ReviewContext } from './context.ts';
import { locateEntries, type Located } from './locate.ts';
import { scanLog, type Log, type LogEntry, type OrgTimestamp, type ReviewState } from './log/index.ts';
import type { ReviewItem } from './model.ts';
import { ELSEWHERE, type ReviewEvent, type Verification } from './store.ts';
import { pathForDisplay, projectName, whereabouts } from './whereabouts.ts';

/**
 * Reads the log and joins it with what the journal knows. What is seen for the first time is kept:
 * anchors of entries that were written by hand, and states that somebody changed in another editor.
 */
export async function readItems(context: ReviewContext, choose: (entry: LogEntry, here: boolean) => boolean = () => true): Promise<{ log: Log; items: ReviewItem[] }> {
  const log = scanLog(await context.log.read());
  const store = await context.store();
  await store.refresh();
  const anchors = store.anchors();
  const isHere = (entry: LogEntry) => anchors.has(entry.id) || whereabouts(context, entry.path).inRepository !== undefined;

  const events: ReviewEvent[] = changedElsewhere(log.entries.filter(isHere), store.states());
  const { located, firstSeen } = await locateEntries(context, log.entries.filter((entry) => choose(entry, isHere(entry))), anchors);
  await store.append(events, ELSEWHERE);
  await store.append(firstSeen);

  const verifications = store.verifications();
  return { log, items: located.map((item) => toItem(context, item, verifications.get(item.entry.id))) };
}

/** State changes that no verb of ours made: in Emacs, by an agent, or before Wheelhouse was there. */
function changedElsewhere(entries: readonly LogEntry[], known: ReadonlyMap<string, ReviewState>): ReviewEvent[] {
  return entries
    .filter((entry) => known.get(entry.id) !== entry.state)
    .map((entry) => ({ type: 'review.changed', item: entry.id, from: known.get(entry.id) ?? null, to: entry.state }));
}

function toItem(context: ReviewContext, { entry, path, inRepository, resolution, anchor }: Located, verification: Verification | undefined): ReviewItem {
  const line = resolution.range?.start ?? resolution.nearestLine ?? (resolution.status === 'file-gone' ? (entry.targetLine ?? 0) : 0);
  const verified = entry.state === 'done' && verification !== undefined && verification.closed === closedKey(entry.closed);
  return {
    id: entry.id,
    state: entry.state,
    verified,
    evidence: verified ? verification.evidence : undefined,
    path,
    file: pathForDisplay(context, path),
    range: resolution.range ?? { start: line, end: line },
    status: resolution.status,
    candidates: resolution.candidates ?? [],
    quote: anchor?.quote,
    text: entry.text,
    replies: entry.replies,
    summary: entry.summary,
    severity: entry.severity,
    tags: entry.tags,
    project: entry.project ?? (inRepository === undefined ? '' : projectName(context)),
    created: entry.created,
    closed: entry.closed,
    here: inRepository !== undefined,
    log: { path: context.log.path, line: entry.line },
  };
}

/** What a verification remembers of CLOSED; equal keys mean that the entry was not reopened in between. */
export function closedKey(closed: OrgTimestamp | undefined): string | null {
  return closed === undefined ? null : [closed.year, closed.month, closed.day, closed.hour ?? '', closed.minute ?? ''].join('-');
}

/** Now, as the user's wall clock shows it. */
export function wallClock(context: Pick<ReviewContext, 'clock'>): OrgTimestamp {
  const now = context.clock.now();
  const local = new Date(now + context.clock.offsetMinutes(now) * 60_000);
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(), hour: local.getUTCHours(), minute: local.getUTCMinutes() };
}

/**
 * The one entry that `id` means: the id itself, or a beginning of it that fits only one.
 * @throws WheelhouseError `not-found`, or `usage` when several fit.
 */
export function findEntry(entries: readonly LogEntry[], id: string): LogEntry {
  const wanted = id.trim();
  const exact = entries.find((entry) => entry.id === wanted);
  if (exact) return exact;
  const fitting = wanted.length >= 3 ? entries.filter((entry) => entry.id.startsWith(wanted)) : [];
  const [only, another] = fitting;
  if (only && !another) return only;
  if (another) throw new WheelhouseError('usage', `${wanted} could be ${fitting.slice(0, 4).map((entry) => entry.id).join(', ')}; write more of the id.`);
  throw new WheelhouseError('not-found', `There is no review comment ${wanted} in the log. List them with: wheelhouse review list --state all`);
}

/** One comment, with its code located. @throws WheelhouseError as `findEntry`. */
export async function readItem(context: ReviewContext, id: string): Promise<ReviewItem> {
  const wanted = findEntry(scanLog(await context.log.read()).entries, id);
  const [item] = await readItemsById(context, [wanted.id]);
  if (!item) throw new WheelhouseError('conflict', `The review comment ${id} was removed from ${context.log.path} a moment ago.`);
  return item;
}

/** The comments with these ids, in the order of the log; those that are gone are left out. */
export async function readItemsById(context: ReviewContext, ids: readonly string[]): Promise<ReviewItem[]> {
  const wanted = new Set(ids);
  return (await readItems(context, (entry) => wanted.has(entry.id))).items;
}
