/** What lines of a transcript say; in the format that Claude Code 2.1.197 writes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reasonText, TranscriptReader } from '../../../src/core/sessions/index.ts';

const stamp = (second: number) => new Date(1_760_000_000_000 + second * 1000).toISOString();
const user = (content: unknown, second = 1, more: object = {}) => ({ type: 'user', timestamp: stamp(second), message: { role: 'user', content }, ...more });
const assistant = (content: unknown[], stop: string | null = 'end_turn', second = 2, more: object = {}) => ({ type: 'assistant', timestamp: stamp(second), message: { role: 'assistant', model: 'claude-opus-4-8', content, stop_reason: stop, usage: { input_tokens: 10, cache_read_input_tokens: 900, cache_creation_input_tokens: 90, output_tokens: 5 } }, ...more });
const text = (words: string) => ({ type: 'text', text: words });
const use = (name: string, input: unknown, id = 't1') => ({ type: 'tool_use', id, name, input });
const resultOf = (id = 't1') => user([{ type: 'tool_result', tool_use_id: id, content: 'x' }], 3);

function read(lines: readonly unknown[]): TranscriptReader {
  const reader = new TranscriptReader();
  for (const line of lines) reader.add(typeof line === 'string' ? line : JSON.stringify(line));
  return reader;
}

describe('the last that was said', () => {
  const cases: [name: string, lines: readonly unknown[], said: string][] = [
    ['a prompt', [user('do it')], 'working'],
    ['a prompt with a picture', [user([{ type: 'image' }, text('see this')])], 'working'],
    ['an answer', [user('do it'), assistant([text('Done.')])], 'idle finished'],
    ['an answer that asks', [assistant([text('I see two ways.\n\nShall I take the **first one?**')])], 'idle question: Shall I take the first one?'],
    ['a courtesy asks nothing', [assistant([text('All tests pass. Anything else?')])], 'idle finished'],
    ['a question in the middle asks nothing', [assistant([text('Why? Because it is so.')])], 'idle finished'],
    ['an answer cut off by its length', [assistant([text('Long')], 'max_tokens')], 'idle finished'],
    ['words before a call end nothing', [user('do it'), assistant([text('On it?')], 'tool_use')], 'working'],
    ['a call', [assistant([use('Bash', { command: 'rm -rf build', description: 'x' })], 'tool_use')], 'working Bash: rm -rf build'],
    ['its result', [assistant([use('Bash', {})], 'tool_use'), resultOf()], 'working'],
    ['a question to the user', [assistant([use('AskUserQuestion', { questions: [{ question: 'Which?' }, { question: 'Where?' }] })], 'tool_use')], 'waiting question: Which? Where?'],
    ['a plan', [assistant([use('ExitPlanMode', { plan: '1.' })], 'tool_use')], 'waiting a plan to approve'],
    ['Esc', [user('do it'), user([text('[Request interrupted by user]')])], 'idle interrupted'],
    ['Esc in a dialog', [resultOf(), user([text('[Request interrupted by user for tool use]')])], 'idle interrupted'],
    ['an API error', [user('x'), assistant([text('API Error: 529 overloaded')], 'stop_sequence', 2, { isApiErrorMessage: true, error: 'overloaded' })], 'error API error: 529 overloaded'],
    ['a usage limit', [assistant([text('resets 6am')], 'stop_sequence', 2, { isApiErrorMessage: true, error: 'rate_limit' })], 'waiting limit: resets 6am'],
    ['a login', [assistant([text('Please run /login')], 'stop_sequence', 2, { isApiErrorMessage: true, error: 'authentication_failed' })], 'waiting login: Please run /login'],
    ['an answer of an older client, without a reason to stop', [user('x'), assistant([text('Done.')], null), { type: 'system', subtype: 'turn_duration', timestamp: stamp(3) }], 'idle finished'],
    ['the duration of a turn that failed', [user('x'), assistant([text('no')], 'stop_sequence', 2, { isApiErrorMessage: true }), { type: 'system', subtype: 'turn_duration' }], 'error API error: no'],
    ['the end of a background task', [assistant([text('Done.')]), user('<task-notification>\n<task-id>b1</task-id>', 3)], 'working'],
    ['a slash command of the client', [assistant([text('Done.')]), user('<command-name>/clear</command-name>'), user('<local-command-stdout></local-command-stdout>')], 'idle finished'],
    ['a note of the client', [assistant([text('Done.')]), user('Caveat: …', 3, { isMeta: true })], 'idle finished'],
    ['a subagent', [assistant([text('Done.')]), user('its prompt', 3, { isSidechain: true })], 'idle finished'],
    ['unknown and damaged lines', [assistant([text('Done.')]), { type: 'new-thing', x: 1 }, '{"type":"user","mess', '', 'null', '[]', '{"type":"user"}', '{"type":"assistant","message":7}', '{"type":"user","message":{"content":[7,null,{"type":"text"}]}}'], 'idle finished'],
    ['an answer that was written before its prompt', [assistant([text('Done.')], 'end_turn', 1.3), user('do it', 1)], 'idle finished'],
    ['a prompt that was queued while the answer was written', [assistant([text('Done.')], 'end_turn', 9), user('and then', 4)], 'working'],
    ['nothing', [], ''],
  ];
  for (const [name, lines, said] of cases) {
    test(name, () => {
      const last = read(lines).evidence.at(-1);
      assert.equal(last === undefined ? '' : `${last.state} ${reasonText(last.reason)}`.trim(), said);
    });
  }
});

test('facts are those of the last line that has them', () => {
  const { facts } = read([
    user('first'),
    assistant([text('an answer')], 'end_turn', 2, { gitBranch: 'main', cwd: '/a' }),
    { type: 'ai-title', aiTitle: 'Scripted' },
    user('second\nline\u001b[31m', 5, { gitBranch: 'topic', cwd: '/b' }),
  ]);
  assert.deepEqual(facts, { branch: 'topic', cwd: '/b', lastPrompt: 'second line [31m', lastAnswer: 'an answer', model: 'claude-opus-4-8', title: 'Scripted', usage: { contextTokens: 1000, outputTokens: 5 } });
});

test("the user's title stays", () => {
  assert.equal(read([{ type: 'custom-title', customTitle: 'mine' }, { type: 'ai-title', aiTitle: 'its own' }]).facts.title, 'mine');
});

test('what is over is forgotten, what is open is kept', () => {
  const turns = Array.from({ length: 500 }, (_, index) => [user(`p${index}`, index), assistant([use('Read', {}, `t${index}`)], 'tool_use', index), assistant([text('Done.')], 'end_turn', index)]).flat();
  const { evidence } = read([...turns, user('last', 600), ...Array.from({ length: 300 }, (_, index) => assistant([use('Read', {}, `u${index}`)], 'tool_use', 600 + index))]);
  assert(evidence.length <= 110, `${evidence.length}`);
  assert.equal(evidence.findLast(({ call }) => call === undefined)?.says, 'a prompt');
});
