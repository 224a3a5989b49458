import { examine } from '../../../adapters/node/doctor.ts';
import type { Noun } from '../verb.ts';

export const doctor: Noun = {
  summary: 'check that everything that Wheelhouse needs is there and in order',
  verbs: {
    '': {
      usage: '',
      summary: 'Say what was found, line by line, and how to mend what is wrong. Fails only when something does not work.',
      args: [0, 0],
      run: async (input) => {
        const findings = await examine(await input.workspace(), process.env);
        const lines = findings.map(({ level, check, message, fix }) => `${level.padEnd(4)}  ${check}: ${message}${fix === undefined ? '' : ` — ${fix}`}`);
        return { json: { findings }, text: lines.join('\n'), exitCode: findings.some(({ level }) => level === 'fail') ? 1 : 0 };
      },
    },
  },
};
