/** Whether this process was started by a coding agent, such as from its shell tool. */

/** What agents set for the commands that they run: Claude Code, Codex, Gemini CLI, opencode, Cursor, Copilot, and whoever says so in general. */
const SIGNS = ['CLAUDECODE', 'CLAUDE_CODE', 'CLAUDE_CODE_SESSION_ID', 'CODEX_SANDBOX', 'CODEX_SANDBOX_NETWORK_DISABLED', 'CODEX_CI', 'CODEX_THREAD_ID', 'GEMINI_CLI', 'OPENCODE', 'CURSOR_AGENT', 'COPILOT_CLI', 'AI_AGENT'];

/** An agent's shell is an agent: it gets what it would get over MCP. (It could read the files themselves; that is for the agent's own permissions to stop.) */
export function isAgentRun(env: Readonly<Record<string, string | undefined>>): boolean {
  return SIGNS.some((name) => env[name] !== undefined && !/^(0|false)?$/i.test(env[name]));
}
