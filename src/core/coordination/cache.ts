/** The folded state as text, so that a hook which lives for milliseconds need not read the whole journal. Only a cache. */
import type { Journal } from '../ports/journal.ts';
import { emptyState, type State } from './state.ts';

/** Where the text is kept. Losing it costs only time. */
export interface StateCache {
  /** undefined when there is none. Never throws. */
  load(): string | undefined;
  /** Replaces it as a whole. Never throws. */
  save(text: string): void;
}

/** Raise it when `apply` changes: what an older version folded is then folded again. */
const VERSION = 1;

export interface Folded {
  readonly state: State;
  /** Up to where in the journal. */
  readonly position: number;
}

export async function saveState(cache: StateCache, journal: Journal, { state, position }: Folded): Promise<void> {
  const fingerprint = await journal.fingerprint(position);
  if (fingerprint === undefined) return;
  const { time, claims, waiters } = state;
  const barriers = [...state.barriers].map(([name, barrier]) => [name, { ...barrier, members: [...barrier.members] }]);
  cache.save(JSON.stringify({ version: VERSION, position, fingerprint, state: { time, claims, waiters, reported: [...state.reported], barriers, keys: [...state.keys] } }));
}

/** What was saved, if it is of this journal and this version. */
export async function loadState(cache: StateCache, journal: Journal): Promise<Folded | undefined> {
  const text = cache.load();
  if (text === undefined) return undefined;
  try {
    const saved = JSON.parse(text) as { version: number; position: number; fingerprint: string; state: Plain };
    if (saved.version !== VERSION || (await journal.fingerprint(saved.position)) !== saved.fingerprint) return undefined;
    const { time, claims, waiters, reported, barriers, keys } = saved.state;
    return {
      position: saved.position,
      state: { ...emptyState(), time, claims, waiters, reported: new Map(reported), keys: new Map(keys), barriers: new Map(barriers.map(([name, barrier]) => [name, { ...barrier, members: new Map(barrier.members) }])) },
    };
  } catch {
    return undefined;
  }
}

type EntriesOf<M> = M extends Map<infer K, infer V> ? [K, V][] : never;
type BarrierOf<M> = M extends Map<infer K, infer V> ? [K, Omit<V, 'members'> & { members: EntriesOf<Map<string, { machine: string; pid: number; start: string }>> }][] : never;

interface Plain {
  readonly time: State['time'];
  readonly claims: State['claims'];
  readonly waiters: State['waiters'];
  readonly reported: EntriesOf<State['reported']>;
  readonly barriers: BarrierOf<State['barriers']>;
  readonly keys: EntriesOf<State['keys']>;
}
