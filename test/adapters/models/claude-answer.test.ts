import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClaudeOutput } from '../../../src/adapters/node/models/claude-answer.ts';

const delta = (text: string) => ({ type: 'stream_event', event: { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } });
const said = (text: string, model = 'claude-opus-4-8') => ({ type: 'assistant', message: { model, role: 'assistant', content: [{ type: 'text', text }] } });
const result = (more: object) => ({ type: 'result', subtype: 'success', is_error: false, result: '', stop_reason: 'end_turn', total_cost_usd: 0.001, usage: { input_tokens: 100, cache_read_input_tokens: 20, output_tokens: 7 }, ...more });
const failed = (error: string, text: string, more: object = {}) => [
  { ...said(text, '<synthetic>'), error },
  result({ is_error: true, result: text, ...more }),
];

function read(lines: readonly unknown[], pieceLength = 1_000_000) {
  const heard: string[] = [];
  const output = new ClaudeOutput((piece) => heard.push(piece));
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  for (let at = 0; at < text.length; at += pieceLength) output.add(text.slice(at, at + pieceLength));
  return { heard, answer: () => output.answer() };
}

for (const pieceLength of [1, 7, 1_000_000]) {
  test(`an answer is read however the output is torn (${pieceLength})`, () => {
    const { heard, answer } = read(
      [{ type: 'system', subtype: 'init' }, 'noise', '{broken', 'null', '{"type":null}', delta('one '), { type: 'stream_event', event: { type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'hm' } } }, delta('zwei'), said('one zwei'), result({})],
      pieceLength,
    );
    assert.deepEqual(answer(), { text: 'one zwei', model: 'claude-opus-4-8', tokens: { input: 120, output: 7 }, costUsd: 0.001 });
    assert.deepEqual(heard, ['one ', 'zwei']);
  });
}

test('an answer that the client let go on is one text', () => {
  assert.equal(read([said('one '), said('two'), result({ result: 'two' })]).answer()?.text, 'one two');
});

test('without a result there is no answer', () => {
  assert.equal(read([delta('one'), said('one')]).answer(), undefined);
});

const failures: [name: string, lines: unknown[], message: RegExp][] = [
  ['not logged in', failed('authentication_failed', 'Not logged in · Please run /login'), /^Claude Code is not logged in\. Run `claude` in a terminal, log in there, and try again\. It said: “Not logged in · Please run \/login”$/],
  ['limit', failed('rate_limit', 'API Error: Request rejected (429) · x', { api_error_status: 429 }), /^The usage limit of Claude Code is reached\. Try again later/],
  ['overloaded', failed('overloaded', 'API Error: Repeated 529 Overloaded errors.'), /overloaded\. Try again in a few minutes/],
  ['refused', failed('unknown', 'API Error: unable to respond', { stop_reason: 'refusal' }), /^The model declined to answer this\. Choose other material/],
  ['budget', [said('x'), result({ is_error: true, subtype: 'error_max_budget_usd', result: undefined })], /more than the budget of your settings\. Raise the budget, or ask for less at once\.$/],
  ['told by an attempt', [{ type: 'system', subtype: 'api_retry', attempt: 1, error: 'model_not_found' }, result({ is_error: true, result: 'no' })], /does not know the model of your settings/],
  ['too long', failed('max_output_tokens', 'exceeded the 64000 output token maximum'), /cut off\. Ask for less/],
  ['billing', failed('billing_error', 'no credit'), /plan and payment/],
  ['anything else', failed('unknown', 'API Error: 400 x'), /could not answer\. Try again; .* It said: “API Error: 400 x”$/],
];
for (const [name, lines, message] of failures) {
  test(`failure: ${name}`, () => {
    assert.throws(read(lines).answer, { name: 'WheelhouseError', code: 'refused', message });
  });
}
