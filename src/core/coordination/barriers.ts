import type { EventOf } from './events.ts';
import { sameAgent, sameProcess, type Agent, type AgentProcess, type Barrier, type BarrierEnd } from './model.ts';
import { done, refused, type Outcome } from './outcome.ts';
import type { State } from './state.ts';

const KEPT_GENERATIONS = 8;

/** How the barrier's generation ended; undefined while it is waited at. @param elapsed Now, in journal time. */
export function endOf(barrier: Barrier, elapsed: number): BarrierEnd | undefined {
  if (barrier.end !== undefined || elapsed < barrier.deadline) return barrier.end;
  return { state: 'broken', reason: 'its time is up', missing: missingAt(barrier) };
}

/** How that generation ended, whatever came after it; `forgotten` when it is too long ago. */
export function endOfGeneration(barrier: Barrier, generation: number, elapsed: number): BarrierEnd | undefined | 'forgotten' {
  if (generation === barrier.generation) return endOf(barrier, elapsed);
  return barrier.before.find((each) => each.generation === generation)?.end ?? 'forgotten';
}

/** The required sessions that have not arrived. */
export function missingAt({ required, arrived }: Barrier): readonly string[] {
  return required.filter((session) => !arrived.includes(session));
}

/** The name that the barrier requires this agent under: its id, or one that the same process had before. */
export function memberName(state: State, barrier: Barrier, agent: Agent): string | undefined {
  if (barrier.required.includes(agent.session)) return agent.session;
  return barrier.required.find((name) => {
    const process = state.reported.get(name)?.agent.process ?? barrier.members.get(name);
    return sameAgent({ session: name, ...(process && { process }) }, agent);
  });
}

export function makeBarrier(state: State, event: EventOf<'coordination.barrier'>, at: number): Outcome {
  const { name, required, count } = event;
  const { elapsed } = state.time;
  const old = state.barriers.get(name);
  const end = old && endOf(old, elapsed);
  if (old !== undefined && end === undefined) {
    const same = old.count === count && JSON.stringify([...old.required].sort()) === JSON.stringify([...required].sort());
    return same ? done : refused('conflict', `there is a barrier ${JSON.stringify(name)} already, which waits for others (${missingText(old)}). Choose another name, or wait until it opens or breaks.`);
  }
  const ended = required.find((session) => state.reported.get(session)?.ended === true);
  if (ended !== undefined) return refused('refused', `${ended} has ended, so it would never arrive at barrier ${JSON.stringify(name)}. Require sessions that are there.`);
  state.barriers.set(name, {
    name, required, count,
    generation: (old?.generation ?? 0) + 1,
    arrived: [],
    members: new Map([...event.members, ...required.flatMap((session) => knownProcess(state, session))]),
    createdBy: event.agent.session,
    at,
    deadline: elapsed + event.deadline,
    settled: 0,
    before: old === undefined || end === undefined ? [] : [...old.before, { generation: old.generation, end }].slice(-KEPT_GENERATIONS),
  });
  return done;
}

export function arrive(state: State, { agent, name }: EventOf<'coordination.arrived'>): Outcome {
  const barrier = state.barriers.get(name);
  if (barrier === undefined) return unknownBarrier(name);
  const end = endOf(barrier, state.time.elapsed);
  const member = barrier.required.length === 0 ? agent.session : memberName(state, barrier, agent);
  if (member === undefined) return refused('refused', `barrier ${JSON.stringify(name)} does not require ${agent.session}, but ${barrier.required.join(', ')}.`);
  if (barrier.arrived.includes(member)) return done;
  if (end !== undefined) return refused('conflict', end.state === 'open' ? `barrier ${JSON.stringify(name)} is open already.` : `barrier ${JSON.stringify(name)} is broken: ${end.reason}. Add it again to start anew.`);
  const arrived = [...barrier.arrived, member];
  const complete = arrived.length >= barrier.count;
  state.barriers.set(name, { ...barrier, arrived, ...(complete && { end: { state: 'open' }, settled: state.time.elapsed }) });
  return done;
}

/** The user ends the wait; who waits is told why. */
export function breakBarrier(state: State, { agent, name, generation }: EventOf<'coordination.broken'>): Outcome {
  const barrier = state.barriers.get(name);
  if (barrier === undefined) return unknownBarrier(name);
  if (barrier.generation !== generation || endOf(barrier, state.time.elapsed) !== undefined) return refused('conflict', `barrier ${JSON.stringify(name)} is over already.`);
  state.barriers.set(name, { ...barrier, end: { state: 'broken', reason: `${agent.session === 'user' ? 'the user' : agent.session} broke it`, missing: missingAt(barrier) }, settled: state.time.elapsed });
  return done;
}

/** A required session that died before it arrived will not come. What one that arrived has done stays done. */
export function breakBarriersOf(state: State, dead: AgentProcess): void {
  for (const [name, barrier] of state.barriers) {
    if (endOf(barrier, state.time.elapsed) !== undefined) continue;
    const gone = missingAt(barrier).find((session) => {
      const process = state.reported.get(session)?.agent.process ?? barrier.members.get(session);
      return process !== undefined && sameProcess(process, dead);
    });
    if (gone === undefined) continue;
    state.barriers.set(name, { ...barrier, end: { state: 'broken', reason: `${gone} has died`, missing: missingAt(barrier) }, settled: state.time.elapsed });
  }
}

export function unknownBarrier(name: string): Outcome {
  return refused('not-found', `there is no barrier ${JSON.stringify(name)}. Add it first.`);
}

export function missingText(barrier: Barrier): string {
  const missing = missingAt(barrier);
  return barrier.required.length === 0 ? `${barrier.count - barrier.arrived.length} more` : missing.join(', ');
}

function knownProcess(state: State, session: string): [string, AgentProcess][] {
  const process = state.reported.get(session)?.agent.process;
  return process === undefined ? [] : [[session, process]];
}
