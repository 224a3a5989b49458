/** What `install` does to the files of a coding agent, and `uninstall` takes back. */
import { constants } from 'node:fs';
import { access, chmod, rmdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import nodePath from 'node:path';
import { WheelhouseError } from '../../core/base/errors.ts';
import { agentIds, agents, rewriteTexts, SERVER_NAME, type AgentId, type AgentPlaces, type ChangedFile, type FileEdit, type InstallScope } from '../../core/install/index.ts';
import { addClaudeHooks, claudeHooksFile, removeClaudeHooks } from '../../core/sessions/index.ts';
import { nodeFiles } from './files.ts';

export interface InstallPlaces {
  readonly agent: AgentId;
  readonly scope: InstallScope;
  /** The folder whose settings are meant by the scope `workspace`. */
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Also replace, or take out, an entry of that name that is not ours. */
  readonly force?: boolean;
  /** To register the server, and no hooks, under this name; to take out only that. */
  readonly name?: string;
  /** Groups of tools; undefined: all. */
  readonly tools?: readonly string[];
}

export interface AgentChanges {
  readonly agent: AgentId;
  /** What the server is called there. */
  readonly name: string;
  /** The MCP server. */
  readonly server: ChangedFile;
  /** The hooks that tell what a session does: for Claude Code, and when no name was given. */
  readonly hooks?: ChangedFile;
}

/** @throws WheelhouseError when a file is not what the agent would read or cannot be written; then none is changed. */
export async function installAgent(places: InstallPlaces, launcher: string): Promise<AgentChanges> {
  const { agent, name = SERVER_NAME, tools, force } = places;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) throw new WheelhouseError('usage', `A server's name has letters, digits, - and _ only, because it becomes a part of its tools' names; ${JSON.stringify(name)} does not.`);
  return change(places, {
    server: (file) => (text) => agents[agent].format.add(text, file, { name, command: launcher, ...(tools && { tools }) }, force),
    hooks: (file) => (text) => addClaudeHooks(text, file, { launcher, windows: process.platform === 'win32' }),
  });
}

/** Takes out all that is ours, or with a name that server only. @throws WheelhouseError as `installAgent`. */
export async function uninstallAgent(places: InstallPlaces): Promise<AgentChanges> {
  const { agent, name, force } = places;
  const { format } = agents[agent];
  return change(places, {
    server: (file) => (text) => {
      const names = name === undefined ? new Set([SERVER_NAME, ...format.ours(text, file)]) : [name];
      let rest = text;
      for (const each of names) rest = format.remove(rest, file, each, force);
      return rest;
    },
    hooks: (file) => (text) => removeClaudeHooks(text, file),
  });
}

/** What was done, a sentence for each file. */
export function describeChanges({ name, server, hooks }: AgentChanges): string[] {
  const sentence = ({ file, change }: ChangedFile, what: string): string =>
    ({
      created: `Created ${file} with ${what}.`,
      changed: `Changed ${file}: ${what}.`,
      removed: `Removed ${file}, which held nothing but ${what}.`,
      none: `${file} needed no change for ${what}.`,
    })[change];
  return [sentence(server, `the MCP server "${name}"`), ...(hooks ? [sentence(hooks, 'the hooks that tell what a session does')] : [])];
}

/** The agents that this machine has, by their program or by what they left in the user's home. */
export async function agentsFound(env: InstallPlaces['env']): Promise<readonly AgentId[]> {
  const there = await Promise.all(agentIds.map(async (id) => {
    const { program, traces } = agents[id];
    const folder = traces(nodePath, placesIn('', env));
    return (await nodeFiles.stat(folder).catch(() => undefined)) !== undefined || (await isOnPath(program, env));
  }));
  return agentIds.filter((_, index) => there[index]);
}

interface Changes {
  readonly server: (file: string) => FileEdit['change'];
  readonly hooks: (file: string) => FileEdit['change'];
}

async function change(places: InstallPlaces, changes: Changes): Promise<AgentChanges> {
  const { agent, scope, workspace, env, name } = places;
  const server = await serverFile(places);
  const edits = [{ file: server, change: changes.server(server) }];
  if (agent === 'claude' && name === undefined) {
    const hooks = claudeHooksFile(nodePath, scope, { workspace, home: homeIn(env), configFolder: env['CLAUDE_CONFIG_DIR'] });
    edits.push({ file: hooks, change: changes.hooks(hooks) });
  }
  const done = await rewriteTexts(files, edits);
  for (const { file, change } of done) {
    // The user's own settings hold keys, too.
    if (change === 'created' && scope === 'user') await chmod(file, 0o600);
    if (change === 'removed' && scope === 'workspace') await removeEmptyFolder(nodePath.dirname(file), workspace);
  }
  const [changed = { file: server, change: 'none' as const }, hooks] = done;
  return { agent, name: name ?? SERVER_NAME, server: changed, ...(hooks && { hooks }) };
}

async function serverFile({ agent, scope, workspace, env }: InstallPlaces): Promise<string> {
  const [first, ...rest] = agents[agent].files(nodePath, scope, placesIn(workspace, env));
  for (const file of [first, ...rest]) if ((await nodeFiles.stat(file)) !== undefined) return file;
  return first;
}

/** The user's files. One that is write-protected is left alone, though its folder would let it be replaced. */
const files: Parameters<typeof rewriteTexts>[0] = {
  readText: (file) => nodeFiles.readText(file),
  replaceText: async (file, change) => {
    await needWritable(file);
    return nodeFiles.replaceText(file, change);
  },
  remove: async (file) => {
    await needWritable(file);
    // Where the file is a link, the link was the user's.
    await nodeFiles.remove((await nodeFiles.realPath(file)) ?? file);
  },
};

async function needWritable(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found) return;
  const isWritable = (found.mode & 0o222) !== 0 && (await access(file, constants.W_OK).then(() => true, () => false));
  if (!isWritable) throw new WheelhouseError('unwritable', `Cannot write ${file}: it is write-protected, so nothing was changed. Let its owner write it (chmod u+w), or add the entry where the file comes from.`);
}

/** The agent's own folder in the workspace, when the file that was made in it was all that it held. */
async function removeEmptyFolder(folder: string, workspace: string): Promise<void> {
  if (nodePath.dirname(folder) !== workspace) return;
  await rmdir(folder).catch(() => {
    // It holds something else.
  });
}

async function isOnPath(program: string, env: InstallPlaces['env']): Promise<boolean> {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  for (const folder of (env['PATH'] ?? '').split(nodePath.delimiter)) {
    for (const name of folder === '' ? [] : names) if (await access(nodePath.join(folder, name), constants.X_OK).then(() => true, () => false)) return true;
  }
  return false;
}

function placesIn(workspace: string, env: InstallPlaces['env']): AgentPlaces {
  return { workspace, home: homeIn(env), env };
}

function homeIn(env: InstallPlaces['env']): string {
  return env['HOME'] ?? homedir();
}
