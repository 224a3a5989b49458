import * as vscode from 'vscode';
import type { Services } from '../services/services.ts';
import { launcherTargets } from './launcher.ts';

/** As in package.json. */
const providerId = 'wheelhouse-tools';

/**
 * Offers the MCP server to the agents of VS Code itself: one for each open folder, as each has its own
 * comments and claims. Not in Restricted Mode, as the server asks git.
 */
export function mcpServers(services: Services): vscode.Disposable {
  // Editors that were made from VS Code may not have it.
  const { lm } = vscode as { lm?: Partial<typeof vscode.lm> };
  if (typeof lm?.registerMcpServerDefinitionProvider !== 'function') return new vscode.Disposable(() => undefined);
  const changed = new vscode.EventEmitter<void>();
  const fire = () => changed.fire();
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(fire),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    lm.registerMcpServerDefinitionProvider(providerId, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => (vscode.workspace.isTrusted ? definitions(services) : []),
      resolveMcpServerDefinition: (server) => resolve(services, server),
    }),
  );
}

function definitions(services: Services): vscode.McpStdioServerDefinition[] {
  const { runtime, cli } = launcherTargets(services);
  const { version } = services.extension.extension.packageJSON as { version: string };
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return folders.map(({ name, uri }) => {
    const label = folders.length === 1 ? 'Wheelhouse' : `Wheelhouse (${name})`;
    // Electron is Node only when it is told so; Node does not mind.
    const server = new vscode.McpStdioServerDefinition(label, runtime, [cli, 'mcp'], { ELECTRON_RUN_AS_NODE: '1' }, version);
    server.cwd = uri;
    return server;
  });
}

/** When the server is started: it works with the data of this window. */
async function resolve(services: Services, server: vscode.McpServerDefinition): Promise<vscode.McpServerDefinition> {
  const [workspace] = await services.repositories.all();
  if (workspace && 'args' in server) server.args = [...server.args, '--data', workspace.dataRoot];
  return server;
}
