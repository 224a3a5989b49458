/**
 * What the hook before an edit asks: does another session hold this file? It has a few milliseconds, so
 * what is seldom needed (which process is whose, and whether it lives) is loaded only then.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { conflictsWith, deathsAmong, editRefusal, refusalToRecord, renewIfDue, sameProcess, type Agent, type Claim, type Conflict, type Ledger, type Target } from '../../../core/coordination/index.ts';
import { repositoryScope, type Environment } from '../locations.ts';
import { isEdit } from './edit-tools.ts';
import { openLedger } from './ledger.ts';
import { realPathOf, repositoriesAround, scopeAround, type RepositoryPlace } from './repository.ts';

const AUTO_CLAIM_SECONDS = 900;

export interface HookPlace {
  readonly env: Environment;
  readonly dataRoot: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * @param event What the agent gave its hook. @returns Why the edit is not to be, or undefined.
 * @throws whatever goes wrong; the caller then lets the edit be.
 */
export async function refusalOfEdit({ env, dataRoot }: HookPlace, event: Fields): Promise<string | undefined> {
  const edit = editOf(event);
  if (edit === undefined) return undefined;
  const path = realPathOf(edit.path);
  const cwd = realPathOf(edit.cwd);
  const [own = { root: cwd, key: cwd }, ...outer] = repositoriesAround(dirname(path));
  const refusal = await refusalIn(own, { env, dataRoot }, edit.session, path);
  if (refusal !== undefined) return refusal;
  // What was claimed from the repository around a submodule is claimed, too.
  for (const place of outer) {
    const other = existsSync(repositoryScope(dataRoot, place.key)) ? await refusalIn(place, { env, dataRoot }, edit.session, path, false) : undefined;
    if (other !== undefined) return other;
  }
  return undefined;
}

async function refusalIn(place: RepositoryPlace, { env, dataRoot }: HookPlace, session: string, path: string, mayClaim = true): Promise<string | undefined> {
  const inside = relative(place.root, path);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return undefined;
  const scope = repositoryScope(dataRoot, place.key);
  const target: Target = { kind: 'file', path: inside.split(sep).join('/') };

  const ledger = openLedger(scope);
  await ledger.refresh();
  const claimsItself = mayClaim && autoClaims(scope);
  const agent: Agent = { session };
  const suspects = conflictsOf(ledger, agent, target);
  if (suspects.length === 0 && !claimsItself) {
    await renewIfDue(ledger, agent, actorOf(agent));
    await ledger.save();
    return undefined;
  }
  return refusalOrClaim(ledger, await withProcess(env, agent), target, place.root, claimsItself);
}

async function refusalOrClaim(ledger: Ledger, agent: Agent, target: Target, root: string, claimsItself: boolean): Promise<string | undefined> {
  let conflict = await firstOfLiving(conflictsOf(ledger, agent, target));
  if (conflict === undefined && claimsItself) {
    const deaths = await deathsOf(conflictsOf(ledger, agent, target));
    await ledger.append(actorOf(agent), [...deaths, { type: 'coordination.claimed', agent, targets: [target], mode: 'exclusive', ttl: AUTO_CLAIM_SECONDS * 1000, why: '', worktree: root }]);
    // Between the look and the claim another may have been quicker.
    conflict = await firstOfLiving(conflictsOf(ledger, agent, target));
  }
  if (conflict === undefined) return undefined;
  const word = refusalToRecord(ledger, agent, [conflict], 'edit');
  if (word.length > 0) await ledger.append(actorOf(agent), word).catch(() => undefined);
  return editRefusal(conflict, root);
}

/** Any event of an agent is a sign of life: what its session holds is renewed. */
export async function renewByHook({ env, dataRoot }: HookPlace, event: Fields): Promise<void> {
  const [session, cwd] = [event['session_id'], event['cwd']];
  if (typeof session !== 'string' || typeof cwd !== 'string') return;
  const ledger = openLedger(scopeAround(dataRoot, cwd));
  await ledger.refresh();
  if (ledger.state.claims.length > 0) {
    const agent = await withProcess(env, { session });
    await renewIfDue(ledger, agent, actorOf(agent));
  }
  await ledger.save();
}

function editOf(event: Fields): { session: string; path: string; cwd: string } | undefined {
  const [session, input, cwd] = [event['session_id'], event['tool_input'], event['cwd']];
  if (typeof session !== 'string' || !isEdit(event) || typeof input !== 'object' || input === null) return undefined;
  const { file_path: file, notebook_path: notebook } = input as Fields;
  const path = typeof file === 'string' ? file : notebook;
  const folder = typeof cwd === 'string' && cwd !== '' ? cwd : '.';
  return typeof path === 'string' && path !== '' ? { session, path: resolve(folder, path), cwd: resolve(folder) } : undefined;
}

/** What others hold of it. A name that this agent was given (`--as`) is the same hands. */
function conflictsOf(ledger: Ledger, agent: Agent, target: Target): Conflict[] {
  const { process: own } = agent;
  const isOwn = ({ agent: { process } }: Claim) => process !== undefined && own !== undefined && sameProcess(process, own);
  return conflictsWith(ledger.state.claims, ledger.elapsed, agent, [target], 'exclusive').filter(({ claim }) => !isOwn(claim));
}

async function withProcess(env: Environment, agent: Agent): Promise<Agent> {
  const { agentOfCommand } = await import('./agent-process.ts');
  const process = await agentOfCommand(env, agent.session);
  return process === undefined ? agent : { ...agent, process };
}

async function deathsOf(conflicts: readonly Conflict[]) {
  const { isAlive } = await import('../process-identity.ts');
  return deathsAmong({ isAlive }, conflicts.map(({ claim }) => claim.agent.process));
}

/** The dead hold nothing. */
async function firstOfLiving(conflicts: readonly Conflict[]): Promise<Conflict | undefined> {
  for (const conflict of conflicts) if ((await deathsOf([conflict])).length === 0) return conflict;
  return undefined;
}

const actorOf = ({ session }: Agent) => `session:${session}`;

/** The setting, as the editor has left it for this repository. */
function autoClaims(scope: string): boolean {
  try {
    return (JSON.parse(readFileSync(join(scope, 'settings.json'), 'utf8')) as Fields)['autoClaim'] === true;
  } catch {
    return false;
  }
}
