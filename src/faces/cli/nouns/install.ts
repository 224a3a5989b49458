import { chmod } from 'node:fs/promises';
import { homedir } from 'node:os';
import nodePath from 'node:path';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { executables, launcherForHooks, writeLauncher } from '../../../adapters/node/launcher.ts';
import { addMcpEntry, claudeSettingsFile, installGitHook, removeMcpEntry, rewriteText, uninstallGitHook, type HookContext } from '../../../core/install/index.ts';
import { oneOf, type Answer, type Input, type Noun, type Verb } from '../verb.ts';

const claudeOptions = { scope: { type: 'string' }, force: { type: 'boolean' } } as const;

export const install: Noun = {
  summary: "put Wheelhouse's tools into a coding agent, or its check into git",
  verbs: {
    claude: claudeVerb('Register the MCP server with Claude Code: in .mcp.json of this workspace, or for all of your projects.', async (input, file) => {
      const { dataRoot } = await input.workspace();
      const launcher = await writeLauncher(dataRoot, { runtime: process.execPath, cli: input.program });
      const change = await rewriteText(nodeFiles, file, (text) => addMcpEntry(text, file, { command: launcher }, input.options['force'] === true));
      // The user's own settings hold keys, too.
      if (change === 'created' && input.options['scope'] === 'user') await chmod(file, 0o600);
      const said = {
        created: `Created ${file} with the MCP server "wheelhouse".`,
        changed: `Added the MCP server "wheelhouse" to ${file}.`,
        none: `${file} has the MCP server "wheelhouse" already; nothing was changed.`,
        removed: '',
      }[change];
      const next = input.options['scope'] === 'user' ? 'New sessions of Claude Code have it.' : 'The next session of Claude Code in this folder asks whether you trust it.';
      return { json: { file, change, launcher }, text: change === 'none' ? said : `${said}\n${next}` };
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
    claude: claudeVerb('Take the MCP server out of the settings of Claude Code.', async (input, file) => {
      const change = await rewriteText(nodeFiles, file, (text) => removeMcpEntry(text, file, input.options['force'] === true));
      const said = {
        created: '',
        changed: `Took the MCP server "wheelhouse" out of ${file}.`,
        removed: `Removed ${file}, which held nothing but the MCP server "wheelhouse".`,
        none: `${file} has no MCP server "wheelhouse"; nothing was changed.`,
      }[change];
      return { json: { file, change }, text: said };
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

function claudeVerb(summary: string, work: (input: Input, file: string) => Promise<Answer>): Verb {
  return {
    usage: '[--scope workspace|user] [--force]',
    summary,
    args: [0, 0],
    options: claudeOptions,
    run: (input) => {
      const scope = oneOf('scope', input.options['scope'], ['workspace', 'user'] as const) ?? 'workspace';
      const { env } = process;
      return work(input, claudeSettingsFile(nodePath, scope, { workspace: input.folder, home: env['HOME'] ?? homedir(), configFolder: env['CLAUDE_CONFIG_DIR'] }));
    },
  };
}

async function hookContext(input: Input): Promise<HookContext> {
  const { git, review } = await input.workspace();
  return { files: nodeFiles, executables, git, paths: nodePath, repository: review.repository };
}
