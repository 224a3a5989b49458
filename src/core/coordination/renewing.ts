import { remainingOf } from './claims.ts';
import type { Ledger } from './ledger.ts';
import { sameAgent, type Agent } from './model.ts';

/** A lease is renewed when a third of it is gone: so the journal has few lines of it, and it never runs out under work. */
export async function renewIfDue(ledger: Ledger, agent: Agent, actor: string): Promise<void> {
  const { elapsed } = ledger;
  const isDue = ledger.state.claims.some((claim) => sameAgent(claim.agent, agent) && remainingOf(claim, elapsed) < (claim.ttl * 2) / 3);
  if (isDue) await ledger.append(actor, [{ type: 'coordination.renewed', agent }]);
}
