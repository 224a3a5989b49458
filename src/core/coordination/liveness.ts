import { endOf, missingAt } from './barriers.ts';
import type { CoordinationContext } from './context.ts';
import type { CoordinationEvent } from './events.ts';
import { sameProcess, type AgentProcess } from './model.ts';
import type { State } from './state.ts';

/** The processes that something here depends on. */
function processesIn(state: State): AgentProcess[] {
  const waiting = [...state.barriers.values()].filter((barrier) => endOf(barrier, state.time.elapsed) === undefined);
  return [
    ...state.claims.map(({ agent }) => agent.process),
    ...state.waiters.flatMap(({ agent, process }) => [agent.process, process]),
    ...[...state.reported.values()].map(({ agent }) => agent.process),
    ...waiting.flatMap((barrier) => missingAt(barrier).map((session) => barrier.members.get(session))),
  ].filter((process) => process !== undefined);
}

/** The event that tells of those that are dead; none when all live. */
export async function deathsAmong(context: Pick<CoordinationContext, 'isAlive'>, processes: readonly (AgentProcess | undefined)[]): Promise<CoordinationEvent[]> {
  const different: AgentProcess[] = [];
  for (const process of processes) if (process !== undefined && !different.some((known) => sameProcess(known, process))) different.push(process);
  const alive = await Promise.all(different.map((process) => context.isAlive(process)));
  const dead = different.filter((_, index) => alive[index] === false);
  return dead.length === 0 ? [] : [{ type: 'coordination.ended', processes: dead }];
}

/** Brings the state up to date, the deaths of this machine's processes included. */
export async function refreshWithDeaths(context: CoordinationContext): Promise<void> {
  await context.ledger.refresh();
  const deaths = await deathsAmong(context, processesIn(context.ledger.state));
  if (deaths.length > 0) await context.ledger.append(context.actor, deaths);
}
