/** The entry of the MCP server in the settings of Claude Code. Text in, text out. */
import { WheelhouseError } from '../base/errors.ts';
import { parseObject, removeAt, setAt } from '../base/jsonSplice.ts';
import type { Paths } from '../ports/paths.ts';

export type ClaudeScope = 'workspace' | 'user';

/**
 * Where Claude Code looks for MCP servers: those of a project in its own folder, those of the user in
 * its own settings.
 * @param places.configFolder `CLAUDE_CONFIG_DIR`, when it is set.
 */
export function claudeSettingsFile(paths: Pick<Paths, 'join'>, scope: ClaudeScope, places: { readonly workspace: string; readonly home: string; readonly configFolder: string | undefined }): string {
  return scope === 'workspace' ? paths.join(places.workspace, '.mcp.json') : paths.join(places.configFolder || places.home, '.claude.json');
}

const name = 'wheelhouse';
const place = ['mcpServers', name];

export interface McpEntry {
  readonly command: string;
}

/** What the settings say about the server: our entry, an entry of that name that is not ours, or none. */
export function readMcpEntry(text: string | undefined, file: string): { readonly kind: 'ours'; readonly command: string } | { readonly kind: 'foreign' } | { readonly kind: 'none' } {
  if (isBlank(text)) return { kind: 'none' };
  const entry = serversOf(text, file)?.[name];
  if (entry === undefined) return { kind: 'none' };
  return isOurs(entry) ? { kind: 'ours', command: entry.command } : { kind: 'foreign' };
}

/**
 * The settings with our entry in them. What the user added to it (a time limit, a choice of tools) stays.
 * @param text undefined when there is no file.
 * @returns The same text when nothing has to change.
 * @throws WheelhouseError `invalid-input` for what is no JSON object; `refused` for a foreign entry, unless `force`.
 */
export function addMcpEntry(text: string | undefined, file: string, entry: McpEntry, force = false): string {
  const wanted = { type: 'stdio', command: entry.command, args: ['mcp'] };
  if (isBlank(text)) return fresh(wanted);
  const found = readMcpEntry(text, file);
  if (found.kind === 'ours') return found.command === entry.command ? text : setAt(text, [...place, 'command'], entry.command);
  if (found.kind === 'foreign' && !force) {
    throw new WheelhouseError('refused', `${file} has an MCP server named "${name}" that Wheelhouse did not write, so nothing was changed. Rename or remove it, or replace it with --force.`);
  }
  return setAt(text, place, wanted);
}

/**
 * The settings without our entry; undefined when the file held nothing else and was made by us.
 * @throws WheelhouseError as `addMcpEntry`.
 */
export function removeMcpEntry(text: string | undefined, file: string, force = false): string | undefined {
  if (isBlank(text)) return text;
  const found = readMcpEntry(text, file);
  if (found.kind === 'none') return text;
  if (found.kind === 'foreign' && !force) {
    throw new WheelhouseError('refused', `${file} has an MCP server named "${name}" that Wheelhouse did not write, so nothing was changed. Remove it by hand, or with --force.`);
  }
  if (found.kind === 'ours' && text === fresh({ type: 'stdio', command: found.command, args: ['mcp'] })) return undefined;
  const rest = removeAt(text, place);
  return Object.keys(serversOf(rest, file) ?? { some: 1 }).length === 0 ? removeAt(rest, ['mcpServers']) : rest;
}

function isBlank(text: string | undefined): text is undefined | '' {
  return text === undefined || text.trim() === '';
}

function fresh(entry: unknown): string {
  return `${JSON.stringify({ mcpServers: { [name]: entry } }, null, 2)}\n`;
}

function serversOf(text: string, file: string): Record<string, unknown> | undefined {
  const servers = parseObject(text, file)['mcpServers'];
  if (servers === undefined) return undefined;
  if (typeof servers === 'object' && servers !== null && !Array.isArray(servers)) return servers as Record<string, unknown>;
  throw new WheelhouseError('invalid-input', `"mcpServers" in ${file} is not an object, so nothing was changed. Correct it and try again.`);
}

/** Ours is what starts a launcher of ours, wherever that was when it was written. */
function isOurs(entry: unknown): entry is { command: string } {
  if (typeof entry !== 'object' || entry === null) return false;
  const { type, command, args } = entry as Record<string, unknown>;
  return (type === undefined || type === 'stdio') && typeof command === 'string' && /[\\/]bin[\\/]wheelhouse(\.cmd)?$/.test(command) && Array.isArray(args) && args[0] === 'mcp';
}
