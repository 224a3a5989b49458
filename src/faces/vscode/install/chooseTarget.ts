import * as vscode from 'vscode';
import type { AgentId, InstallScope } from '../../../core/install/index.ts';
import type * as Lazy from './install-lazy.ts';

/** Whose settings are meant. */
export interface Target {
  readonly agent: AgentId;
  readonly scope: InstallScope;
}

const scopes: readonly { label: string; description: string; scope: InstallScope }[] = [
  { label: 'This Workspace', description: 'for everybody who works in this folder', scope: 'workspace' },
  { label: 'All My Projects', description: 'in your own settings', scope: 'user' },
];

/**
 * Asks for what is not given: the agent, those that this machine has first, and where.
 * @returns undefined when the user leaves.
 */
export async function chooseTarget(title: string, { agentIds, agents, agentsFound }: typeof Lazy, given: { agent?: unknown; scope: InstallScope | undefined }): Promise<Target | undefined> {
  const agent = agentIds.find((id) => id === given.agent) ?? (await pickAgent());
  if (agent === undefined) return undefined;
  const scope = given.scope ?? (await vscode.window.showQuickPick(scopes, { title, placeHolder: `Where ${agents[agent].title} shall find it` }))?.scope;
  return scope && { agent, scope };

  async function pickAgent(): Promise<AgentId | undefined> {
    const found = await agentsFound(process.env);
    const item = (id: AgentId) => ({ label: agents[id].title, id });
    const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator, id: undefined });
    const others = agentIds.filter((id) => !found.includes(id));
    const items = [separator('On this machine'), ...found.map(item), ...(others.length > 0 ? [separator('Not found here'), ...others.map(item)] : [])];
    return (await vscode.window.showQuickPick(items, { title, placeHolder: 'A coding agent' }))?.id;
  }
}
