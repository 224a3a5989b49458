import nodePath from 'node:path';
import { describeChanges, installAgent, uninstallAgent, type InstallPlaces } from '../../../adapters/node/agent-settings.ts';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { executables, launcherForHooks, writeLauncher } from '../../../adapters/node/launcher.ts';
import { agentIds, agents, installGitHook, uninstallGitHook, type AgentId, type HookContext } from '../../../core/install/index.ts';
import { groupsNamed } from '../../mcp/groups.ts';
import { oneOf, text, type Answer, type Input, type Noun, type Verb } from '../verb.ts';

const shared = { scope: { type: 'string' }, force: { type: 'boolean' }, name: { type: 'string' } } as const;

export const install: Noun = {
  summary: "put Wheelhouse's tools into a coding agent, or its check into git",
  verbs: {
    ...verbsOfAgents(
      (title) => `Register the MCP server with ${title}: in this workspace, or for all of your projects${title === 'Claude Code' ? '; with it the hooks that tell what a session does' : ''}. --name and --tools register a choice of tools under a name of its own.`,
      async (input, places) => {
        const { dataRoot } = await input.workspace();
        const launcher = await writeLauncher(dataRoot, { runtime: process.execPath, cli: input.program });
        const changes = await installAgent(places, launcher);
        return { json: { ...changes.server, ...(changes.hooks && { hooks: changes.hooks }), launcher }, text: [...describeChanges(changes), agents[places.agent].next[places.scope]].join('\n') };
      },
      { ...shared, tools: { type: 'string' } },
    ),
    'git-hook': {
      usage: '[--block]',
      summary: 'Let git name the open review comments on the files of a commit; --block stops the commit when there are any.',
      args: [0, 0],
      options: { block: { type: 'boolean' } },
      run: async (input) => {
        const { dataRoot } = await input.workspace();
        await writeLauncher(dataRoot, { runtime: process.execPath, cli: input.program });
        const block = input.options['block'] === true;
        const { path, change } = await installGitHook(await hookContext(input), { launcher: launcherForHooks(dataRoot), block });
        const said = { created: `Created ${path}.`, changed: `Added the check to ${path}.`, none: `${path} has the check already; nothing was changed.` }[change];
        return { json: { file: path, change, block }, text: change === 'none' ? said : `${said}\nA commit ${block ? 'is stopped by' : 'names the'} open review comments on its files; "git commit --no-verify" passes the hook over.` };
      },
    },
  },
};

export const uninstall: Noun = {
  summary: 'take out what "install" put in',
  verbs: {
    ...verbsOfAgents(
      (title) => `Take out of the settings of ${title} what "install" put in; with --name only the server of that name.`,
      async (_input, places) => {
        const changes = await uninstallAgent(places);
        return { json: { ...changes.server, ...(changes.hooks && { hooks: changes.hooks }) }, text: describeChanges(changes).join('\n') };
      },
      shared,
    ),
    'git-hook': {
      usage: '',
      summary: 'Take the check out of the pre-commit hook.',
      args: [0, 0],
      run: async (input) => {
        const { path, change } = await uninstallGitHook(await hookContext(input));
        const said = { removed: `Removed ${path}, which held nothing but the check.`, changed: `Took the check out of ${path}.`, none: `${path} has no check of Wheelhouse; nothing was changed.` }[change];
        return { json: { file: path, change }, text: said };
      },
    },
  },
};

/** The same verb for each agent. */
function verbsOfAgents(summary: (title: string) => string, work: (input: Input, places: InstallPlaces) => Promise<Answer>, options: NonNullable<Verb['options']>): Readonly<Record<AgentId, Verb>> {
  const verb = (agent: AgentId): Verb => ({
    usage: `[--scope workspace|user] [--name NAME]${'tools' in options ? ' [--tools LIST]' : ''} [--force]`,
    summary: summary(agents[agent].title),
    args: [0, 0],
    options,
    run: (input) => {
      const scope = oneOf('scope', input.options['scope'], ['workspace', 'user'] as const) ?? 'workspace';
      const [name, tools] = [text(input.options['name']), text(input.options['tools'])];
      return work(input, { agent, scope, workspace: input.folder, env: process.env, force: input.options['force'] === true, ...(name !== undefined && { name }), ...(tools !== undefined && { tools: groupsNamed(tools) }) });
    },
  });
  return Object.fromEntries(agentIds.map((agent) => [agent, verb(agent)])) as Record<AgentId, Verb>;
}

async function hookContext(input: Input): Promise<HookContext> {
  const { git, review } = await input.workspace();
  return { files: nodeFiles, executables, git, paths: nodePath, repository: review.repository };
}
