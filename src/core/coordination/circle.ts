import { missingAt, endOf, memberName } from './barriers.ts';
import { sameAgent, type Agent } from './model.ts';
import type { State } from './state.ts';

/**
 * Who would wait for whom in a circle, if `agent` waited for these sessions: the way from `agent` back
 * to it, or undefined when there is none. A session waits for those that are missing at the barriers
 * where it waits, and for those that its blockers name.
 */
export function circleThrough(state: State, agent: Agent, awaited: readonly string[]): readonly string[] | undefined {
  const seen = new Set<string>();
  const search = (session: string, way: readonly string[]): readonly string[] | undefined => {
    const other = state.reported.get(session)?.agent ?? { session };
    if (sameAgent(other, agent)) return way;
    if (seen.has(session)) return undefined;
    seen.add(session);
    for (const next of awaitedBy(state, other)) {
      const found = search(next, [...way, session]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const session of awaited) {
    const found = search(session, [agent.session]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The sessions that this one waits for now. */
export function awaitedBy(state: State, agent: Agent): readonly string[] {
  const atBarriers = state.waiters
    .filter((waiter) => sameAgent(waiter.agent, agent))
    .flatMap(({ barrier: name, generation }) => {
      const barrier = state.barriers.get(name);
      if (barrier?.generation !== generation || endOf(barrier, state.time.elapsed) !== undefined) return [];
      const own = memberName(state, barrier, agent);
      return missingAt(barrier).filter((session) => session !== own);
    });
  const blockers = state.reported.get(agent.session)?.blockers ?? [];
  return [...new Set([...atBarriers, ...blockers.flatMap(({ on }) => (on === undefined ? [] : [on]))])];
}
