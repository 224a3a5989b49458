// The situations of the corpus. Each says what the scripted model answers, what the user does, and what is then true.

import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../claude/model.ts';
import type { Turn } from '../claude/turn.ts';
import type { Situation } from './stage.ts';

const bash = (command: string, more: object = {}) => ({ name: 'Bash', input: { command, description: 'A step', ...more } });
const allowBash = ['--allowedTools', 'Bash'];
const dialog = /^ ?❯ 1\. /m;
const working = { state: 'working' } as const;
const finished = { state: 'idle', reason: 'finished' } as const;
const interrupted = { state: 'idle', reason: 'interrupted' } as const;
const approve = { state: 'waiting', reason: 'approve' } as const;

/** Answers the prompt with `first`, and the results of its tools with one sentence. */
const firstThen = (first: Answer, last = 'All done.') => (turn: Turn): Answer => (turn.lastToolResult === undefined ? first : { say: last });
const later = async (ms: number, answer: Answer): Promise<Answer> => {
  await delay(ms);
  return answer;
};

export const situations: readonly Situation[] = [
  {
    name: 'prompt',
    about: 'A prompt is answered, and another one.',
    model: (turn) => later(1500, { say: `Answer to ${turn.lastPrompt}.` }),
    play: async (stage) => {
      await stage.submit('one');
      await stage.shows(/Answer to one\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
      await stage.submit('two');
      await stage.shows(/Answer to two\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'permission-bash',
    about: 'A command needs leave, which is given.',
    model: firstThen({ say: 'On it.', use: bash('touch made.txt') }),
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(dialog, approve);
      await stage.wait(8000);
      const yes = await stage.press('Enter');
      await stage.asks(working, yes);
      await stage.shows(/All done\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'permission-write',
    about: 'A new file needs leave, which is refused with Esc.',
    model: firstThen({ use: { name: 'Write', input: { file_path: 'made.txt', content: 'made' } } }),
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(dialog, approve);
      await stage.wait(2500);
      await stage.shows(/Interrupted|User rejected/, interrupted, await stage.press('Escape'));
      await stage.wait(2500);
    },
  },
  {
    name: 'permission-refused',
    about: 'A command needs leave; the user answers no and goes on with another prompt.',
    model: (turn) => (turn.lastPrompt === 'go' ? { use: bash('rm -rf build') } : later(1000, { say: 'Something else.' })),
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(dialog, approve);
      await stage.wait(1500);
      await stage.press('Down');
      await stage.press('Down');
      await stage.wait(300);
      await stage.shows(/Interrupted|User rejected/, interrupted, await stage.press('Enter'));
      await stage.wait(2500);
      await stage.submit('else');
      await stage.shows(/Something else\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'permission-twice',
    about: 'Two commands of one answer need leave, one after the other.',
    model: firstThen({ use: [bash('touch first.txt'), bash('touch second.txt')] }),
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/ touch first\.txt\n[\s\S]*❯ 1\. Yes/, approve);
      await stage.wait(2000);
      const first = await stage.press('Enter');
      stage.now(working, first);
      await stage.shows(/ touch second\.txt\n[\s\S]*❯ 1\. Yes/, approve, Date.now());
      await stage.wait(2000);
      const yes = await stage.press('Enter');
      await stage.asks(working, yes);
      await stage.shows(/All done\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'question',
    about: 'The agent asks the user to choose, and gets an answer.',
    model: firstThen({ use: { name: 'AskUserQuestion', input: { questions: [{
      question: 'Which colour?', header: 'Colour', multiSelect: false,
      options: [{ label: 'Red', description: 'warm' }, { label: 'Blue', description: 'cold' }],
    }] } } }),
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/❯ 1\. Red/, { state: 'waiting', reason: 'question' });
      await stage.wait(3000);
      const yes = await stage.press('Enter');
      await stage.asks(working, yes);
      await stage.shows(/All done\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'plan',
    about: 'In plan mode a plan is written and shown, and approved.',
    args: ['--permission-mode', 'plan'],
    model: (turn) => {
      if (turn.lastToolResult === undefined) {
        const file = /[^"\\ ]*\.claude\/plans\/[\w-]+\.md/.exec(JSON.stringify(turn.request))?.[0] ?? 'plan.md';
        return { use: { name: 'Write', input: { file_path: file, content: '# Plan\n\n1. First\n' } } };
      }
      return turn.lastToolResult.name === 'Write' ? { use: { name: 'ExitPlanMode', input: {} } } : later(1000, { say: 'All done.' });
    },
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/Would\s+you\s+like\s+to\s+proceed\?[\s\S]*❯ 1\./, { state: 'waiting', reason: 'plan' });
      await stage.wait(3000);
      await stage.press('Down');
      const yes = await stage.press('Enter');
      await stage.asks(working, yes);
      await stage.shows(/All done\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'esc-tool',
    about: 'Esc while a command runs.',
    args: allowBash,
    model: firstThen({ use: bash('sleep 30') }),
    play: async (stage) => {
      await stage.submit('go');
      await stage.wait(3500);
      await stage.shows(/Interrupted/, interrupted, await stage.press('Escape'));
      await stage.wait(3000);
    },
  },
  {
    name: 'esc-thinking',
    about: 'Esc while the model thinks, and a new prompt after it.',
    model: (turn) => later(turn.lastPrompt === 'go' ? 8000 : 800, { say: `Answer to ${turn.lastPrompt}.` }),
    play: async (stage) => {
      await stage.submit('go');
      await stage.wait(2500);
      const escape = await stage.press('Escape');
      await stage.wait(400);
      await stage.shows(/^(?![\s\S]*esc to interrupt)/, interrupted, escape);
      await stage.wait(3000);
      await stage.press('C-u');
      await stage.submit('again');
      await stage.shows(/Answer to again\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'tool-error',
    about: 'A command fails; the agent goes on.',
    args: allowBash,
    model: (turn) => (turn.lastToolResult === undefined ? { use: bash('ls nothing-here') } : later(1500, { say: 'It failed.' })),
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/It failed\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'long-tool',
    about: 'A command that needs no leave runs for ten seconds.',
    args: allowBash,
    model: firstThen({ use: bash('sleep 10; true') }),
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/All done\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'background',
    about: 'A shell goes on behind a finished turn; when it ends, the agent is told and answers.',
    args: allowBash,
    model: (turn) => {
      if (/task-notification/.test(JSON.stringify(turn.request.messages))) return later(1500, { say: 'The shell is done.' });
      return turn.lastToolResult === undefined ? { use: bash('sleep 8', { run_in_background: true }) } : { say: 'It runs.' };
    },
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/It runs\.[\s\S]*still running/, { state: 'working', reason: 'background', background: 1 });
      const since = Date.now();
      await stage.asks({ state: 'working' }, since + 5000);
      await stage.shows(/The shell is done\.[\s\S]*✻ [^\n]*for \d+s\n/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'background-agent',
    about: 'A subagent goes on behind a finished turn; when it ends, the agent is told and answers.',
    model: (turn) => {
      if (turn.lastPrompt.includes('Do the part')) return later(6000, { say: 'Part done.' });
      if (/task-notification/.test(JSON.stringify(turn.request.messages))) return later(1500, { say: 'The part is done.' });
      return turn.lastToolResult === undefined ? { use: { name: 'Agent', input: { description: 'A part', prompt: 'Do the part', subagent_type: 'general-purpose', run_in_background: true } } } : { say: 'It runs.' };
    },
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/It runs\.[\s\S]*✻ /, { state: 'working', reason: 'background', background: 1 });
      await stage.shows(/The part is done\.[\s\S]*✻ [^\n]*for \d+s\n/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'subagent-permission',
    about: 'A subagent needs leave for a command, and gets it.',
    model: async (turn) => {
      const said = JSON.stringify(turn.request.messages);
      if (turn.lastPrompt.includes('Do the part')) return turn.lastToolResult === undefined ? { use: bash('touch part.txt') } : later(1500, { say: 'Part done.' });
      if (turn.lastToolResult === undefined && !said.includes('task-notification')) return { use: { name: 'Agent', input: { description: 'A part', prompt: 'Do the part', subagent_type: 'general-purpose', run_in_background: false } } };
      return later(800, { say: 'All done.' });
    },
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(dialog, approve);
      await stage.wait(2500);
      const yes = await stage.press('Enter');
      await stage.asks(working, yes);
      await stage.shows(/All done\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'queued',
    about: 'A second prompt is typed while the first one is worked on.',
    model: (turn) => later(2500, { say: `Answer to ${turn.lastPrompt}.` }),
    play: async (stage) => {
      await stage.submit('one');
      await stage.wait(500);
      await stage.enter('two');
      await stage.shows(/Answer to two\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'quotes',
    about: 'The answer looks like a dialog and like prompts of other programs, and is none.',
    model: () => later(1500, { say: 'It would ask:\n\n```\nDo you want to proceed?\n❯ 1. Yes\n  2. No\n> quoted\nEsc to cancel\n```\n\nThat is all.' }),
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/That is all\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(3000);
    },
  },
  {
    name: 'prose-question',
    about: 'The answer ends in a question in prose; the user answers it.',
    model: (turn) => later(1500, { say: turn.lastPrompt === 'go' ? 'There are two ways. Which one do you want?' : 'That one, then.' }),
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/do you want\?[\s\S]*✻ .* for \d/, { state: 'waiting', reason: 'question' });
      await stage.wait(3000);
      await stage.submit('the first');
      await stage.shows(/That one, then\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'compact',
    about: 'The conversation is compacted.',
    args: allowBash,
    model: (turn) => {
      if (turn.lastPrompt !== 'go') return later(2500, { say: 'A summary.' });
      return turn.lastToolResult === undefined ? { use: bash('true') } : { say: 'Said.' };
    },
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/Said\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
      await stage.asks({ state: 'working', reason: 'compact' }, await stage.enter('/compact'));
      await stage.shows(/Compacted/, { state: 'idle' });
      await stage.wait(2500);
    },
  },
  {
    name: 'clear',
    about: 'A new conversation is begun in the same client.',
    model: (turn) => later(1000, { say: `Answer to ${turn.lastPrompt}.` }),
    play: async (stage) => {
      await stage.submit('one');
      await stage.shows(/Answer to one\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
      const since = await stage.enter('/clear');
      await stage.shows(/^(?![\s\S]*Answer to one)/, { state: 'idle', reason: 'started' }, since);
      await stage.wait(2500);
      await stage.submit('two');
      await stage.shows(/Answer to two\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
  {
    name: 'api-error',
    about: 'The model refuses a request.',
    model: async () => {
      await delay(1000);
      throw new Error('scripted failure');
    },
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/API Error/, { state: 'error', reason: 'api' }, Date.now() + 900);
      await stage.wait(3000);
    },
  },
  {
    name: 'limit',
    about: 'The usage limit of a subscription is reached; the client asks what to do.',
    limited: true,
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/Stop and wait/, { state: 'waiting', reason: 'limit' });
      await stage.wait(3000);
    },
  },
  {
    name: 'login',
    about: 'Nobody is logged in; a prompt is refused.',
    loggedOut: true,
    play: async (stage) => {
      stage.now(working, await stage.enter('go'));
      await stage.shows(/Please run \/login/, { state: 'waiting', reason: 'login' }, Date.now());
      await stage.wait(3000);
    },
  },
  {
    name: 'trust',
    about: 'The folder is not trusted yet.',
    untrusted: true,
    play: async (stage) => {
      await stage.shows(dialog, { state: 'waiting', reason: 'trust' }, stage.startedAt);
      await stage.wait(3000);
      await stage.shows(/^❯\s*$/m, { state: 'idle', reason: 'started' }, await stage.press('Enter'));
      await stage.wait(2500);
    },
  },
  {
    name: 'menu',
    about: 'The user opens a menu of the client and leaves it.',
    play: async (stage) => {
      const since = await stage.enter('/model');
      await stage.shows(/Select model/i, { state: 'waiting', reason: 'input' }, since);
      await stage.wait(2500);
      await stage.shows(/^❯\s*$/m, { state: 'idle' }, await stage.press('Escape'));
      await stage.wait(2500);
    },
  },
  {
    name: 'exit',
    about: 'The user leaves with /exit.',
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(/Said\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
      await stage.ends('exited', await stage.enter('/exit'));
      await stage.wait(1500);
    },
  },
  {
    name: 'kill',
    about: 'The client is killed while it runs a command.',
    args: allowBash,
    model: firstThen({ use: bash('sleep 30') }),
    play: async (stage) => {
      await stage.submit('go');
      await stage.wait(3000);
      const since = Date.now();
      process.kill(stage.pid, 'SIGKILL');
      await stage.ends('crashed', since);
      await stage.wait(2000);
    },
  },
  {
    name: 'resume',
    about: 'The client is killed while a dialog is open; the conversation is resumed in a new one and goes on.',
    model: (turn) => (turn.lastPrompt === 'go' ? { use: bash('touch made.txt') } : later(1000, { say: 'Went on.' })),
    play: async (stage) => {
      await stage.submit('go');
      await stage.shows(dialog, approve);
      await stage.wait(1500);
      const since = Date.now();
      process.kill(stage.pid, 'SIGKILL');
      await stage.ends('crashed', since);
      await stage.wait(1000);
      await stage.start('--continue');
      await stage.wait(2000);
      await stage.submit('on');
      await stage.shows(/Went on\.[\s\S]*✻ .* for \d/, finished);
      await stage.wait(2500);
    },
  },
];
