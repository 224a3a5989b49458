/** The tools of ours that the agent may use without asking; what it does to the code it asks for as usual. */
const allowedTools = ['review_list', 'review_get', 'review_done', 'review_add', 'review_prompt'].map((tool) => `mcp__wheelhouse__${tool}`);

/**
 * The server that a project's `.mcp.json` may have under our name is not asked about: this session
 * brings its own. What somebody else wrote there is not started for it either.
 */
const ownServerOnly = JSON.stringify({ disabledMcpjsonServers: ['wheelhouse'] });

/**
 * The arguments with which Claude Code starts to work on a prompt at once, in its terminal interface.
 * `--allowedTools` and `--mcp-config` take lists and would swallow the prompt; `--` ends them.
 */
export function claudeArguments(run: { readonly session: string; readonly mcpConfig: string; readonly prompt: string }): string[] {
  return ['--session-id', run.session, '--mcp-config', run.mcpConfig, '--settings', ownServerOnly, '--allowedTools', allowedTools.join(','), '--', run.prompt];
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** An MCP configuration file of Claude Code with our server in it. */
export function mcpConfig(server: Program): string {
  const { command, args, env } = server;
  return `${JSON.stringify({ mcpServers: { wheelhouse: { type: 'stdio', command, args, ...(env && { env }) } } }, null, 2)}\n`;
}
