/** What the demo's sessions hold, wait for and say of themselves. It ends with them, as it does for real ones. */
import path from 'node:path';
import { openCoordination } from '../../../src/adapters/node/coordination/open.ts';
import { waitAt } from '../../../src/adapters/node/coordination/wait.ts';
import { repositoryScope } from '../../../src/adapters/node/locations.ts';
import { addBarrier, addBlocker, arriveAt, claimPaths, setStatus, type Agent } from '../../../src/core/coordination/index.ts';

/** In seconds. */
const HOUR = 3600;

export interface DemoCoordination {
  /** Ends the waiting. */
  stop(): void;
}

/** @param folder The repository of the sessions. @param agents By the names of their sessions. */
export async function coordinate(folder: string, env: Readonly<Record<'WHEELHOUSE_DATA' | 'CLAUDE_CONFIG_DIR', string>>, agents: ReadonlyMap<string, Agent>): Promise<DemoCoordination> {
  const contextOf = (name: string) => {
    const agent = agents.get(name);
    if (agent === undefined) throw new Error(`The demo has no session ${name}.`);
    return openCoordination({ env, scope: repositoryScope(env.WHEELHOUSE_DATA, path.join(folder, '.git')), folder, worktrees: [folder], agent, actor: `session:${agent.session}`, isUser: false });
  };
  const [rounding, taxes, exporting] = [contextOf('invoice-rounding'), contextOf('tax-tables'), contextOf('billable-export')];
  await claimPaths(rounding, { paths: ['src/invoice.js', 'test/invoice.test.js'], why: 'cents are rounded once, in the total', ttlSeconds: HOUR });
  await claimPaths(taxes, { paths: ['src/report.js'], why: 'tax tables move into data files', ttlSeconds: HOUR });
  await claimPaths(exporting, { paths: ['src/invoice.js'], why: 'a column for the tax', ttlSeconds: HOUR }).catch(() => undefined);
  await setStatus(taxes, 'in_progress', 'two of five tables moved');
  await setStatus(exporting, 'blocked', 'needs the new totals');
  await addBlocker(exporting, 'the new totals', rounding.agent.session);
  await addBarrier(taxes, { name: 'totals-ready', required: [rounding.agent.session, taxes.agent.session], deadlineSeconds: 4 * HOUR }).catch(() => undefined);
  await arriveAt(taxes, 'totals-ready');
  const ending = new AbortController();
  waitAt(taxes, 'totals-ready', { signal: ending.signal }).catch((error: unknown) => {
    console.error(`The demo's barrier: ${error instanceof Error ? error.message : String(error)}`);
  });
  return { stop: () => ending.abort() };
}
