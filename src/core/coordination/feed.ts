import type { Journal, JournalEntry } from '../ports/journal.ts';
import { loadState, saveText, stateText, WORTH_SAVING_BYTES, type Folded, type StateCache } from './cache.ts';
import { coordinationEvent, type CoordinationEvent } from './events.ts';
import { iso } from './json.ts';
import type { Outcome } from './outcome.ts';
import { apply, emptyState } from './state.ts';
import { targetText } from './targets.ts';

export interface FeedItem {
  /** Where it stands in the journal: give it to the next call, to go on behind it. */
  cursor: number;
  at: string;
  session: string;
  /** `claimed`, `arrived`, … */
  what: string;
  text: string;
  /** Whether it took effect: a claim can come too late. */
  ok: boolean;
}

export interface Feed {
  items: FeedItem[];
  /** Where to go on: of the last item, or what was asked for when there was none. */
  cursor: number;
}

export interface FeedOptions {
  readonly since: number;
  readonly limit: number;
  /** States that may be begun with: those of the ledger, and what earlier feeds have left in `marks`. */
  readonly caches?: readonly StateCache[];
  readonly marks?: StateCache;
}

/**
 * What has happened since a cursor (0: the beginning), oldest first. Signs of life are left out.
 * The journal keeps it all, so a reader that was away misses nothing; and who reads on need not wait
 * until all before the cursor is folded, as the last feed has left where it stood.
 */
export async function readFeed(journal: Journal, { since, limit, caches = [], marks }: FeedOptions): Promise<Feed> {
  const begin = await startFor(journal, since, [...(marks ? [marks] : []), ...caches]);
  const items: FeedItem[] = [];
  const { state } = begin;
  let [cursor, told, from] = [since, begin.cursor ?? 0, begin.position];
  const markAt = (position: number) => ({ position, cursor: told, state: stateText(state) });
  let mark: ReturnType<typeof markAt> | undefined;
  for (let more = true; more && items.length < limit; ) {
    const read = await journal.read(from);
    [from, more] = [read.end, read.more];
    for (const record of recordsOf(read.entries)) {
      // The page may end within this record, and from there nobody can read on: the next begins with all of it.
      const start = marks !== undefined && record.length > limit - items.length ? markAt(record[0].position) : undefined;
      for (const entry of record) if (items.length < limit) tell(entry);
      if (start === undefined || items.length < limit) continue;
      mark = start;
      break;
    }
  }
  if (marks !== undefined && (mark?.position ?? from) - begin.position >= WORTH_SAVING_BYTES) await saveText(marks, journal, mark ?? markAt(from)).catch(() => undefined);
  return { items, cursor };

  function tell(entry: JournalEntry): void {
    const outcome = apply(state, entry);
    const event = coordinationEvent(entry.event);
    if (event === undefined || outcome === undefined) return;
    const [what, text] = describe(event, outcome);
    if (what === '') return;
    told = entry.position;
    if (entry.position <= since) return;
    cursor = entry.position;
    items.push({ cursor, at: iso(entry.event.at), session: event.type === 'coordination.ended' ? '' : event.agent.session, what, text, ok: outcome.ok && event.type !== 'coordination.refused' });
  }
}

/** Events that were written together: their positions follow each other without a gap, which those of two lines never do. */
function recordsOf(entries: readonly JournalEntry[]): [JournalEntry, ...JournalEntry[]][] {
  const records: [JournalEntry, ...JournalEntry[]][] = [];
  for (const entry of entries) {
    const last = records.at(-1);
    if (last !== undefined && entry.position === (last.at(-1)?.position ?? NaN) + 1) last.push(entry);
    else records.push([entry]);
  }
  return records;
}

/** The latest state that was saved of what lies before the cursor. */
async function startFor(journal: Journal, since: number, caches: readonly StateCache[]): Promise<Folded> {
  let best: Folded = { state: emptyState(), position: 0 };
  for (const cache of since === 0 ? [] : caches) {
    const saved = await loadState(cache, journal);
    // Between the event that a mark names and its position there is nothing to tell.
    if (saved !== undefined && saved.position > best.position && (saved.cursor ?? saved.position) <= since) best = saved;
  }
  return best;
}

function describe(event: CoordinationEvent, outcome: Outcome): [what: string, text: string] {
  switch (event.type) {
    case 'coordination.claimed':
      return ['claimed', `${event.targets.map(targetText).join(', ')}${event.mode === 'shared' ? ' (shared)' : ''}${event.why === '' ? '' : `: ${event.why}`}${outcome.ok ? '' : ' (refused)'}`];
    case 'coordination.released':
      return [event.force === true ? 'broken' : 'released', outcome.ok ? `${(outcome.targets ?? []).map(targetText).join(', ')}${event.force === true && outcome.holders !== undefined ? ` (of ${outcome.holders.join(', ')})` : ''}` : '(refused)'];
    case 'coordination.refused':
      return ['refused', `${targetText(event.target)}${event.more > 0 ? ` and ${event.more} more` : ''} (held by ${event.holder})`];
    case 'coordination.ended':
      return ['ended', event.processes.map(({ pid }) => `process ${pid}`).join(', ')];
    case 'coordination.barrier':
      return ['barrier', `${event.name}: ${event.required.length === 0 ? `any ${event.count}` : event.required.join(', ')}`];
    case 'coordination.broken':
      return ['broken', `barrier ${event.name}${outcome.ok ? '' : ' (refused)'}`];
    case 'coordination.arrived':
      return ['arrived', event.name];
    case 'coordination.waiting':
      return ['waiting', event.name];
    case 'coordination.status':
      return ['status', `${event.status}${event.note === '' ? '' : `: ${event.note}`}`];
    case 'coordination.blocked':
      return ['blocked', `${event.text}${event.on === undefined ? '' : ` (by ${event.on})`}`];
    case 'coordination.resolved':
      return ['resolved', event.blocker];
    case 'coordination.renewed':
    case 'coordination.left':
      return ['', ''];
  }
}
