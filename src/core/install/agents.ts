import type { Paths } from '../ports/paths.ts';
import { SERVER_NAME, type EntryFormat, type FoundEntry } from './entry.ts';
import { commandServers, localServers, stdioServers } from './jsonEntry.ts';
import { tomlServers } from './tomlEntry.ts';

/** In the workspace: for everybody who works there; of the user: in all projects. */
export type InstallScope = 'workspace' | 'user';
export type ClaudeScope = InstallScope;

export interface AgentPlaces {
  /** Absolute. */
  readonly workspace: string;
  /** Absolute. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A coding agent that can be given the MCP server. */
export interface Agent {
  readonly title: string;
  readonly format: EntryFormat;
  /** The files in which it looks for servers; the first that exists is used, else the first is made. */
  readonly files: (paths: Pick<Paths, 'join'>, scope: InstallScope, places: AgentPlaces) => readonly [string, ...string[]];
  /** The program, and what the agent makes in the user's home: who has either has the agent. */
  readonly program: string;
  readonly traces: (paths: Pick<Paths, 'join'>, places: AgentPlaces) => string;
  /** What the user has to do, or know, after the server was registered. */
  readonly next: Readonly<Record<InstallScope, string>>;
}

const opencodeFolder: Agent['traces'] = ({ join }, { home, env }) => join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'opencode');
const codexFolder: Agent['traces'] = ({ join }, { home, env }) => env['CODEX_HOME'] || join(home, '.codex');

export const agents = {
  claude: {
    title: 'Claude Code',
    format: stdioServers,
    files: (paths, scope, { workspace, home, env }) => [claudeSettingsFile(paths, scope, { workspace, home, configFolder: env['CLAUDE_CONFIG_DIR'] })],
    program: 'claude',
    traces: ({ join }, { home, env }) => env['CLAUDE_CONFIG_DIR'] || join(home, '.claude'),
    next: { workspace: 'The next session of Claude Code in this folder asks whether you trust the server.', user: 'New sessions of Claude Code have it.' },
  },
  codex: {
    title: 'Codex',
    format: tomlServers,
    files: (paths, scope, places) => [paths.join(scope === 'workspace' ? paths.join(places.workspace, '.codex') : codexFolder(paths, places), 'config.toml')],
    program: 'codex',
    traces: codexFolder,
    next: { workspace: 'Codex reads it in projects that you have told it to trust.', user: 'New sessions of Codex have it.' },
  },
  gemini: {
    title: 'Gemini CLI',
    format: commandServers,
    files: ({ join }, scope, { workspace, home }) => [join(scope === 'workspace' ? workspace : home, '.gemini', 'settings.json')],
    program: 'gemini',
    traces: ({ join }, { home }) => join(home, '.gemini'),
    next: { workspace: 'Gemini CLI reads it in folders that you have told it to trust.', user: 'New sessions of Gemini CLI have it.' },
  },
  opencode: {
    title: 'opencode',
    format: localServers,
    files: (paths, scope, places) => {
      const folder = scope === 'workspace' ? places.workspace : opencodeFolder(paths, places);
      return [paths.join(folder, 'opencode.json'), paths.join(folder, 'opencode.jsonc')];
    },
    program: 'opencode',
    traces: opencodeFolder,
    next: { workspace: 'New sessions of opencode in this folder have it.', user: 'New sessions of opencode have it.' },
  },
  cursor: {
    title: 'Cursor',
    format: stdioServers,
    files: ({ join }, scope, { workspace, home }) => [join(scope === 'workspace' ? workspace : home, '.cursor', 'mcp.json')],
    program: 'cursor',
    traces: ({ join }, { home }) => join(home, '.cursor'),
    next: { workspace: 'Switch it on in the settings of Cursor, under MCP.', user: 'Switch it on in the settings of Cursor, under MCP.' },
  },
} as const satisfies Readonly<Record<string, Agent>>;

export type AgentId = keyof typeof agents;

export const agentIds = Object.keys(agents) as readonly AgentId[];

/**
 * Where Claude Code looks for MCP servers: those of a project in its own folder, those of the user in
 * its own settings.
 * @param places.configFolder `CLAUDE_CONFIG_DIR`, when it is set.
 */
export function claudeSettingsFile(paths: Pick<Paths, 'join'>, scope: InstallScope, places: { readonly workspace: string; readonly home: string; readonly configFolder: string | undefined }): string {
  return scope === 'workspace' ? paths.join(places.workspace, '.mcp.json') : paths.join(places.configFolder || places.home, '.claude.json');
}

/** What the settings of Claude Code say about our server. */
export function readMcpEntry(text: string | undefined, file: string): FoundEntry {
  return agents.claude.format.read(text, file, SERVER_NAME);
}
