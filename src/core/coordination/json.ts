/** How things stand, as other programs and the faces see it. Fields may be added, never renamed. */
import { endOf, missingAt } from './barriers.ts';
import { awaitedBy } from './circle.ts';
import { remainingOf } from './claims.ts';
import type { Ledger } from './ledger.ts';
import { sameAgent, sameProcess, type Agent, type Barrier, type Claim, type SessionStatus } from './model.ts';
import { targetText } from './targets.ts';

export interface ClaimJson {
  /** Relative to the work tree's top; a folder ends in '/'. */
  paths: string[];
  mode: string;
  session: string;
  pid: number | null;
  why: string;
  worktree: string;
  /** Rises with each claim; what writes under a claim can refuse a lower one. */
  fence: number;
  since: string;
  expiresAt: string;
  remainingSeconds: number;
}

export interface BarrierJson {
  name: string;
  generation: number;
  state: 'waiting' | 'open' | 'broken';
  /** Why it broke; empty otherwise. */
  reason: string;
  required: string[];
  count: number;
  arrived: string[];
  missing: string[];
  deadline: string;
  waiters: { session: string; pid: number; since: string }[];
}

export interface ReportJson {
  session: string;
  pid: number | null;
  status: SessionStatus | null;
  note: string;
  blockers: { id: string; text: string; on: string | null; since: string }[];
  claims: string[];
  /** The names of the barriers that it waits at. */
  waitingOn: string[];
  /** The sessions that it waits for. */
  waitingFor: string[];
  ended: boolean;
  lastSeen: string;
}

/** Somebody wanted what another held. */
export interface ConflictJson {
  session: string;
  holder: string;
  path: string;
  /** How many more paths it wanted that others held. */
  more: number;
  /** The holder's claim that stood against it. */
  held: string;
  how: 'edit' | 'claim';
  at: string;
}

export interface CoordinationJson {
  claims: ClaimJson[];
  barriers: BarrierJson[];
  sessions: ReportJson[];
  /** The latest, newest first. */
  conflicts: ConflictJson[];
}

export function claimJson(claim: Claim, elapsed: number, now: number): ClaimJson {
  const remaining = Math.max(0, remainingOf(claim, elapsed));
  return {
    paths: claim.targets.map(targetText),
    mode: claim.mode,
    session: claim.agent.session,
    pid: claim.agent.process?.pid ?? null,
    why: claim.why,
    worktree: claim.worktree,
    fence: claim.fence,
    since: iso(claim.at),
    expiresAt: iso(now + remaining),
    remainingSeconds: Math.ceil(remaining / 1000),
  };
}

export function barrierJson(ledger: Ledger, barrier: Barrier): BarrierJson {
  const end = endOf(barrier, ledger.elapsed);
  return {
    name: barrier.name,
    generation: barrier.generation,
    state: end?.state ?? 'waiting',
    reason: end?.state === 'broken' ? end.reason : '',
    required: [...barrier.required],
    count: barrier.count,
    arrived: [...barrier.arrived],
    missing: [...missingAt(barrier)],
    deadline: iso(ledger.now() + barrier.deadline - ledger.elapsed),
    waiters: ledger.state.waiters.filter((waiter) => waiter.barrier === barrier.name && waiter.generation === barrier.generation).map(({ agent, process, at }) => ({ session: agent.session, pid: process.pid, since: iso(at) })),
  };
}

export function reportJson(ledger: Ledger, session: string): ReportJson | undefined {
  const { state } = ledger;
  const found = state.reported.get(session);
  if (found === undefined) return undefined;
  return {
    session,
    pid: found.agent.process?.pid ?? null,
    status: found.status ?? null,
    note: found.note,
    blockers: found.blockers.map(({ id, text, on, at }) => ({ id, text, on: on ?? null, since: iso(at) })),
    ...holdingsOf(ledger, found.agent),
    waitingFor: [...awaitedBy(state, found.agent)],
    ended: found.ended === true,
    lastSeen: iso(found.at),
  };
}

/** What a session holds and where it waits; found by its id, or by its process when that is known. */
export function holdingsOf({ state, elapsed }: Ledger, agent: Agent): { claims: string[]; waitingOn: string[] } {
  const isIt = (other: Agent) => sameAgent(other, agent) || (agent.process !== undefined && other.process !== undefined && sameProcess(agent.process, other.process));
  return {
    claims: state.claims.filter((claim) => isIt(claim.agent) && remainingOf(claim, elapsed) > 0).flatMap((claim) => claim.targets.map(targetText)),
    waitingOn: [...new Set(state.waiters.filter((waiter) => isIt(waiter.agent)).map(({ barrier }) => barrier))],
  };
}

/** Everything, in the order in which it came. */
export function coordinationJson(ledger: Ledger): CoordinationJson {
  const { state, elapsed } = ledger;
  const now = ledger.now();
  return {
    claims: state.claims.filter((claim) => remainingOf(claim, elapsed) > 0).map((claim) => claimJson(claim, elapsed, now)),
    barriers: [...state.barriers.values()].map((barrier) => barrierJson(ledger, barrier)),
    sessions: [...state.reported.keys()].sort().flatMap((session) => reportJson(ledger, session) ?? []),
    conflicts: state.refusals.map(({ session, holder, target, more, held, how, at }) => ({ session, holder, path: targetText(target), more, held: targetText(held), how, at: iso(at) })).reverse(),
  };
}

/** Times come from files: one that no calendar has becomes the epoch. */
export function iso(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
