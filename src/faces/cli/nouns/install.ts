import nodePath from 'node:path';
import { describeChanges, installClaude, uninstallClaude, type ClaudePlaces } from '../../../adapters/node/claude-settings.ts';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { executables, launcherForHooks, writeLauncher } from '../../../adapters/node/launcher.ts';
import { installGitHook, uninstallGitHook, type HookContext } from '../../../core/install/index.ts';
import { oneOf, type Answer, type Input, type Noun, type Verb } from '../verb.ts';

const claudeOptions = { scope: { type: 'string' }, force: { type: 'boolean' } } as const;

export const install: Noun = {
  summary: "put Wheelhouse's tools into a coding agent, or its check into git",
  verbs: {
    claude: claudeVerb('Register the MCP server and the session hooks with Claude Code: in this workspace, or for all of your projects.', async (input, places) => {
      const { dataRoot } = await input.workspace();
      const launcher = await writeLauncher(dataRoot, { runtime: process.execPath, cli: input.program });
      const changes = await installClaude(places, launcher);
      const next = places.scope === 'user' ? 'New sessions of Claude Code have both.' : 'The next session of Claude Code in this folder asks whether you trust the server.';
      return { json: { ...changes.server, hooks: changes.hooks, launcher }, text: [...describeChanges(changes), next].join('\n') };
    }),
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
    claude: claudeVerb('Take the MCP server and the session hooks out of the settings of Claude Code.', async (_input, places) => {
      const changes = await uninstallClaude(places);
      return { json: { ...changes.server, hooks: changes.hooks }, text: describeChanges(changes).join('\n') };
    }),
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

function claudeVerb(summary: string, work: (input: Input, places: ClaudePlaces) => Promise<Answer>): Verb {
  return {
    usage: '[--scope workspace|user] [--force]',
    summary,
    args: [0, 0],
    options: claudeOptions,
    run: (input) => {
      const scope = oneOf('scope', input.options['scope'], ['workspace', 'user'] as const) ?? 'workspace';
      return work(input, { scope, workspace: input.folder, env: process.env, force: input.options['force'] === true });
    },
  };
}

async function hookContext(input: Input): Promise<HookContext> {
  const { git, review } = await input.workspace();
  return { files: nodeFiles, executables, git, paths: nodePath, repository: review.repository };
}
