import type { Journal } from '../ports/journal.ts';
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

/**
 * What has happened since a cursor (0: the beginning), oldest first. Signs of life are left out.
 * The journal keeps it all, so a reader that was away misses nothing.
 */
export async function readFeed(journal: Journal, since: number, limit: number): Promise<Feed> {
  const items: FeedItem[] = [];
  const state = emptyState();
  let cursor = since;
  for (let from = 0, more = true; more && items.length < limit; ) {
    const read = await journal.read(from);
    for (const entry of read.entries) {
      const outcome = apply(state, entry);
      const event = coordinationEvent(entry.event);
      if (event === undefined || outcome === undefined || entry.position <= since || items.length >= limit) continue;
      cursor = entry.position;
      const [what, text] = describe(event, outcome);
      if (what !== '') items.push({ cursor, at: iso(entry.event.at), session: event.type === 'coordination.ended' ? '' : event.agent.session, what, text, ok: outcome.ok });
    }
    from = read.end;
    more = read.more;
  }
  return { items, cursor };
}

function describe(event: CoordinationEvent, outcome: Outcome): [what: string, text: string] {
  switch (event.type) {
    case 'coordination.claimed':
      return ['claimed', `${event.targets.map(targetText).join(', ')}${event.mode === 'shared' ? ' (shared)' : ''}${event.why === '' ? '' : `: ${event.why}`}${outcome.ok ? '' : ' (refused)'}`];
    case 'coordination.released':
      return [event.force === true ? 'broken' : 'released', outcome.ok ? (outcome.targets ?? []).map(targetText).join(', ') : '(refused)'];
    case 'coordination.ended':
      return ['ended', event.processes.map(({ pid }) => `process ${pid}`).join(', ')];
    case 'coordination.barrier':
      return ['barrier', `${event.name}: ${event.required.length === 0 ? `any ${event.count}` : event.required.join(', ')}`];
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
