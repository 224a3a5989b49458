/** What `install claude` does to Claude Code's own files, and `uninstall claude` takes back. */
import { chmod } from 'node:fs/promises';
import { homedir } from 'node:os';
import nodePath from 'node:path';
import { addMcpEntry, claudeSettingsFile, removeMcpEntry, rewriteText, type ClaudeScope, type FileChange } from '../../core/install/index.ts';
import { addClaudeHooks, claudeHooksFile, removeClaudeHooks } from '../../core/sessions/index.ts';
import { nodeFiles } from './files.ts';

export interface ClaudePlaces {
  readonly scope: ClaudeScope;
  /** The folder whose `.mcp.json` and `.claude` are meant by the scope `workspace`. */
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Also replace, or take out, an entry of our name that is not ours. */
  readonly force?: boolean;
}

export interface ChangedFile {
  readonly file: string;
  readonly change: FileChange;
}

export interface ClaudeChanges {
  /** The MCP server. */
  readonly server: ChangedFile;
  /** The hooks that tell what a session does. */
  readonly hooks: ChangedFile;
}

/** @throws WheelhouseError when a file is not what Claude Code would read; then neither is changed for the worse. */
export async function installClaude(places: ClaudePlaces, launcher: string): Promise<ClaudeChanges> {
  const { server, hooks } = files(places);
  const windows = process.platform === 'win32';
  const changes = {
    server: { file: server, change: await rewriteText(nodeFiles, server, (text) => addMcpEntry(text, server, { command: launcher }, places.force)) },
    hooks: { file: hooks, change: await rewriteText(nodeFiles, hooks, (text) => addClaudeHooks(text, hooks, { launcher, windows })) },
  };
  // The user's own settings hold keys, too.
  if (places.scope === 'user') for (const { file, change } of Object.values(changes)) if (change === 'created') await chmod(file, 0o600);
  return changes;
}

export async function uninstallClaude(places: ClaudePlaces): Promise<ClaudeChanges> {
  const { server, hooks } = files(places);
  return {
    server: { file: server, change: await rewriteText(nodeFiles, server, (text) => removeMcpEntry(text, server, places.force)) },
    hooks: { file: hooks, change: await rewriteText(nodeFiles, hooks, (text) => removeClaudeHooks(text, hooks)) },
  };
}

/** What was done, a sentence for each file. */
export function describeChanges({ server, hooks }: ClaudeChanges): string[] {
  const sentence = ({ file, change }: ChangedFile, what: string): string =>
    ({
      created: `Created ${file} with ${what}.`,
      changed: `Changed ${file}: ${what}.`,
      removed: `Removed ${file}, which held nothing but ${what}.`,
      none: `${file} needed no change for ${what}.`,
    })[change];
  return [sentence(server, 'the MCP server "wheelhouse"'), sentence(hooks, 'the hooks that tell what a session does')];
}

function files({ scope, workspace, env }: ClaudePlaces): { server: string; hooks: string } {
  const places = { workspace, home: env['HOME'] ?? homedir(), configFolder: env['CLAUDE_CONFIG_DIR'] };
  return { server: claudeSettingsFile(nodePath, scope, places), hooks: claudeHooksFile(nodePath, scope, places) };
}
