import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { HookLog, lookedLine, reasonText, recordOf, reduce } from '../../../src/core/sessions/index.ts';

const event = (name: string, more: object = {}) => ({ session_id: 's-1', cwd: '/p', transcript_path: '/t/s-1.jsonl', hook_event_name: name, ...more });
const bash = { tool_name: 'Bash', tool_input: { command: 'rm -rf build', description: 'x' } };

describe('what is kept of an event', () => {
  const cases: [name: string, input: unknown, kept: string | undefined][] = [
    ['start', event('SessionStart', { source: 'startup' }), 'idle just started'],
    ['start after compaction', event('SessionStart', { source: 'compact' }), undefined],
    ['prompt', event('UserPromptSubmit', { prompt: 'do it' }), 'working'],
    ['call', event('PreToolUse', bash), 'working Bash: rm -rf build #Bash: rm -rf build'],
    ['permission', event('PermissionRequest', bash), 'waiting approve Bash: rm -rf build #Bash: rm -rf build ~'],
    ['permission for a subagent', event('PermissionRequest', { ...bash, agent_id: 'a7' }), 'waiting approve Bash: rm -rf build #a7 Bash: rm -rf build ~'],
    ['question', event('PermissionRequest', { tool_name: 'AskUserQuestion', tool_input: { questions: [{ question: 'Which?' }] } }), 'waiting question: Which? #AskUserQuestion'],
    ['plan', event('PermissionRequest', { tool_name: 'ExitPlanMode', tool_input: { plan: '1.' } }), 'waiting a plan to approve #ExitPlanMode'],
    ['result', event('PostToolUse', bash), 'working #Bash: rm -rf build'],
    ['failed', event('PostToolUseFailure', bash), 'working #Bash: rm -rf build'],
    ['elicitation', event('Elicitation', { mcp_server_name: 'jira', message: 'Which project?' }), 'waiting input: Which project? #elicitation jira'],
    ['end of turn', event('Stop', { last_assistant_message: 'Done.', background_tasks: [] }), 'idle finished'],
    ['end of turn with a question', event('Stop', { last_assistant_message: 'Shall I?' }), 'idle question: Shall I?'],
    ['rate limit', event('StopFailure', { error: 'rate_limit', error_details: 'resets 6am' }), 'waiting limit: resets 6am'],
    ['failure', event('StopFailure', { error: 'server_error' }), 'error API error: server_error'],
    ['login', event('StopFailure', { error: 'authentication_failed' }), 'waiting login: authentication_failed'],
    ['exit', event('SessionEnd', { reason: 'prompt_input_exit' }), 'ended exited'],
    ['/clear', event('SessionEnd', { reason: 'clear' }), 'noted'],
    ['of no interest', event('Notification', { notification_type: 'idle_prompt' }), undefined],
    ['unknown', event('MessageDisplay'), undefined],
    ['no session', { hook_event_name: 'Stop' }, undefined],
    ['a session that would be a path', event('Stop', { session_id: '../../x' }), undefined],
    ['no event', 'Stop', undefined],
    ['nothing', null, undefined],
    ['odd shapes', event('PermissionRequest', { tool_name: 7, tool_input: [1] }), 'waiting approve a tool #a tool ~'],
  ];
  for (const [name, input, kept] of cases) {
    test(name, () => {
      const line = recordOf(input, 5)?.line;
      const text = line && `${line.state} ${reasonText(line.reason)}${line.call === undefined ? '' : ` #${line.call}`}${line.provisional ? ' ~' : ''}`;
      assert.equal(text?.replace(/ +/g, ' ').trim(), kept);
    });
  }

  test('is short, on one line, and has no control characters', () => {
    const long = `secret\u001b[31m\n${'x'.repeat(5000)}`;
    for (const input of [event('UserPromptSubmit', { prompt: long }), event('PermissionRequest', { tool_name: long, tool_input: { command: long } }), event('Stop', { last_assistant_message: `${long}?`, background_tasks: Array.from({ length: 100 }, () => ({ id: long, type: long, description: long })) })]) {
      const text = JSON.stringify(recordOf(input, 5)?.line);
      assert(text.length < 8000, `${text.length}`);
      assert.doesNotMatch(text, /\\u001b|\\n|x{401}/);
    }
  });

  test('is never a crash', () => {
    fc.assert(fc.property(fc.object(), fc.constantFrom('Stop', 'PreToolUse', 'Elicitation', 'UserPromptSubmit', 'StopFailure', 'SessionEnd'), (fields, name) => void recordOf({ ...fields, session_id: 's', hook_event_name: name }, 1)), { seed: 7 });
  });
});

describe('the lines of a session', () => {
  const log = (...lines: readonly object[]) => {
    const reader = new HookLog();
    for (const line of lines) reader.add(JSON.stringify(line));
    return reader;
  };
  const line = (name: string, at: number, more: object = {}) => recordOf(event(name, more), at)?.line ?? {};

  test('hooks that were overtaken are put in order by their start', () => {
    const reader = log(line('Stop', 2000, { last_assistant_message: 'Done.' }), line('PostToolUse', 1900, bash), line('PermissionRequest', 1800, bash));
    assert.equal(reduce(reader.evidence, 9000).state, 'done');
  });

  test('the clock was set back', () => {
    const reader = log(line('Stop', 5_000_000), line('UserPromptSubmit', 1_000_000, { prompt: 'next' }));
    assert.equal(reader.evidence.at(-1)?.state, 'working');
    assert.equal(reduce(reader.evidence, 1_000_100).state, 'working');
  });

  test('a look', () => {
    const reader = log(line('Stop', 1000, { last_assistant_message: 'Done.' }), lookedLine(2000));
    assert.equal(reduce(reader.evidence, 9000).state, 'idle');
  });

  test('facts', () => {
    const reader = log(line('UserPromptSubmit', 1, { prompt: 'first' }), line('Stop', 2, { last_assistant_message: 'Done.' }), line('UserPromptSubmit', 3, { prompt: '<task-notification>' }));
    assert.deepEqual(reader.facts, { cwd: '/p', transcript: '/t/s-1.jsonl', lastPrompt: 'first', lastAnswer: 'Done.' });
  });

  test('damaged lines say nothing', () => {
    const reader = new HookLog();
    for (const text of ['', '{', '7', '{"at":1}', '{"at":1,"event":"Stop","state":"flying"}', '{"at":1,"event":"Stop","state":"idle","reason":7}', '{"at":1,"event":"Stop","state":"idle","background":{}}']) reader.add(text);
    assert.deepEqual(reader.evidence, []);
  });
});
