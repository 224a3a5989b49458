/** The verbs on barriers, statuses and blockers; waiting itself needs a clock and stands with the adapters. */
import { WheelhouseError } from '../base/errors.ts';
import { plainLine } from '../base/plain.ts';
import { succeeded, shortText } from './claiming.ts';
import type { CoordinationContext } from './context.ts';
import { refreshWithDeaths } from './liveness.ts';
import { limits, type AgentProcess, type Barrier, type SessionStatus } from './model.ts';

export interface BarrierRequest {
  readonly name: string;
  /** The sessions that have to arrive. */
  readonly required?: readonly string[];
  /** Instead: how many have to, whichever. */
  readonly count?: number;
  /** Seconds after which it breaks; default an hour. */
  readonly deadlineSeconds?: number;
}

/**
 * Makes a barrier. A name whose barrier has opened or broken begins its next generation; one that
 * is waited at is kept when it is the same, and else refused.
 * @throws WheelhouseError `invalid-input`, `conflict`, `refused` when a required session has ended.
 */
export async function addBarrier(context: CoordinationContext, { name, required = [], count, deadlineSeconds = limits.defaultDeadlineSeconds }: BarrierRequest): Promise<Barrier> {
  checkName('a barrier', name);
  const members = [...new Set(required.map((session) => session.trim()))];
  for (const session of members) checkName('a required session', session);
  if (members.length > limits.members) throw new WheelhouseError('invalid-input', `a barrier requires at most ${limits.members} sessions, not ${members.length}.`);
  if (members.length === 0 && count === undefined) throw new WheelhouseError('invalid-input', 'say which sessions have to arrive, or how many.');
  if (members.length > 0 && count !== undefined && count !== members.length) throw new WheelhouseError('invalid-input', 'a barrier takes the sessions that have to arrive, or their number, not both.');
  if (count !== undefined && (!Number.isInteger(count) || count < 1 || count > limits.members)) throw new WheelhouseError('invalid-input', `the number of sessions is from 1 to ${limits.members}.`);
  if (!Number.isFinite(deadlineSeconds) || deadlineSeconds < 1 || deadlineSeconds > limits.maxDeadlineSeconds) throw new WheelhouseError('invalid-input', `the deadline is a number of seconds from 1 to ${limits.maxDeadlineSeconds}, not ${deadlineSeconds}.`);

  const { ledger, agent, actor } = context;
  await refreshWithDeaths(context);
  const processes: [string, AgentProcess][] = [];
  for (const session of members) {
    if (ledger.state.reported.has(session)) continue;
    const process = await context.processOf(session);
    if (process !== undefined) processes.push([session, process]);
  }
  const [outcome] = await ledger.append(actor, [{ type: 'coordination.barrier', agent, name, required: members, count: count ?? members.length, deadline: deadlineSeconds * 1000, members: processes }]);
  succeeded(outcome, undefined);
  return theBarrier(context, name);
}

/** Says that this session has come. Twice is once. @throws WheelhouseError `not-found`, `refused` for who is not required, `conflict` when it is over. */
export async function arriveAt(context: CoordinationContext, name: string): Promise<Barrier> {
  checkName('a barrier', name);
  await refreshWithDeaths(context);
  const [outcome] = await context.ledger.append(context.actor, [{ type: 'coordination.arrived', agent: context.agent, name }]);
  succeeded(outcome, undefined);
  return theBarrier(context, name);
}

/** Ends the wait at a barrier as it is now; for people only. @throws WheelhouseError `refused`, `not-found`, `conflict` when it is over already. */
export async function breakBarrierAt(context: CoordinationContext, name: string): Promise<Barrier> {
  checkName('a barrier', name);
  const { ledger, agent, actor, isUser } = context;
  if (!isUser) throw new WheelhouseError('refused', 'only the user can break a barrier. Ask the user, or wait until its deadline.');
  await ledger.refresh();
  const [outcome] = await ledger.append(actor, [{ type: 'coordination.broken', agent, name, generation: theBarrier(context, name).generation }]);
  succeeded(outcome, undefined);
  return theBarrier(context, name);
}

export function theBarrier({ ledger }: Pick<CoordinationContext, 'ledger'>, name: string): Barrier {
  const barrier = ledger.state.barriers.get(name);
  if (barrier === undefined) throw new WheelhouseError('not-found', `there is no barrier ${JSON.stringify(name)}. Add it first.`);
  return barrier;
}

export async function setStatus({ ledger, agent, actor }: CoordinationContext, status: SessionStatus, note = ''): Promise<void> {
  const [outcome] = await ledger.append(actor, [{ type: 'coordination.status', agent, status, note: shortText('note', note) }]);
  succeeded(outcome, undefined);
}

/** @returns The blocker's id; that of the one that is there when the session says the same again. @throws WheelhouseError `refused` when sessions would wait for each other in a circle. */
export async function addBlocker(context: CoordinationContext, text: string, on?: string): Promise<string> {
  const { ledger, agent, actor, random } = context;
  const line = shortText('blocker', text);
  if (line === '') throw new WheelhouseError('invalid-input', 'say in a few words what blocks you.');
  if (on !== undefined) checkName('a session', on);
  await refreshWithDeaths(context);
  const known = ledger.state.reported.get(agent.session)?.blockers.find((each) => each.text === line && each.on === on);
  if (known !== undefined) return known.id;
  const blocker = random.base32(8);
  const [outcome] = await ledger.append(actor, [{ type: 'coordination.blocked', agent, blocker, text: line, ...(on !== undefined && { on }) }]);
  succeeded(outcome, undefined);
  return blocker;
}

/** @throws WheelhouseError `not-found`, `refused` for another session's. */
export async function resolveBlocker({ ledger, agent, actor, isUser }: CoordinationContext, blocker: string): Promise<void> {
  const [outcome] = await ledger.append(actor, [{ type: 'coordination.resolved', agent, blocker, ...(isUser && { force: true as const }) }]);
  succeeded(outcome, undefined);
}

/** @throws WheelhouseError `invalid-input`. */
export function checkName(what: string, name: string): void {
  if (name.trim() === '' || name.length > limits.name || name !== plainLine(name)) throw new WheelhouseError('invalid-input', `the name of ${what} has 1 to ${limits.name} characters on one line, without control characters, not ${plainLine(JSON.stringify(name.slice(0, 40)))}.`);
}
