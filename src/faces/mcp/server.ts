/**
 * The MCP face: serves tools on standard input and output to clients of the 2025 and the 2026
 * protocol. Standard output belongs to the protocol, and nothing else may print there.
 */
import { Console } from 'node:console';
import { McpServer, type CallToolResult, type ServerContext } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Workspace } from '../../adapters/node/workspace.ts';
import { isWheelhouseError, messageOf } from '../../core/base/errors.ts';
import { toolGroups, type GroupName } from './groups.ts';
import type { Tool, ToolGroup } from './tool.ts';

export interface ServeOptions {
  readonly groups: readonly GroupName[];
  readonly openWorkspace: () => Promise<Workspace>;
  /** Ends the service. */
  readonly signal: AbortSignal;
}

/** How long calls that were under way get to stop what they started, after the client has gone. */
const partingMs = 3_000;

/** Serves until the client goes away or `signal` is aborted. Calls that are under way then are cancelled, and waited for. */
export async function serve({ groups, openWorkspace, signal }: ServeOptions): Promise<void> {
  keepStandardOutputForTheProtocol();
  const loaded = await Promise.all(groups.map((name) => toolGroups[name]()));
  const calls = new Calls(openWorkspace);
  await new Promise<void>((ended) => {
    const handle = serveStdio(() => createServer(loaded, calls, () => ended()), { onerror: (error) => complain(error) });
    const stop = () => void handle.close().finally(() => ended());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    process.stdin.once('end', () => ended()).once('close', () => ended());
  });
  await calls.finish(partingMs);
}

function createServer(groups: readonly ToolGroup[], calls: Calls, onClose: () => void): McpServer {
  const server = new McpServer(
    { name: 'wheelhouse', title: 'Wheelhouse', version: packageJson.version },
    { capabilities: { tools: { listChanged: false } }, instructions: groups.map((group) => group.instructions).join('\n\n') },
  );
  for (const tool of groups.flatMap((group) => group.tools)) {
    server.registerTool(
      tool.name,
      { title: tool.title, description: tool.description, inputSchema: tool.input, outputSchema: tool.output, annotations: { title: tool.title, ...tool.annotations, openWorldHint: false } },
      (input, context) => calls.run(tool, input, context),
    );
  }
  server.server.onclose = onClose;
  return server;
}
