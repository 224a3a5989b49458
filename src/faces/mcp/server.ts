/**
 * The MCP face: serves tools on standard input and output, to clients of the 2025 and of the 2026
 * protocol. Standard output belongs to the protocol, and nothing else may print there.
 */
import { Console } from 'node:console';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import packageJson from '../../../package.json' with { type: 'json' };
import type { UserData } from '../../adapters/node/user-data.ts';
import type { Workspace } from '../../adapters/node/workspace.ts';
import { messageOf } from '../../core/base/errors.ts';
import { Calls } from './calls.ts';
import { toolGroups, type GroupName } from './groups.ts';
import type { ToolGroup } from './tool.ts';

export interface ServeOptions {
  readonly groups: readonly GroupName[];
  /** Called at the first call of a tool, and again after it failed. */
  readonly openWorkspace: () => Promise<Workspace>;
  /** Called when a tool first asks for it. */
  readonly openUser: () => Promise<UserData>;
  /** Ends the service. */
  readonly signal: AbortSignal;
}

/** Serves until the client goes away or `signal` is aborted. Calls under way are cancelled then, and waited for. */
export async function serve({ groups, openWorkspace, openUser, signal }: ServeOptions): Promise<void> {
  globalThis.console = new Console(process.stderr);
  // The command line ends at once when nobody reads its output; here, calls under way come first.
  process.stdout.removeAllListeners('error');

  const loaded = await Promise.all(groups.map((name) => toolGroups[name]()));
  const calls = new Calls(openWorkspace, openUser);
  await new Promise<void>((ended) => {
    const transport = new StdioServerTransport();
    const connection = serveStdio(() => createServer(loaded, calls), { transport, onerror: (error) => console.error(`wheelhouse mcp: ${messageOf(error)}`) });
    const closed = transport.onclose;
    transport.onclose = () => {
      closed?.();
      ended();
    };
    const stop = () => void connection.close();
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  await calls.finish();
}

/** A server for one connection. */
export function createServer(groups: readonly ToolGroup[], calls: Calls): McpServer {
  const server = new McpServer(
    { name: 'wheelhouse', title: 'Wheelhouse', version: packageJson.version },
    { capabilities: { tools: { listChanged: false } }, instructions: groups.map((group) => group.instructions).join('\n\n') },
  );
  for (const tool of groups.flatMap((group) => group.tools)) {
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema: tool.input,
        outputSchema: tool.output,
        annotations: { title: tool.title, ...tool.annotations, openWorldHint: false },
      },
      (input, context) => calls.run(tool, input, context),
    );
  }
  return server;
}
