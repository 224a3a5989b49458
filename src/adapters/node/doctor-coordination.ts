import { join } from 'node:path';
import { checkCache, deathsAmong, endOfGeneration } from '../../core/coordination/index.ts';
import { systemClock, systemRandom } from './clock.ts';
import { foldCache } from './coordination/fold-cache.ts';
import { hookHealth } from './coordination/hook-health.ts';
import { openLedger } from './coordination/ledger.ts';
import type { DoctorFinding } from './doctor.ts';
import { nodeFiles } from './files.ts';
import { openJournal } from './journal-file.ts';
import { isAlive } from './process-identity.ts';
import { readSharedSettings } from './shared-settings.ts';
import type { Workspace } from './workspace.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What doctor says of claims, barriers and the hook before an edit. Mends nothing. */
export async function coordinationFindings(workspace: Workspace, env: Environment): Promise<readonly DoctorFinding[]> {
  return [...(await standing(workspace)), await cache(workspace), await enforcement(workspace, env)];
}

/** What stands in the journal, and what the dead have left there. @throws WheelhouseError `unreadable`. */
async function standing({ scopes }: Workspace): Promise<DoctorFinding[]> {
  const check = 'coordination';
  const ledger = openLedger(scopes.repository);
  await ledger.refresh();
  const { state, elapsed } = ledger;
  const damaged = await damagedLines(scopes.repository);
  const deadOf = async (processes: Parameters<typeof deathsAmong>[1]) => (await deathsAmong({ isAlive }, processes)).flatMap((event) => (event.type === 'coordination.ended' ? event.processes : []));
  const dead = await deadOf([...state.claims.map(({ agent }) => agent.process), ...state.waiters.map(({ process }) => process)]);
  const isDead = (process: { readonly pid: number; readonly start: string } | undefined) => dead.some(({ pid, start }) => pid === process?.pid && start === process.start);
  const claims = state.claims.filter(({ agent }) => isDead(agent.process)).length;
  const stale = state.waiters.filter(({ barrier, generation, process }) => {
    const found = state.barriers.get(barrier);
    return isDead(process) || found === undefined || endOfGeneration(found, generation, elapsed) !== undefined;
  }).length;
  const findings: DoctorFinding[] = [{ level: 'ok', check, message: `${counted(state.claims.length, 'claim')}, ${counted(state.barriers.size, 'barrier')}, ${state.waiters.length} waiting` }];
  if (damaged > 0) findings.push({ level: 'warn', check, message: `${counted(damaged, 'damaged line')} of the journal passed over`, fix: 'Nothing is to be done: what they said is lost, the rest counts.' });
  if (claims + stale > 0) findings.push({ level: 'warn', check, message: `of processes that have died: ${counted(claims, 'claim')}; that wait for nothing: ${counted(stale, 'waiter')}`, fix: 'They stand in nobody\'s way. "wheelhouse coord status" clears them away.' });
  return findings;
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

async function damagedLines(scope: string): Promise<number> {
  const journal = openJournal(join(scope, 'journal.jsonl'), { clock: systemClock, random: systemRandom });
  let damaged = 0;
  for (let from = 0, more = true; more; ) {
    const read = await journal.read(from);
    damaged += read.damaged.length;
    from = read.end;
    more = read.more;
  }
  return damaged;
}

/** A hook believes the folded state, so it must be what the journal says. */
async function cache({ scopes }: Workspace): Promise<DoctorFinding> {
  const check = 'coordination cache';
  const journal = openJournal(join(scopes.repository, 'journal.jsonl'), { clock: systemClock, random: systemRandom });
  const found = await checkCache(foldCache(scopes.repository), journal);
  if (found === 'wrong') return { level: 'fail', check, message: 'the folded state beside the journal is not what the journal says', fix: `Delete ${join(scopes.repository, 'coordination.json')}: it is made anew.` };
  return { level: 'ok', check, message: found === 'right' ? 'as the journal says' : 'none yet; hooks read the whole journal, which is short' };
}

async function enforcement({ review, dataRoot, scopes }: Workspace, env: Environment): Promise<DoctorFinding> {
  const check = 'claims before edits';
  const health = await hookHealth({ workspace: review.workspace, dataRoot, env }, systemClock.now());
  const claimsItself = (await readSharedSettings(nodeFiles, scopes.repository)).autoClaim === true;
  if (health === undefined) return { level: claimsItself ? 'warn' : 'ok', check, message: 'no hooks are installed: claims are told, and a commit names them, but no edit is stopped', fix: 'Run "wheelhouse install claude".' };
  if (health.problem !== undefined) return { level: 'warn', check, message: `the hooks in ${health.file} do not do their work: ${health.problem}`, fix: `Run "wheelhouse install claude${health.scope === 'user' ? ' --scope user' : ''}".` };
  return { level: 'ok', check, message: `edits of what another session has claimed are stopped; the first edit of a file ${claimsItself ? 'claims it' : 'does not claim it by itself'}` };
}
