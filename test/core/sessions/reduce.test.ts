/** Every transition: what was said until a second, and what is shown then. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reasonText, reduce, type Evidence } from '../../../src/core/sessions/index.ts';
import { asks, at, born, died, finished, hook, looked, registry, result, screen, title, transcript, why } from './says.ts';

type Row = readonly [name: string, evidence: readonly Evidence[], second: number, shown: string];

/** `state: reason`, with ` ?` when it is unsure. */
function shown(evidence: readonly Evidence[], second: number): string {
  const { state, reason, unsure } = reduce(evidence, at(second));
  const why = reasonText(reason);
  return `${state}${why === '' ? '' : `: ${why}`}${unsure ? ' ?' : ''}`;
}

const shell = [{ id: 'b1', type: 'shell', description: 'npm run dev' }];
const agents = [{ id: 'a1', type: 'subagent', description: 'Look it up' }];
const tool = (second: number, detail: string, call = detail) => transcript('working', second, { ...why('tool', detail), call });

const tables: Readonly<Record<string, readonly Row[]>> = {
  'the register alone': [
    ['nothing is known', [], 0, 'idle'],
    ['a process that has said nothing yet', [born(0)], 1, 'idle: just started'],
    ['a print run has no status and works', [{ ...born(0), state: 'working' }], 1, 'working: just started'],
    ['busy', [born(0), registry('working', 2)], 2, 'working'],
    ['busy for a week: age says nothing', [registry('working', 0)], 604_800, 'working'],
    ['waiting shows at once', [registry('working', 2), registry('waiting', 3, why('approve', 'Bash'))], 3, 'waiting: approve Bash'],
    ['waiting, and it does not say for what', [registry('waiting', 3)], 3, 'waiting: input'],
    ['idle when first seen', [born(0), registry('idle', 9)], 9, 'idle'],
    ['a fall to idle is held', [registry('working', 2), registry('idle', 9)], 10.4, 'working'],
    ['and then believed: with nobody to tell about turns, it is done', [registry('working', 2), registry('idle', 9)], 10.5, 'done: finished'],
    ['until somebody looks', [registry('working', 2), registry('idle', 9), looked(11)], 12, 'idle'],
    ['idle between two turns never shows', [registry('working', 2), registry('idle', 9), registry('working', 9.04)], 9.05, 'working'],
    ['a dialog that was left: idle at once', [registry('waiting', 2), registry('idle', 9)], 9, 'idle'],
    ['shells behind a finished turn', [registry('working', 2, why('background'))], 9, 'working: background tasks'],
    ['its process is gone', [born(0), registry('working', 2), died(9)], 9, 'ended: its process is gone'],
    ['it exited', [born(0), registry('idle', 2), died(9, 'exited')], 9, 'ended: exited'],
  ],
  'what the others add to the register': [
    ['for what it waits, from a hook', [registry('waiting', 3, why('approve')), asks(3.1)], 3.2, 'waiting: approve Bash: rm -rf build'],
    ['for what it waits, from the transcript', [registry('waiting', 3, why('approve')), tool(2.9, 'Bash: rm -rf build')], 3, 'waiting: approve Bash: rm -rf build'],
    ['of two calls, the one that has no result', [registry('waiting', 3, why('approve')), tool(2, 'Read: a.txt'), tool(2, 'Bash: rm'), result('transcript', 2.5, 'Read: a.txt')], 3, 'waiting: approve Bash: rm'],
    ['a question', [registry('waiting', 3, why('approve')), transcript('waiting', 2.9, { ...why('question', 'Which database?'), call: 'c' })], 3, 'waiting: question: Which database?'],
    ['a plan', [registry('waiting', 3, why('approve')), hook('waiting', 3, { ...why('plan'), call: 'ExitPlanMode' })], 3, 'waiting: a plan to approve'],
    ['its own detail stays', [registry('waiting', 3, why('approve', 'Bash: ls')), tool(2, 'Bash: rm')], 3, 'waiting: approve Bash: ls'],
    ['approved: it works on it', [registry('working', 5), asks(3)], 6, 'working: Bash: rm -rf build'],
    ['an answered question is no tool', [registry('working', 5), hook('waiting', 3, { ...why('question', 'Which?'), call: 'q' })], 6, 'working'],
    ['a prompt that the register does not know of yet', [registry('idle', 1), hook('working', 4)], 4.1, 'working'],
    ['a prompt that another hook refused', [registry('idle', 1), hook('working', 4)], 6, 'idle'],
    ['the end of a turn, said by two: at once', [registry('working', 2), hook('working', 2), registry('idle', 9), finished('hook', 8.9)], 9, 'done: finished'],
    ['the transcript tells the end of a turn, too', [registry('working', 2), registry('idle', 9), finished('transcript', 8.9)], 9, 'done: finished'],
    ['a turn that ends in a question waits', [registry('idle', 9), finished('hook', 9, why('question', 'Shall I?'))], 9, 'waiting: question: Shall I?'],
    ['until the user knows it', [registry('idle', 9), finished('hook', 9, why('question', 'Shall I?')), looked(12)], 12, 'idle: question: Shall I?'],
    ['the next prompt is answer enough', [registry('idle', 9), finished('hook', 9, why('question', 'Shall I?')), hook('working', 12), registry('working', 12.1)], 13, 'working'],
    ['an API error', [registry('working', 2), registry('idle', 9), hook('error', 9.1, why('api', '529 overloaded'))], 9.2, 'error: API error: 529 overloaded'],
    ['an API error that only the transcript has', [registry('idle', 9), transcript('error', 8.9, why('api'))], 9.2, 'error: an API error'],
    ['after the next prompt the error is forgotten', [hook('error', 9, why('api')), hook('working', 12), registry('working', 12.1)], 13, 'working'],
    ['a usage limit waits', [registry('idle', 9), hook('waiting', 8.9, why('limit', 'resets 6am'))], 9, 'waiting: limit: resets 6am'],
    ['a usage limit with its dialog', [registry('waiting', 9, why('input', 'dialog open')), hook('waiting', 8.9, why('limit', 'resets 6am'))], 9, 'waiting: limit: resets 6am'],
    ['a login', [registry('idle', 9), transcript('waiting', 8.9, why('login', 'Please run /login'))], 9, 'waiting: login: Please run /login'],
    ['a limit of before, and now a new turn', [hook('waiting', 8.9, why('limit')), hook('working', 20), registry('working', 20.1)], 21, 'working'],
    ['a dialog that the user opened', [finished('hook', 5), registry('waiting', 9, why('input', 'dialog open'))], 9, 'waiting: input: dialog open'],
    ['compaction', [registry('working', 5), finished('hook', 3), hook('working', 5, { ...why('compact'), call: 'compact' })], 6, 'working: compacting its context'],
    ['after a compaction it is where it was', [registry('idle', 8), finished('hook', 3), hook('working', 5, { ...why('compact'), call: 'compact' }), hook('working', 8, { call: 'compact' }), looked(4)], 10, 'idle: finished'],
  ],
  'Esc': [
    ['while a tool runs: the transcript says so, so at once', [registry('working', 2), hook('working', 2), tool(3, 'Bash: sleep 30'), registry('idle', 9), transcript('idle', 9, why('interrupted'))], 9.1, 'idle: interrupted'],
    ['before any answer: nobody else says so, so it is held', [registry('working', 2), hook('working', 2), transcript('working', 2), registry('idle', 9)], 10, 'working'],
    ['and then idle, not done', [registry('working', 2), hook('working', 2), transcript('working', 2), registry('idle', 9)], 10.5, 'idle'],
    ['the terminal title confirms it', [registry('working', 2), title('working', 2), registry('idle', 9), title('idle', 9.1)], 9.2, 'done: finished'],
    ['in a permission dialog', [registry('waiting', 5, why('approve')), asks(5), registry('idle', 9), transcript('idle', 9, why('interrupted'))], 9, 'idle: interrupted'],
    ['without a register, the transcript overrules the hooks', [hook('working', 2), transcript('idle', 9, why('interrupted'))], 9, 'idle: interrupted'],
    ['without register and transcript, the title does, when it lasts', [hook('working', 2), title('idle', 9)], 12, 'idle'],
    ['and not before', [hook('working', 2), title('idle', 9)], 11.9, 'working'],
  ],
  'permissions that answer themselves': [
    ['asked a moment ago', [hook('working', 1), asks(5)], 5.9, 'working: Bash: rm -rf build'],
    ['still asked', [hook('working', 1), asks(5)], 6, 'waiting: approve Bash: rm -rf build'],
    ['granted by a rule', [hook('working', 1), asks(5), result('hook', 5.3)], 9, 'working'],
    ['another call goes on meanwhile', [hook('working', 1), asks(5), result('hook', 5.3, 'Read: a.txt')], 9, 'waiting: approve Bash: rm -rf build'],
    ['the register says that it works on', [registry('working', 1), asks(5)], 9, 'working: Bash: rm -rf build'],
    ['the turn ended with it', [hook('working', 1), asks(5), finished('hook', 6)], 9, 'done: finished'],
  ],
  'background tasks': [
    ['a shell: the register knows', [registry('working', 9, why('background')), finished('hook', 8.9, { background: shell })], 9, 'working: in the background: npm run dev'],
    ['the shell has ended', [registry('idle', 30), finished('hook', 8.9, { background: shell })], 32, 'done: finished'],
    ['an agent: the register does not know', [registry('idle', 9), finished('hook', 8.9, { background: agents })], 9, 'working: in the background: Look it up'],
    ['without a register', [finished('hook', 8.9, { background: shell })], 9, 'working: in the background: npm run dev'],
    ['its end starts a turn: idle in between never shows', [registry('working', 9, why('background')), finished('hook', 8.9, { background: shell }), registry('idle', 30)], 30.02, 'working: background tasks'],
    ['the next turn has none', [registry('idle', 40), finished('hook', 9, { background: agents }), hook('working', 30), finished('hook', 39, { background: [] })], 41, 'done: finished'],
  ],
  'resume, clear and new processes': [
    ['a turn of a process before this one is not done, it is old', [finished('transcript', -500), born(0), registry('idle', 1)], 2, 'idle'],
    ['an error of before neither', [transcript('error', -500, why('api')), born(0), registry('idle', 1)], 2, 'idle'],
    ['/clear: the new conversation has only started', [born(0), registry('working', 50), registry('idle', 50.4), hook('idle', 50.5, why('started'))], 50.6, 'idle: just started'],
    ['a session that was ended and is resumed', [hook('ended', 9, why('exited')), hook('idle', 20, why('started')), born(19), registry('idle', 20)], 21, 'idle: just started'],
    ['ended, says the hook, before the process is gone', [registry('idle', 5), hook('ended', 9, why('exited'))], 9, 'ended: exited'],
    ['crash while it waits', [registry('waiting', 5, why('approve')), asks(5), died(9)], 9, 'ended: its process is gone'],
  ],
  'time': [
    ['after a night asleep it still waits', [registry('waiting', 5, why('approve', 'Bash'))], 30_000, 'waiting: approve Bash'],
    ['asleep within the hold: awake, it is over', [registry('working', 2), registry('idle', 9)], 30_000, 'done: finished'],
    ['the clock was set back: nothing is held', [registry('working', 2), registry('idle', 3600)], 10, 'done: finished'],
    ['the clock was set back: what was asked is believed', [hook('working', 1), asks(3600)], 10, 'waiting: approve Bash: rm -rf build'],
    ['the clock was set back: order is that of the source', [registry('waiting', 3600, { ...why('approve', 'Bash'), seq: 1 }), registry('working', 10, { seq: 2 })], 11, 'working'],
    ['the clock was set back: an old look does not count for ever', [looked(3600), registry('idle', 20), finished('hook', 20)], 21, 'done: finished'],
    ['the clock was set forward', [registry('working', 2), registry('waiting', 3, why('approve', 'Bash'))], 3600, 'waiting: approve Bash'],
  ],
  'sources that disagree': [
    ['the register is better than the screen', [registry('working', 2), screen('waiting', 5, why('approve'))], 60, 'working'],
    ['the register is better than the title', [registry('waiting', 2, why('approve', 'Bash')), title('working', 5)], 60, 'waiting: approve Bash'],
    ['trust has no word in the register', [registry('idle', 2), screen('waiting', 5, why('trust'))], 5, 'waiting: trust in the folder'],
    ['trust that was given', [screen('waiting', 1, why('trust')), registry('idle', 2)], 5, 'idle'],
    ['before there is a row, the screen is all there is', [born(0), screen('waiting', 1, why('trust'))], 1, 'waiting: trust in the folder'],
    ['a title says idle for a question, too: the screen has seen it', [title('idle', 3), screen('waiting', 4, why('question'))], 4, 'waiting: a question'],
    ['a screen that scrolls: a working title counts', [title('working', 3), screen('waiting', 4, why('question'))], 4, 'working'],
    ['a title that flaps is unsure', [title('working', 1), title('idle', 2), title('working', 3), title('idle', 4), title('working', 5)], 6, 'working ?'],
    ['and sure again later', [title('working', 1), title('idle', 2), title('working', 3), title('idle', 4), title('working', 5)], 16, 'working'],
  ],
};

