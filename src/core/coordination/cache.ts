/** The folded state as text, so that a hook which lives for milliseconds need not read the whole journal. Only a cache. */
import type { Journal } from '../ports/journal.ts';
import type { AgentProcess, Barrier, Reported } from './model.ts';
import { apply, emptyState, type State } from './state.ts';

/** Where the text is kept. Losing it costs only time. */
export interface StateCache {
  /** undefined when there is none. Never throws. */
  load(): string | undefined;
  /** Replaces it as a whole. Never throws. */
  save(text: string): void;
}

/** A state is saved when so much of the journal was folded since: some 25 events, which a hook folds in a millisecond when there are many claims. */
export const WORTH_SAVING_BYTES = 8 * 1024;

/** Raise it when `apply` changes: what an older version folded is then folded again. */
const VERSION = 3;

export interface Folded {
  readonly state: State;
  /** Up to where in the journal. */
  readonly position: number;
  /** Of the last event before that which a feed tells of. */
  readonly cursor?: number;
}

export async function saveState(cache: StateCache, journal: Journal, { state, ...where }: Folded): Promise<void> {
  await saveText(cache, journal, { ...where, state: stateText(state) });
}

/** As `saveState`, of what `stateText` has given. */
export async function saveText(cache: StateCache, journal: Journal, { state, position, cursor }: Omit<Folded, 'state'> & { readonly state: string }): Promise<void> {
  const fingerprint = await journal.fingerprint(position);
  if (fingerprint !== undefined) cache.save(`{"version":${VERSION},"position":${position},${cursor === undefined ? '' : `"cursor":${cursor},`}"fingerprint":"${fingerprint}","state":${state}}`);
}

/** All of a state as text: two states are the same when their texts are. */
export function stateText({ time, claims, waiters, refusals, ...state }: State): string {
  const barriers = [...state.barriers].map(([name, barrier]) => [name, { ...barrier, members: [...barrier.members] }]);
  return JSON.stringify({ time, claims, waiters, refusals, reported: [...state.reported], barriers, keys: [...state.keys] });
}

/** What was saved, if it is of this journal and this version. */
export async function loadState(cache: StateCache, journal: Journal): Promise<Folded | undefined> {
  const text = cache.load();
  if (text === undefined) return undefined;
  try {
    const saved = JSON.parse(text) as { version: number; position: number; cursor?: number; fingerprint: string; state: Plain };
    if (saved.version !== VERSION || (await journal.fingerprint(saved.position)) !== saved.fingerprint) return undefined;
    return {
      position: saved.position,
      ...(typeof saved.cursor === 'number' && { cursor: saved.cursor }),
      state: stateOf(saved.state),
    };
  } catch {
    return undefined;
  }
}

function stateOf({ time, claims, waiters, refusals, reported, barriers, keys }: Plain): State {
  const withMembers = barriers.map(([name, barrier]): [string, Barrier] => [name, { ...barrier, members: new Map(barrier.members) }]);
  return { time, claims, waiters, refusals, reported: new Map(reported), keys: new Map(keys), barriers: new Map(withMembers) };
}

/** Whether a saved state is what its part of the journal folds to: `none` when there is none of this journal and version. */
export async function checkCache(cache: StateCache, journal: Journal): Promise<'right' | 'wrong' | 'none'> {
  const saved = await loadState(cache, journal);
  if (saved === undefined) return 'none';
  const state = emptyState();
  for (let from = 0, more = true; more && from < saved.position; ) {
    const read = await journal.read(from);
    for (const entry of read.entries) if (entry.position < saved.position) apply(state, entry);
    from = read.end;
    more = read.more;
  }
  return stateText(state) === stateText(saved.state) ? 'right' : 'wrong';
}

type Key = State['keys'] extends Map<string, infer K> ? K : never;

/** A state as JSON has it: maps are lists of their entries. */
interface Plain extends Pick<State, 'time' | 'claims' | 'waiters' | 'refusals'> {
  readonly reported: readonly [string, Reported][];
  readonly barriers: readonly [string, Omit<Barrier, 'members'> & { readonly members: readonly [string, AgentProcess][] }][];
  readonly keys: readonly [string, Key][];
}
