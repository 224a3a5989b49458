import { delimiter, isAbsolute, join } from 'node:path';

/** The tools of ours that the agent may use without asking; what it does to the code it asks for as usual. */
const allowedTools = ['review_list', 'review_get', 'review_done', 'review_add', 'review_prompt'].map((tool) => `mcp__wheelhouse__${tool}`);

/**
 * The arguments with which Claude Code starts to work on a prompt at once, in its terminal interface.
 * `--allowedTools` and `--mcp-config` take lists and would swallow the prompt; `--` ends them.
 */
export function claudeArguments(run: { readonly session: string; readonly mcpConfig: string; readonly prompt: string }): string[] {
  return ['--session-id', run.session, '--mcp-config', run.mcpConfig, '--allowedTools', allowedTools.join(','), '--', run.prompt];
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

/**
 * Finds a program as a shell would, without one: an absolute path as it is, a name on PATH.
 * On Windows only real programs count, because a script (`.cmd`) cannot be started without a shell.
 */
export async function findProgram(name: string, env: Readonly<Record<string, string | undefined>>, isProgram: (path: string) => Promise<boolean>, windows = process.platform === 'win32'): Promise<string | undefined> {
  const wanted = name.trim();
  if (wanted === '') return undefined;
  const names = windows && !/\.(exe|com)$/i.test(wanted) ? [`${wanted}.exe`, `${wanted}.com`] : [wanted];
  // A relative path would mean another program in each folder.
  const folders = isAbsolute(wanted) ? [''] : /[/\\]/.test(wanted) ? [] : (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(isAbsolute);
  for (const folder of folders) {
    for (const candidate of names) {
      const path = folder === '' ? candidate : join(folder, candidate);
      if (await isProgram(path)) return path;
    }
  }
  return undefined;
}