for (const [name, rows] of Object.entries(tables)) {
  describe(name, () => {
    for (const [row, evidence, second, expected] of rows) {
      test(row, () => assert.equal(shown(evidence, second), expected));
    }
  });
}

describe('a verdict', () => {
  test('keeps its evidence, and says what decided', () => {
    const evidence = [registry('waiting', 3, why('approve')), asks(3.1), title('idle', 2)];
    const verdict = reduce(evidence, at(4));
    assert.deepEqual(new Set(verdict.evidence), new Set(evidence));
    assert.deepEqual(verdict.because, [evidence[0], evidence[1]]);
  });

  test('says when it will change by itself', () => {
    const cases: [string, Evidence[], number, number | undefined][] = [
      ['a held fall', [registry('working', 2), registry('idle', 9)], 9.5, 10.5],
      ['a permission', [hook('working', 1), asks(5)], 5.5, 6],
      ['nothing to come', [registry('working', 2)], 9, undefined],
      ['a prompt ahead of the register', [registry('idle', 1), hook('working', 4)], 4.5, 6],
    ];
    for (const [name, evidence, second, expected] of cases) {
      const { settlesAt } = reduce(evidence, at(second));
      assert.equal(settlesAt, expected === undefined ? undefined : at(expected), name);
      if (settlesAt !== undefined) assert.equal(reduce(evidence, settlesAt).settlesAt, undefined, `${name}: settles then`);
    }
  });

  test('counts its age from the start of the state', () => {
    assert.equal(reduce([registry('waiting', 3, why('approve'))], at(60)).since, at(3));
    assert.equal(reduce([hook('working', 2), hook('working', 9, { ...why('tool'), call: 'c' })], at(60)).since, at(2));
    assert.equal(reduce([registry('waiting', 3600)], at(60)).since, at(60), 'never in the future');
  });
});
