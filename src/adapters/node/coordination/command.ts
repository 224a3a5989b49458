/** Coordination as a command or a tool server opens it: for the workspace at hand, by whoever runs it. */
import type { Agent, CoordinationContext } from '../../../core/coordination/index.ts';
import type { Environment } from '../locations.ts';
import type { Workspace } from '../workspace.ts';
import { agentOfCommand, agentOfServer } from './agent-process.ts';
import { openCoordination } from './open.ts';

/**
 * @param name Who acts, when it was said (`--as`); else the session that runs the command, else the user.
 * @param folder Where relative paths begin.
 */
export async function coordinationOfCommand(workspace: Workspace, env: Environment, folder: string, name?: string): Promise<CoordinationContext> {
  const session = env['CLAUDE_CODE_SESSION_ID'];
  const isUser = !session && !env['CLAUDECODE'];
  const process = session ? await agentOfCommand(env, session) : undefined;
  const agent: Agent = { session: name ?? (session || 'user'), ...(process && { process }), ...(name !== undefined && { named: true }) };
  return openCoordination({ ...placeOf(workspace), env, folder, agent, isUser, actor: name === undefined && isUser ? 'cli' : `session:${agent.session}` });
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

function placeOf({ scopes, review }: Workspace) {
  return { scope: scopes.repository, worktrees: review.repository.worktrees };
}
