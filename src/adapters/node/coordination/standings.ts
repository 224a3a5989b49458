/** How the sessions of this machine stand in the repositories that they work in, for somebody who goes on looking. */
import { existsSync } from 'node:fs';
import { barrierJson, claimJson, reportJson, sameAgent, type Agent, type BarrierJson, type ClaimJson, type Ledger, type ReportJson } from '../../../core/coordination/index.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import type { Session } from '../../../core/sessions/index.ts';
import { repositoryScope } from '../locations.ts';
import { agentOfSession } from './agent-process.ts';
import { openLedger } from './ledger.ts';
import { realPathOf, repositoryAround } from './repository.ts';

export interface Standing {
  /** What the repository's data are kept under: its git folder, else the folder itself. */
  readonly repository: string;
  /** Top of the work tree; undefined without git. */
  readonly root: string | undefined;
  readonly claims: readonly ClaimJson[];
  /** Those that it waits at. */
  readonly barriers: readonly BarrierJson[];
  /** What it says of itself. */
  readonly said: Pick<ReportJson, 'status' | 'note' | 'blockers'> | undefined;
}

interface Open {
  readonly ledger: Ledger;
  watching: Disposable | undefined;
}

export class Standings implements Disposable {
  readonly #dataRoot: string;
  readonly #changed: () => void;
  readonly #open = new Map<string, Open>();
  #disposed = false;

  /** @param changed Called soon after something was written in a repository that was looked at. */
  constructor(dataRoot: string, changed: () => void) {
    this.#dataRoot = dataRoot;
    this.#changed = changed;
  }

  /** By the session's key; ended ones are left out. Of a repository whose journal cannot be read, nothing is said. */
  async of(sessions: readonly Session[]): Promise<ReadonlyMap<string, Standing>> {
    const refreshed = new Map<string, Promise<Ledger | undefined>>();
    const found = new Map<string, Standing>();
    for (const session of sessions) {
      const { key, facts, verdict } = session;
      if (facts.cwd === undefined || verdict.state === 'ended') continue;
      const folder = realPathOf(facts.cwd);
      const place = repositoryAround(folder);
      const repository = place?.key ?? folder;
      let ready = refreshed.get(repository);
      if (ready === undefined) refreshed.set(repository, (ready = this.#ledger(repository)));
      const ledger = await ready;
      if (ledger === undefined) continue;
      found.set(key, { repository, root: place?.root, ...standingOf(ledger, await agentOfSession(session)) });
    }
    for (const [repository, { watching }] of this.#open) {
      if (refreshed.has(repository)) continue;
      watching?.dispose();
      this.#open.delete(repository);
    }
    return found;
  }

  dispose(): void {
    this.#disposed = true;
    for (const { watching } of this.#open.values()) watching?.dispose();
    this.#open.clear();
  }

  async #ledger(repository: string): Promise<Ledger | undefined> {
    if (this.#disposed) return undefined;
    let open = this.#open.get(repository);
    const scope = repositoryScope(this.#dataRoot, repository);
    if (open === undefined) this.#open.set(repository, (open = { ledger: openLedger(scope), watching: undefined }));
    const { ledger } = open;
    // To watch a journal makes its folder, and who only looks leaves nothing behind.
    if (existsSync(scope)) open.watching ??= ledger.onDidAppend(this.#changed);
    return ledger.refresh().then(() => ledger, () => undefined);
  }
}

function standingOf(ledger: Ledger, agent: Agent): Pick<Standing, 'claims' | 'barriers' | 'said'> {
  const { state, elapsed } = ledger;
  const now = ledger.now();
  const waited = new Set(state.waiters.filter((waiter) => sameAgent(waiter.agent, agent)).map(({ barrier }) => barrier));
  const reported = [...state.reported.values()].find((each) => sameAgent(each.agent, agent));
  const said = reported && reportJson(ledger, reported.agent.session);
  return {
    claims: state.claims.filter((claim) => sameAgent(claim.agent, agent)).map((claim) => claimJson(claim, elapsed, now)).filter(({ remainingSeconds }) => remainingSeconds > 0),
    barriers: [...waited].flatMap((name) => state.barriers.get(name) ?? []).map((barrier) => barrierJson(ledger, barrier)).filter(({ state: stands }) => stands === 'waiting'),
    said: said && { status: said.status, note: said.note, blockers: said.blockers },
  };
}
