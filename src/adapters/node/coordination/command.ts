/** Coordination as a command or a tool server opens it: for the workspace at hand, by whoever runs it. */
import { WheelhouseError } from '../../../core/base/errors.ts';
import { sameProcess, type Agent, type CoordinationContext } from '../../../core/coordination/index.ts';
import { repositoryScope, type Environment } from '../locations.ts';
import type { Workspace } from '../workspace.ts';
import { isAgentRun } from '../agent-run.ts';
import { agentOfCommand, agentOfServer } from './agent-process.ts';
import { openCoordination } from './open.ts';
import { realPathOf, repositoryAround } from './repository.ts';

/**
 * @param name Who acts, when it was said (`--as`); else the session that runs the command, else the user.
 * @param folder Where relative paths begin.
 * @throws WheelhouseError `refused` when an agent gives the name of another session.
 */
export async function coordinationOfCommand(workspace: Workspace, env: Environment, folder: string, name?: string): Promise<CoordinationContext> {
  const session = env['CLAUDE_CODE_SESSION_ID'];
  const isUser = !isAgentRun(env);
  const process = session ? await agentOfCommand(env, session) : undefined;
  const agent: Agent = { session: name ?? (session || 'user'), ...(process && { process }), ...(name !== undefined && { named: true }) };
  const context = openCoordination({ ...placeOf(workspace), env, folder, agent, isUser, actor: name === undefined && isUser ? 'cli' : `session:${agent.session}` });
  if (name !== undefined && !isUser && name !== session) await checkNotAnother(context, name);
  return context;
}

/** An agent may go by another name, but not by that of another session: what that holds is not its own. */
async function checkNotAnother({ ledger, agent }: CoordinationContext, name: string): Promise<void> {
  await ledger.refresh();
  const known = ledger.state.reported.get(name)?.agent;
  if (known === undefined || (known.named === true && (known.process === undefined || agent.process === undefined || sameProcess(known.process, agent.process)))) return;
  throw new WheelhouseError('refused', `${JSON.stringify(name)} is another session, and only that one acts in its name. Leave --as out, or choose a name that nobody has.`);
}

const opened = new WeakMap<Workspace, Promise<CoordinationContext>>();

/** One for the life of a tool server: what it has folded it need not fold again. */
export function coordinationOfServer(workspace: Workspace, env: Environment): Promise<CoordinationContext> {
  const known = opened.get(workspace) ?? open(workspace, env);
  opened.set(workspace, known);
  return known;
}

async function open(workspace: Workspace, env: Environment): Promise<CoordinationContext> {
  const process = await agentOfServer(env);
  const session = env['CLAUDE_CODE_SESSION_ID'];
  const agent: Agent = { session: session || `mcp-${process.pid}`, process };
  return openCoordination({ ...placeOf(workspace), env, folder: workspace.review.workspace, agent, isUser: false, actor: session ? `session:${session}` : 'mcp' });
}

/**
 * Where git does not answer (it is not there, or the folder belongs to another user of the machine, as in containers),
 * the repository is looked for as the hooks do: they must find the same claims.
 */
function placeOf({ scopes, review: { repository, workspace }, dataRoot }: Workspace) {
  const found = repository.commonDir === undefined ? repositoryAround(realPathOf(workspace)) : undefined;
  return found === undefined ? { scope: scopes.repository, worktrees: repository.worktrees } : { scope: repositoryScope(dataRoot, found.key), worktrees: [found.root] };
}
