import { WheelhouseError } from '../../../core/base/errors.ts';
import { groupNames, type GroupName } from '../../mcp/groups.ts';
import { existingFolder, text, type Noun, type OptionValue } from '../verb.ts';

export const mcp: Noun = {
  summary: 'serve the tools to coding agents by the Model Context Protocol, on standard input and output',
  verbs: {
    '': {
      usage: `[--tools ${groupNames.join(',')}]`,
      summary: 'Serve until standard input ends. The workspace is that of CLAUDE_PROJECT_DIR, else --workspace, else the current folder.',
      args: [0, 0],
      options: { tools: { type: 'string' } },
      run: async (input) => {
        const groups = chosenGroups(input.options['tools']);
        const { env } = process;
        const session = env['CLAUDE_CODE_SESSION_ID'];
        const project = env['CLAUDE_PROJECT_DIR'];
        const folder = project ? existingFolder('CLAUDE_PROJECT_DIR', project) : input.folder;
        const { serve } = await import('../../mcp/server.ts');
        await serve({
          groups,
          signal: input.signal,
          openUser: input.user,
          openWorkspace: () => input.workspace({ folder, actor: session ? `session:${session}` : 'mcp' }),
        });
        return undefined;
      },
    },
  },
};

/** @throws WheelhouseError `usage` naming the groups that there are. */
function chosenGroups(option: OptionValue): readonly GroupName[] {
  const words = text(option)?.split(',').map((word) => word.trim()).filter((word) => word !== '');
  if (words === undefined) return groupNames;
  const unknown = words.filter((word) => !groupNames.some((name) => name === word));
  if (words.length === 0 || unknown.length > 0) throw new WheelhouseError('usage', `--tools chooses groups of tools, separated by commas: ${groupNames.join(', ')}.${unknown.length > 0 ? ` There is no ${unknown.join(', ')}.` : ''}`);
  return groupNames.filter((name) => words.includes(name));
}
