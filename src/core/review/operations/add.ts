import { WheelhouseError } from '../../base/errors.ts';
import type { ReviewContext } from '../context.ts';
import { readItemsById, wallClock } from '../items.ts';
import { updateLog } from '../logDocument.ts';
import { appendEntry, applyEdits, scanLog, type NewEntry, type OrgTimestamp, type Severity } from '../log/index.ts';
import type { Place, ReviewItem } from '../model.ts';
import { anchorPlace, targetOf } from '../place.ts';
import type { ReviewEvent } from '../store.ts';
import { projectName } from '../whereabouts.ts';

export interface AddOptions {
  /** One comment is logged for each place, all in one write. */
  readonly places: readonly Place[];
  readonly text: string;
  readonly severity?: Severity;
  readonly tags?: readonly string[];
}

/**
 * Logs a comment on one or more places and anchors it to the code there.
 * @throws WheelhouseError `usage` for an empty comment, `not-found` for a file that is not there (or
 * is no text), `invalid-input` for a line that the file does not have.
 */
export async function addComments(context: ReviewContext, options: AddOptions): Promise<ReviewItem[]> {
  if (options.text.trim() === '') throw new WheelhouseError('usage', 'A review comment needs a text.');
  if (options.places.length === 0) throw new WheelhouseError('usage', 'A review comment needs a place: FILE:LINE.');
  const created = wallClock(context);
  const drafts: { entry: NewEntry; events: ReviewEvent[] }[] = [];
  for (const place of options.places) drafts.push(await draft(context, place, options, created));

  // Opened before the log is written: what cannot be anchored is not logged.
  const store = await context.store();
  await updateLog(context.log, (log) => {
    // Each entry is placed behind the one before it, so the edits are found one after the other.
    let text = log.text;
    for (const { entry } of drafts) text = applyEdits(text, appendEntry(scanLog(text), entry));
    return { after: text, value: undefined };
  });
  await store.append(drafts.flatMap(({ events }) => events));
  return readItemsById(context, drafts.map(({ entry }) => entry.id));
}

async function draft(context: ReviewContext, place: Place, options: AddOptions, created: OrgTimestamp): Promise<{ entry: NewEntry; events: ReviewEvent[] }> {
  const { written, anchor } = await anchorPlace(context, place);
  const id = `cr-${context.random.base32(8)}`;
  const entry: NewEntry = {
    ...targetOf(written, place.range),
    id,
    text: options.text,
    created,
    project: anchor ? projectName(context) : context.paths.basename(context.paths.dirname(place.path)),
    severity: options.severity ?? 'should',
    tags: options.tags ?? [],
  };
  const events: ReviewEvent[] = [{ type: 'review.changed', item: id, from: null, to: 'todo' }];
  if (anchor) events.push({ type: 'review.anchored', item: id, anchor });
  return { entry, events };
}
