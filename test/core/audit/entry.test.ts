/** What is kept of an event: redacted, shortened, and nothing that it says is believed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditCsv, auditMatcher, entryOf, parseSince, untoldResults, type AuditCall, type EntryTools } from '../../../src/core/audit/index.ts';
import { redact } from '../../../src/core/prompts/light.ts';

const tools: EntryTools = {
  redact,
  resolve: (folder, path) => (path.startsWith('/') ? path : `${folder}/${path}`),
  realPath: (path) => (path.endsWith('link') ? '/work/.env' : path),
};
const before = (tool_name: string, tool_input: unknown, more: Record<string, unknown> = {}) => entryOf({ hook_event_name: 'PreToolUse', session_id: 's', cwd: '/work', tool_use_id: 't', tool_name, tool_input, ...more }, 5, tools);

test('an attempt: who, what, where to', () => {
  const { digest, ...entry } = before('Read', { file_path: 'link' }, { agent_id: 'a1', agent_type: 'Explore', permission_mode: 'plan' }) ?? { digest: '' };
  assert.deepEqual(entry, {
    at: 5, kind: 'attempt', session: 's', agentId: 'a1', agentType: 'Explore', mode: 'plan', call: 't', tool: 'Read', cwd: '/work',
    paths: [{ asked: '/work/link', real: '/work/.env' }], input: '{"file_path":"link"}', verdict: 'allowed',
  });
  assert.equal(digest?.length, 16);
});

const secrets: readonly [name: string, tool: string, input: unknown, secret: string][] = [
  ['in a command', 'Bash', { command: 'curl -H "Authorization: Bearer abc123DEF456ghi789JKL012" x' }, 'abc123DEF456'],
  ['a token of a known form', 'Bash', { command: `echo ghp_${'a1B2'.repeat(9)}` }, 'a1B2a1B2'],
  ['that only its field names', 'mcp__db__connect', { user: 'me', password: 'hunter2-0451!' }, 'hunter2'],
  ['deep inside', 'X', { a: { b: [{ c: 'DB_PASSWORD=s3cr3t-Passw0rd' }] } }, 's3cr3t'],
  ['at the place where the text is cut', 'Write', { file_path: '/x', content: `${'x'.repeat(190)} API_KEY=zXcVbNm1234567890qwerty` }, 'zXcVbNm'],
];
for (const [name, tool, input, secret] of secrets) {
  test(`no secret is kept: ${name}`, () => {
    const kept = JSON.stringify(before(tool, input));
    assert(!kept.includes(secret), kept);
    assert.match(kept, /redacted|characters/);
  });
}

const hostile: readonly [name: string, event: Record<string, unknown>][] = [
  ['nothing', {}],
  ['no session', { hook_event_name: 'PreToolUse' }],
  ['another event', { hook_event_name: 'Notification', session_id: 's' }],
  ['a name of Object', { hook_event_name: 'constructor', session_id: 's' }],
  ['numbers', { hook_event_name: 7, session_id: 8 }],
];
for (const [name, event] of hostile) test(`no entry: ${name}`, () => assert.equal(entryOf(event, 1, tools), undefined));

test('whatever the input is, the entry is small', () => {
  const deep: unknown[] = [];
  let at = deep;
  for (let i = 0; i < 500; i++) at.push((at = []));
  const inputs: unknown[] = [undefined, null, 7, 'text', [], { file_path: 'x'.repeat(10_000_000), command: 'y'.repeat(10_000_000) }, Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, 'v'.repeat(50)])), { paths: Array.from({ length: 100_000 }, (_, i) => `/f${i}`) }, deep, { file_path: { toString: 7 } }, { text: '\ud83d'.repeat(1000) }];
  for (const input of inputs) assert(JSON.stringify(before('T'.repeat(1e6), input, { agent_id: 'z'.repeat(1e6), permission_mode: {}, tool_use_id: 'q'.repeat(1e6) })).length < 12_000);
});

test('addresses are no paths', () => assert.equal(before('WebFetch', { path: 'https://example.org/a' })?.paths, undefined));

test('results that only the transcript has', () => {
  const use = (id: string, name: string) => JSON.stringify({ timestamp: '2026-03-14T12:00:00Z', message: { content: [{ type: 'tool_use', id, name, input: { file_path: '/work/.env' } }] } });
  const result = (id: string, more: object) => JSON.stringify({ timestamp: '2026-03-14T12:00:01Z', message: { content: [{ type: 'tool_result', tool_use_id: id, ...more }] } });
  const lines = [use('a', 'Read'), result('a', { is_error: true, content: 'denied' }), use('b', 'Read'), result('b', { content: 'fine' }), use('c', 'Bash'), result('c', { is_error: true, content: [{ type: 'text', text: 'no' }, null] }), '{"tool_', result('d', { is_error: true, content: 'whose?' })];
  const found = (settled: string[], since = 0, attempted: string[] = []) => untoldResults(lines, { settled: new Set(settled), attempted: new Set(attempted) }, since).map(({ call, tool, error }) => [call, tool, error]);
  assert.deepEqual(found([]), [['a', 'Read', 'denied'], ['c', 'Bash', 'no\n']]);
  assert.deepEqual(found(['a']), [['c', 'Bash', 'no\n']]);
  assert.deepEqual(found(['a', 'c'], 0, ['b']), [['b', 'Read', undefined]], 'its hook was killed');
  assert.deepEqual(found([], Date.parse('2026-03-14T13:00:00Z')), []);
});

const now = Date.parse('2026-03-14T12:00:00');
const sinces: readonly [text: string, at: number | undefined][] = [
  ['30m', now - 1_800_000], ['2h', now - 7_200_000], ['7d', now - 7 * 86_400_000], ['2026-03-14', Date.parse('2026-03-14T00:00')], ['2026-03-14T10:00Z', Date.parse('2026-03-14T10:00Z')],
  ['', undefined], ['yesterday', undefined], ['-1d', undefined], ['2026-13-45', undefined],
];
for (const [text, at] of sinces) test(`since ${JSON.stringify(text)}`, () => assert.equal(parseSince(text, now), at));

test('a filter finds by words in any part; a spreadsheet is given no formulas', () => {
  const call: AuditCall = { id: 'i', at: 0, session: 'abcdef', name: 'api', tool: 'Bash', paths: [], command: '=HYPERLINK("x")\n"two"', decision: 'denied', layer: 'policy', sure: 'recorded', reason: 'Secrets', result: 'none' };
  assert(auditMatcher({ text: 'secrets HYPER', session: 'abc', decisions: ['denied'], tool: 'Bash' })(call));
  for (const filter of [{ text: 'nowhere' }, { session: 'x' }, { decisions: ['allowed'] as const }, { tool: 'Read' }, { since: 1 }, { marked: true }]) assert(!auditMatcher(filter)(call), JSON.stringify(filter));
  assert.match(auditCsv([call]), /^at,session,.*\r\n1970-01-01T00:00:00\.000Z,abcdef,api,,Bash,,"'=HYPERLINK\(""x""\)\n""two""",denied,policy,recorded,Secrets,,none,,,,\r\n$/);
});
