/** What the journal amounts to: who holds what, who waits for whom. Everybody folds the same events into the same state. */
import type { JournalEntry } from '../ports/journal.ts';
import { arrive, breakBarrier, breakBarriersOf, endOf, makeBarrier } from './barriers.ts';
import { claim, release } from './claims.ts';
import { coordinationEvent, type CoordinationEvent } from './events.ts';
import { sameAgent, sameProcess, type Agent, type AgentProcess, type Barrier, type Claim, type Refusal, type Reported, type Waiter } from './model.ts';
import { done, type Outcome } from './outcome.ts';
import { rememberRefusal, rememberConflicts } from './refusals.ts';
import { addBlocker, report, resolveBlocker } from './reports.ts';
import { advance, noTime, type JournalTime } from './time.ts';
import { startWaiting } from './waiting.ts';

export interface State {
  time: JournalTime;
  /** In the order in which they were made. Those that ran out stay until somebody takes what they held. */
  claims: Claim[];
  reported: Map<string, Reported>;
  barriers: Map<string, Barrier>;
  waiters: Waiter[];
  /** The latest, oldest first. */
  refusals: Refusal[];
  /** Idempotency keys of claims, by session and key. */
  keys: Map<string, { readonly asked: string; readonly fence: number; readonly made: number }>;
}

export function emptyState(): State {
  return { time: noTime, claims: [], reported: new Map(), barriers: new Map(), waiters: [], refusals: [], keys: new Map() };
}

/** What is over for so long is forgotten. */
const KEPT_MS = 86_400_000;

/**
 * Folds one event in. Takes nothing from outside, so every process comes to the same answer.
 * @returns What became of it; undefined for events of others.
 */
export function apply(state: State, { event, position }: JournalEntry): Outcome | undefined {
  const ours = coordinationEvent(event);
  if (ours === undefined) return undefined;
  state.time = advance(state.time, event.at);
  if (ours.type !== 'coordination.ended') seeAgent(state, ours.agent, event.at);
  const outcome = applyOne(state, ours, position, event.at);
  forget(state);
  return outcome;
}

function applyOne(state: State, event: CoordinationEvent, position: number, at: number): Outcome {
  switch (event.type) {
    case 'coordination.claimed': {
      const outcome = claim(state, event, position, at);
      rememberConflicts(state, event, outcome, at);
      return outcome;
    }
    case 'coordination.refused':
      rememberRefusal(state, event, at);
      return done;
    case 'coordination.released':
      return release(state, event);
    case 'coordination.renewed':
      return done;
    case 'coordination.ended':
      for (const process of event.processes) bury(state, process);
      return done;
    case 'coordination.barrier':
      return makeBarrier(state, event, at);
    case 'coordination.arrived':
      return arrive(state, event);
    case 'coordination.broken':
      return breakBarrier(state, event);
    case 'coordination.waiting':
      return startWaiting(state, event, at);
    case 'coordination.left':
      state.waiters = state.waiters.filter(({ id }) => id !== event.waiter);
      return done;
    case 'coordination.status':
      return report(state, event);
    case 'coordination.blocked':
      return addBlocker(state, event, at);
    case 'coordination.resolved':
      return resolveBlocker(state, event);
  }
}

/** Whatever a session does renews what it holds, and tells which process and which id it has now. */
function seeAgent(state: State, agent: Agent, at: number): void {
  const { elapsed } = state.time;
  const known = state.reported.get(agent.session);
  // Who acts without a process, such as a command, does not make the session's process unknown.
  const process = agent.process ?? known?.agent.process;
  const now: Agent = process === undefined ? agent : { ...agent, process };
  const before = known ?? [...state.reported.values()].find((other) => sameAgent(other.agent, now));
  if (known === undefined && before !== undefined) state.reported.delete(before.agent.session);
  const { status, note = '', blockers = [] } = before ?? {};
  state.reported.set(agent.session, { agent: now, ...(status && { status }), note, blockers, at, seen: elapsed });
  if (agent.process !== undefined) rememberMember(state, agent.session, agent.process);
  state.claims = state.claims.map((claim) => (sameAgent(claim.agent, now) ? { ...claim, agent: now, renewed: elapsed } : claim));
}

/** A barrier knows its members by their process too: an id may change before they arrive. */
function rememberMember(state: State, session: string, process: AgentProcess): void {
  for (const [name, barrier] of state.barriers) {
    if (!barrier.required.includes(session) || endOf(barrier, state.time.elapsed) !== undefined) continue;
    state.barriers.set(name, { ...barrier, members: new Map(barrier.members).set(session, process) });
  }
}

function bury(state: State, dead: AgentProcess): void {
  const isDead = (process: AgentProcess | undefined) => process !== undefined && sameProcess(process, dead);
  breakBarriersOf(state, dead);
  state.claims = state.claims.filter(({ agent }) => !isDead(agent.process));
  state.waiters = state.waiters.filter(({ agent, process }) => !isDead(agent.process) && !isDead(process));
  for (const [session, reported] of state.reported) {
    if (!isDead(reported.agent.process)) continue;
    const { process: _gone, ...agent } = reported.agent;
    state.reported.set(session, { ...reported, agent, blockers: [], ended: true });
  }
}

function forget(state: State): void {
  const limit = state.time.elapsed - KEPT_MS;
  if (limit < 0) return;
  state.claims = state.claims.filter(({ renewed, ttl }) => renewed + ttl > limit);
  for (const [name, { end, settled, deadline }] of state.barriers) if ((end === undefined ? deadline : settled) < limit) state.barriers.delete(name);
  for (const [key, { made }] of state.keys) if (made < limit) state.keys.delete(key);
  for (const [session, { seen }] of state.reported) if (seen < limit && !state.claims.some(({ agent }) => agent.session === session)) state.reported.delete(session);
  state.refusals = state.refusals.filter(({ seen }) => seen > limit);
  state.waiters = state.waiters.filter(({ barrier }) => state.barriers.has(barrier));
}
