import { groupNames, groupsNamed } from '../../mcp/groups.ts';
import { existingFolder, text, type Noun } from '../verb.ts';

export const mcp: Noun = {
  summary: 'serve the tools to coding agents by the Model Context Protocol, on standard input and output',
  verbs: {
    '': {
      usage: `[--tools ${groupNames.join(',')}]`,
      summary: 'Serve until standard input ends. The workspace is that of CLAUDE_PROJECT_DIR, else --workspace, else the current folder.',
      args: [0, 0],
      options: { tools: { type: 'string' } },
      run: async (input) => {
        const tools = text(input.options['tools']);
        const groups = tools === undefined ? groupNames : groupsNamed(tools);
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
