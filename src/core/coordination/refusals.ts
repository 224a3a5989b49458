/** What sessions wanted of each other: remembered, a little of it, so that a person sees where they meet. */
import type { CoordinationEvent, EventOf } from './events.ts';
import { limits, type Agent, type Refusal, type RefusedHow } from './model.ts';
import type { Conflict, Outcome } from './outcome.ts';
import type { State } from './state.ts';
import { sameTarget } from './targets.ts';

/** An agent that tries again and again is one conflict, and the journal is not to grow by it. */
const SAME_MS = 60_000;
const MOST_IN_THAT_TIME = 5;

/** What is to be written of a refusal; nothing when the like was written a moment ago. */
export function refusalToRecord({ state, elapsed }: { readonly state: State; readonly elapsed: number }, agent: Agent, conflicts: readonly Conflict[], how: RefusedHow): CoordinationEvent[] {
  const [first] = conflicts;
  if (first === undefined) return [];
  const recent = state.refusals.filter(({ session, seen }) => session === agent.session && elapsed - seen < SAME_MS);
  const known = recent.some(({ holder, target }) => holder === first.claim.agent.session && sameTarget(target, first.target));
  if (known || recent.length >= MOST_IN_THAT_TIME) return [];
  return [{ type: 'coordination.refused', agent, target: first.target, more: conflicts.length - 1, holder: first.claim.agent.session, held: first.held, how }];
}

export function rememberRefusal(state: State, { agent, target, more, holder, held, how }: EventOf<'coordination.refused'>, at: number): void {
  remember(state, { session: agent.session, holder, target, more, held, how, at, seen: state.time.elapsed });
}

/** A claim that another was quicker than. */
export function rememberConflicts(state: State, { agent }: EventOf<'coordination.claimed'>, outcome: Outcome, at: number): void {
  if (outcome.ok || !('conflicts' in outcome)) return;
  const [first] = outcome.conflicts;
  if (first === undefined) return;
  remember(state, { session: agent.session, holder: first.claim.agent.session, target: first.target, more: outcome.conflicts.length - 1, held: first.held, how: 'claim', at, seen: state.time.elapsed });
}

function remember(state: State, refusal: Refusal): void {
  state.refusals = [...state.refusals, refusal].slice(-limits.refusals);
}
