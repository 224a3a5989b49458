import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contextGrowth, readUsageLine, type UsageRow } from '../../../../src/core/prompts/beyond/index.ts';

let message = 0;
const row = (at: number, read: number, output: number, part: Partial<UsageRow> = {}): UsageRow => ({ session: 's', at, message: `m${message++}`, model: 'opus', input: 2, cacheRead: read - 2, cacheCreation: 0, output, ...part });
const asked = (...times: number[]) => times.map((at) => ({ key: `p${at}`, at, session: 's' }));

/** By prompt: tokens before and after, and answers. */
const cases: [name: string, prompts: { key: string; at: number; session: string }[], rows: UsageRow[], growth: Record<string, [before: number, after: number, answers: number]>][] = [
  ['one after the other', asked(1000, 60_000), [row(3000, 100, 10), row(63_000, 130, 20)], { p1000: [0, 110, 1], p60000: [110, 150, 1] }],
  ['tool calls belong to the prompt that began them', asked(1000, 60_000), [row(3000, 100, 10), row(5000, 140, 5), row(9000, 200, 8), row(61_000, 210, 1)], { p1000: [0, 208, 3], p60000: [208, 211, 1] }],
  ['an answer after minutes is still an answer', asked(1000), [row(400_000, 100, 10)], { p1000: [0, 110, 1] }],
  ['the answer just before a prompt is not its own', asked(1000, 20_000), [row(3000, 100, 10), row(19_500, 120, 10), row(28_000, 150, 5)], { p1000: [0, 130, 2], p20000: [130, 155, 1] }],
  ['an answer that grows is one', asked(1000), [row(3000, 100, 1, { message: 'x' }), row(3500, 100, 10, { message: 'x' }), row(3400, 100, 7, { message: 'x' })], { p1000: [0, 110, 1] }],
  ['a prompt without an answer', asked(1000, 2000), [row(3000, 100, 10)], { p2000: [0, 110, 1] }],
  ['after a compaction there is less', asked(1000, 60_000), [row(3000, 150_000, 10), row(63_000, 20_000, 20)], { p1000: [0, 150_010, 1], p60000: [150_010, 20_020, 1] }],
  ['of other sessions nothing counts', asked(1000), [row(3000, 100, 10), row(4000, 900, 10, { session: 'other' })], { p1000: [0, 110, 1] }],
  ['prompts of unknown sessions get nothing', [{ key: 'p', at: 1, session: '' }], [row(3000, 100, 10)], {}],
  ['a prompt that was not told of leaves its answer to the one before', asked(1000), [row(3000, 100, 10), row(9_000_000, 300, 10)], { p1000: [0, 310, 2] }],
  ['a history that begins in the middle', asked(60_000), [row(3000, 100, 10), row(63_000, 130, 20)], { p60000: [110, 150, 1] }],
  ['in any order', asked(60_000, 1000), [row(63_000, 130, 20), row(3000, 100, 10)], { p1000: [0, 110, 1], p60000: [110, 150, 1] }],
];
describe('context growth', () => {
  for (const [name, prompts, rows, growth] of cases) {
    test(name, () => assert.deepEqual(Object.fromEntries(Array.from(contextGrowth(prompts, rows), ([key, { before, after, answers }]) => [key, [before, after, answers]])), growth));
  }
  test('in percent, with what was written for it', () => {
    const all = contextGrowth(asked(1000, 60_000), [row(3000, 190, 10), row(61_000, 240, 10), row(62_000, 260, 40, { model: 'haiku' })]);
    assert.deepEqual(all.get('p60000'), { before: 200, after: 300, growth: 100, percent: 50, output: 50, answers: 2, model: 'haiku' });
    assert.equal(all.get('p1000')?.percent, undefined);
  });
});

const usage = { input_tokens: 3, cache_read_input_tokens: 100, cache_creation_input_tokens: 20, output_tokens: 7 };
const line = (part: object, inside: object = {}) => JSON.stringify({ type: 'assistant', timestamp: '2026-01-02T03:04:05.678Z', sessionId: 'old', message: { id: 'msg_1', model: 'opus', usage, ...inside }, ...part });
const told = { session: 'file', at: Date.UTC(2026, 0, 2, 3, 4, 5, 678), message: 'msg_1', model: 'opus', input: 3, cacheRead: 100, cacheCreation: 20, output: 7 };
const lines: [name: string, line: string, row: UsageRow | undefined][] = [
  ['an answer; the file names the session, not the line', line({}), told],
  ['an answer without an id', line({ uuid: 'u' }, { id: undefined }), { ...told, message: 'u' }],
  ['fields that are missing count nothing', line({}, { usage: { input_tokens: 3 } }), { ...told, cacheRead: 0, cacheCreation: 0, output: 0 }],
  ['a subagent', line({ isSidechain: true }), undefined],
  ['an error of the service', line({ isApiErrorMessage: true }), undefined],
  ['a message of the client', line({}, { model: '<synthetic>' }), undefined],
  ['a prompt', JSON.stringify({ type: 'user', message: { content: '"usage"' } }), undefined],
  ['no time', line({ timestamp: 'soon' }), undefined],
  ['nothing read', line({}, { usage: { input_tokens: 0, output_tokens: 9 } }), undefined],
  ['numbers that are none', line({}, { usage: { ...usage, input_tokens: '3', output_tokens: -1, cache_creation_input_tokens: null } }), { ...told, input: 0, cacheCreation: 0, output: 0 }],
  ['half a line', line({}).slice(0, -5), undefined],
  ['another thing', '["usage"]', undefined],
];
describe('lines of transcripts', () => {
  for (const [name, text, expected] of lines) test(name, () => assert.deepEqual(readUsageLine(text, 'file'), expected));
});
