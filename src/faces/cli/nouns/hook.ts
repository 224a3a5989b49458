import { answerToHook } from '../hook/answer.ts';
import type { Noun } from '../verb.ts';

export const hook: Noun = {
  summary: 'take down one event of a coding agent; for its hooks',
  verbs: {
    '': {
      usage: '< EVENT',
      summary: 'Read one hook event, as JSON, from standard input, and keep what it says about the state of its session. An edit of a file that another session has claimed is refused on standard output. Never fails, and says nothing else: the agent must not suffer from it.',
      args: [0, 0],
      run: async (input) => {
        const answer = await answerToHook(input.dataOverride);
        return answer === undefined ? undefined : { json: answer, text: JSON.stringify(answer) };
      },
    },
  },
};
