/** What the sessions of this machine hold in the repositories that they work in. */
import { holdingsOf, type Ledger } from '../../../core/coordination/index.ts';
import type { Session } from '../../../core/sessions/index.ts';
import { agentOfSession } from './agent-process.ts';
import { openLedger } from './ledger.ts';
import { scopeAround } from './repository.ts';

/** What one session holds, and the barriers that it waits at. */
export interface Holdings {
  readonly claims: string[];
  readonly waitingOn: string[];
}

/** By the session's key. Of a repository whose journal cannot be read, nothing is said. */
export async function holdingsOfSessions(dataRoot: string, sessions: readonly Session[]): Promise<ReadonlyMap<string, Holdings>> {
  const ledgers = new Map<string, Promise<Ledger | undefined>>();
  const found = new Map<string, Holdings>();
  for (const session of sessions) {
    const { key, facts, verdict } = session;
    if (facts.cwd === undefined || verdict.state === 'ended') continue;
    const scope = scopeAround(dataRoot, facts.cwd);
    const ledger = await (ledgers.get(scope) ?? remember(ledgers, scope));
    if (ledger !== undefined) found.set(key, holdingsOf(ledger, await agentOfSession(session)));
  }
  return found;
}

function remember(ledgers: Map<string, Promise<Ledger | undefined>>, scope: string): Promise<Ledger | undefined> {
  const ledger = openLedger(scope);
  const ready = ledger.refresh().then(() => ledger, () => undefined);
  ledgers.set(scope, ready);
  return ready;
}
