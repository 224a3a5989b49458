/** What the rows of opencode's database say; in the format of 1.18.33. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { opencodeEvidence, readOpencodeTurn, reasonText, type OpencodeAsk, type OpencodeMessage, type OpencodeTurn } from '../../../src/core/sessions/index.ts';
import { opinionOf } from '../../../src/core/sessions/opinion.ts';

const T0 = 1_760_000_000_000;
const at = (second: number) => T0 + second * 1000;
const text = (words: string, more: object = {}) => ({ type: 'text', text: words, ...more });
const user = (...parts: readonly object[]): OpencodeMessage => ({ at: at(1), data: { role: 'user', time: { created: at(1) } }, parts: parts as never });
const answer = (data: object, ...parts: readonly object[]): OpencodeMessage => ({ at: at(2), data: { role: 'assistant', modelID: 'big', time: { created: at(2) }, ...data }, parts: parts as never });
const ended = (data: object, ...parts: readonly object[]) => answer({ time: { created: at(2), completed: at(9) }, ...data }, ...parts);
const failed = (name: string, data: object = {}) => ended({ error: { name, data } });
const tool = (name: string, input: object, state: object = {}, id = name) => ({ type: 'tool', callID: id, tool: name, state: { status: 'running', input, time: { start: at(3) }, ...state } });
const done = (name: string) => tool(name, {}, { status: 'completed', output: '' });
const refused = (error: string) => tool('bash', {}, { status: 'error', error });
const asks = (permission: string | undefined, second = 4, ...patterns: readonly string[]): OpencodeAsk => ({ at: at(second), permission, patterns });
const turn = (prompt?: OpencodeMessage, its?: OpencodeMessage, session: object = {}): OpencodeTurn => {
  const read = readOpencodeTurn({ session: { id: 'ses_a', ...session }, prompt, answer: its });
  assert(read);
  return read;
};
const rm = tool('bash', { command: 'rm -rf build', description: 'Cleans' });
const go = user(text('go'));

describe('what it comes down to', () => {
  const cases: [name: string, answer: OpencodeMessage | undefined, asks: readonly OpencodeAsk[], said: string][] = [
    ['a prompt', undefined, [], 'working'],
    ['an answer that is being written', answer({}, { type: 'step-start' }, text('I')), [], 'working'],
    ['the end', ended({ finish: 'stop' }, text('Done.')), [], 'idle finished'],
    ['an end in a question', ended({ finish: 'stop' }, text('Two ways. Which one?')), [], 'idle question: Which one?'],
    ['an answer cut off by its length', ended({ finish: 'length' }, text('Lo')), [], 'idle finished'],
    ['the end of a step, another follows', ended({ finish: 'tool-calls' }, done('bash')), [], 'working'],
    ['a call', answer({}, rm), [], 'working bash: rm -rf build'],
    ['a call that is being written', answer({}, tool('bash', {}, { status: 'pending' })), [], 'working bash'],
    ['a call that is over', answer({}, done('bash')), [], 'working'],
    ['a permission', answer({}, rm), [asks('bash', 4, 'rm -rf build')], 'waiting approve bash: rm -rf build'],
    ['a permission, written before its call', answer({}, rm), [asks('bash', 2.9)], 'waiting approve bash: rm -rf build'],
    ['a permission of an earlier turn', answer({}, rm), [asks('bash', 1)], 'working bash: rm -rf build'],
    ['a permission that was given', answer({}, tool('bash', { command: 'ls' }, { metadata: { output: '' } })), [asks('bash')], 'working bash: ls'],
    ['a permission to write', answer({}, tool('write', { filePath: '/p/a.txt', content: 'x' })), [asks('edit', 4, 'a.txt')], 'waiting approve write: /p/a.txt'],
    ['a permission for something without telling arguments', answer({}, tool('weather_get', { place: 7 })), [asks('weather_get', 4, '*')], 'waiting approve weather_get: *'],
    ['a permission for another folder', answer({}, rm), [asks('external_directory', 4, '/etc/*')], 'waiting approve bash: rm -rf build'],
    ['of two calls, the one that it is for', answer({}, tool('grep', { pattern: 'x' }), rm), [asks('bash')], 'waiting approve bash: rm -rf build'],
    ['a question', answer({}, tool('question', { questions: [{ question: 'Which?' }, { question: 'Where?' }] })), [asks(undefined)], 'waiting question: Which? Where?'],
    ['a plan', answer({}, tool('plan_exit', {})), [asks(undefined)], 'waiting a plan to approve'],
    ['a permission that was refused', ended({ finish: 'tool-calls' }, refused('The user rejected permission to use this specific tool call.')), [asks('bash')], 'idle interrupted'],
    ['a permission that was refused with what to do instead', ended({ finish: 'tool-calls' }, refused('The user rejected permission to use this specific tool call with the following feedback: ls')), [], 'working'],
    ['a question that was dismissed', ended({ finish: 'tool-calls' }, refused('The user dismissed this question')), [], 'idle interrupted'],
    ['Esc', failed('MessageAbortedError', { message: 'Aborted' }), [], 'idle interrupted'],
    ['Esc while it waits to try again', ended({}), [], 'idle interrupted'],
    ['a command of the user', ended({}, done('bash')), [], 'idle finished'],
    ['an API error', failed('APIError', { message: 'overloaded', statusCode: 529 }), [], 'error API error: overloaded'],
    ['an error without words', failed('UnknownError'), [], 'error API error: UnknownError'],
    ['a wrong key', failed('APIError', { message: 'no', statusCode: 401 }), [], 'waiting login: no'],
    ['no key', failed('ProviderAuthError', { message: 'no key' }), [], 'waiting login: no key'],
    ['a limit', failed('APIError', { message: 'too many', statusCode: 429 }), [], 'waiting limit: too many'],
    ['compaction', answer({ mode: 'compaction' }), [], 'working compacting its context'],
    ['hostile types', answer({ time: 7, error: 'x', tokens: [], finish: {} }, { type: 'tool', callID: 7, tool: {}, state: [] }, { type: 'text', text: 7 }, {}), [], 'working'],
  ];
  for (const [name, its, asked, said] of cases) {
    test(name, () => {
      const opinion = opinionOf('transcript', opencodeEvidence(turn(go, its), [], asked), at(20));
      assert.equal(opinion === undefined ? '' : `${opinion.state} ${reasonText(opinion.by.reason)}`.trim(), said);
    });
  }
});

test('nothing was asked yet: nothing is said', () => {
  assert.deepEqual(opencodeEvidence(turn(), [], [asks('bash')]), []);
  assert.equal(readOpencodeTurn({ session: {}, prompt: go, answer: undefined }), undefined);
});

test('what a subagent waits for, the session waits for', () => {
  const task = answer({}, tool('task', { description: 'Clean up' }, { metadata: { sessionId: 'ses_b' } }));
  const helper = turn(go, answer({}, rm), { id: 'ses_b', parent_id: 'ses_a' });
  const said = (asked: readonly OpencodeAsk[]) => {
    const opinion = opinionOf('transcript', opencodeEvidence(turn(go, task), [helper], asked), at(20));
    return `${opinion?.state} ${reasonText(opinion?.by.reason)}`;
  };
  assert.equal(said([asks('bash')]), 'waiting approve bash: rm -rf build');
  assert.equal(said([]), 'working task: Clean up');
  assert.equal(helper.parent, 'ses_a');
});

test('facts', () => {
  const its = ended({ finish: 'stop', tokens: { input: 10, output: 5, cache: { read: 900, write: 90 } } }, text('first'), text('All\nclean.'));
  const { facts } = turn(user(text('tidy up\u001b[31m'), text('a file of the client', { synthetic: true })), its, { directory: '/p', title: 'Tidying', version: '1.18.33', model: '{"id":"small"}' });
  assert.deepEqual(facts, { sessionId: 'ses_a', agent: 'opencode', cwd: '/p', title: 'Tidying', version: '1.18.33', model: 'big', lastPrompt: 'tidy up [31m', lastAnswer: 'All clean.', usage: { contextTokens: 1000, outputTokens: 5 } });
  assert.deepEqual(turn(undefined, undefined, { title: 'New session - 2026-01-01T00:00:00.000Z', model: '{"id":"small"}' }).facts, { sessionId: 'ses_a', agent: 'opencode', model: 'small' });
});
