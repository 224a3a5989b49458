/** What lines of a rollout say; in the format that Codex 0.169.0 writes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reasonText, RolloutReader } from '../../../src/core/sessions/index.ts';
import { opinionOf } from '../../../src/core/sessions/opinion.ts';

const line = (type: string, payload: unknown, second = 1) => ({ timestamp: new Date(1_760_000_000_000 + second * 1000).toISOString(), type, payload });
const event = (type: string, more: object = {}, second = 1) => line('event_msg', { type, ...more }, second);
const item = (type: string, more: object = {}, second = 1) => line('response_item', { type, ...more }, second);
const begun = event('task_started');
const call = (name: string, input: unknown, second = 2) => item('function_call', { name, call_id: 'c1', arguments: typeof input === 'string' ? input : JSON.stringify(input) }, second);
const result = item('function_call_output', { call_id: 'c1', output: 'x' }, 3);
const ended = (answer: string | null, second = 4) => event('task_complete', { last_agent_message: answer }, second);

function read(lines: readonly unknown[]): RolloutReader {
  const reader = new RolloutReader();
  for (const each of lines) reader.add(typeof each === 'string' ? each : JSON.stringify(each));
  return reader;
}

describe('what it comes down to', () => {
  const cases: [name: string, lines: readonly unknown[], said: string][] = [
    ['a turn', [begun], 'working'],
    ['its end', [begun, ended('All done.')], 'idle finished'],
    ['its end without words', [begun, ended(null)], 'idle finished'],
    ['its end in a question', [begun, ended('Two ways.\n\nWhich one?')], 'idle question: Which one?'],
    ['Esc', [begun, event('turn_aborted', { reason: 'interrupted' })], 'idle interrupted'],
    ['a command', [begun, call('exec_command', { cmd: 'npm test' })], 'working exec_command: npm test'],
    ['its result', [begun, call('exec_command', { cmd: 'npm test' }), result], 'working'],
    ['a patch', [begun, item('custom_tool_call', { name: 'apply_patch', call_id: 'c1', input: '*** Begin Patch' }, 2)], 'working apply_patch'],
    ['the result of a patch', [begun, item('custom_tool_call', { name: 'apply_patch', call_id: 'c1', input: '' }, 2), item('custom_tool_call_output', { call_id: 'c1' }, 3)], 'working'],
    ['a shell call of an older client', [begun, item('local_shell_call', { call_id: 'c1', action: { type: 'exec', command: 'ls' } }, 2)], 'working shell: ls'],
    ['a question', [begun, call('request_user_input', { questions: [] })], 'waiting a question'],
    ['its answer', [begun, call('request_user_input', {}), result], 'working'],
    ['arguments that are no JSON', [begun, call('exec_command', '{"cmd":')], 'working exec_command'],
    ['the end of a turn closes its calls', [begun, call('exec_command', { cmd: 'x' }), ended('Done.')], 'idle finished'],
    ['a call without an id', [begun, item('function_call', { name: 'x' }, 2)], 'working'],
    ['unknown and damaged lines', [begun, ended('Done.'), line('new_thing', { type: 'task_started' }, 9), event('something', {}, 9), '{"type":"event_msg","payl', '', 'null', '[]', '7', line('event_msg', null), line('response_item', [])], 'idle finished'],
    ['nothing', [], ''],
  ];
  for (const [name, lines, said] of cases) {
    test(name, () => {
      const opinion = opinionOf('transcript', read(lines).evidence, 1_760_000_100_000);
      assert.equal(opinion === undefined ? '' : `${opinion.state} ${reasonText(opinion.by.reason)}`.trim(), said);
    });
  }
});

test('facts are those of the last line that has them', () => {
  const { facts } = read([
    line('session_meta', { id: 's1', cwd: '/p', cli_version: '0.169.0', originator: 'codex_cli_rs', git: { branch: 'main' } }),
    line('turn_context', { model: 'gpt-5' }),
    event('user_message', { message: '<environment_context>\n  <cwd>/p</cwd>' }),
    event('user_message', { message: 'tidy\nup\u0007' }),
    event('user_message', { message: '  <user_instructions>be kind' }),
    event('token_count', { info: null }),
    event('token_count', { info: { total_token_usage: { input_tokens: 999 }, last_token_usage: { input_tokens: 120, output_tokens: 7 } } }),
    ended('All tidy.'),
  ]);
  assert.deepEqual(facts, { agent: 'codex', sessionId: 's1', cwd: '/p', version: '0.169.0', entrypoint: 'codex_cli_rs', branch: 'main', model: 'gpt-5', lastPrompt: 'tidy up', lastAnswer: 'All tidy.', usage: { contextTokens: 120, outputTokens: 7 } });
});

test('prompts and answers as items', () => {
  const completed = (type: string, text: string) => event('item_completed', { item: { type, content: [{ type: 'text', text }] } });
  const { facts } = read([completed('UserMessage', 'go'), completed('AgentMessage', 'Gone.'), completed('Reasoning', 'hm'), event('item_completed', { item: 7 })]);
  assert.deepEqual([facts.lastPrompt, facts.lastAnswer], ['go', 'Gone.']);
});

test('what is over is forgotten', () => {
  const turns = Array.from({ length: 300 }, (_, index) => [event('task_started', {}, index), call('exec_command', { cmd: 'x' }, index), ended('Done.', index)]).flat();
  const { evidence } = read(turns);
  assert(evidence.length <= 10, `${evidence.length}`);
  assert.equal(evidence.at(-1)?.says, 'the end of the turn');
});
