/** What the lines of a session come to: who decided, what came of it, and how sure that is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallFold, parseEntry, type AuditEntry, type AuditKind } from '../../../src/core/audit/index.ts';

type Line = readonly [kind: AuditKind, more?: Partial<AuditEntry>];

function fold(lines: readonly Line[]) {
  const fold = new CallFold();
  lines.forEach(([kind, more], n) => fold.add({ at: n, kind, session: 's', ...(kind !== 'turn' && { tool: 'Bash', call: 'c', digest: 'd' }), ...more }, `line${n}`));
  return fold.calls;
}

const asked: Line = ['asked', { call: undefined } as unknown as Partial<AuditEntry>];
const fails = (error: string, from?: 'transcript'): Line => ['failed', { error, ...(from && { from }) }];

const cases: readonly { name: string; lines: readonly Line[]; is: readonly [decision: string, layer: string, result: string, sure: string] }[] = [
  { name: 'allowed and done', lines: [['attempt'], ['succeeded', { durationMs: 5 }]], is: ['allowed', 'none', 'ok', 'recorded'] },
  { name: 'allowed, and failed', lines: [['attempt'], fails('exit 1')], is: ['allowed', 'none', 'error', 'recorded'] },
  { name: 'under way', lines: [['attempt']], is: ['allowed', 'none', 'pending', 'recorded'] },
  { name: 'an outcome without an attempt: the matcher did not have the tool', lines: [['succeeded']], is: ['allowed', 'none', 'ok', 'recorded'] },
  { name: 'denied by the policy', lines: [['attempt', { verdict: 'denied', layer: 'policy' }]], is: ['denied', 'policy', 'none', 'recorded'] },
  { name: 'denied by a claim; the transcript repeats it', lines: [['attempt', { verdict: 'denied', layer: 'claim' }], fails('Permission to use Edit has been denied', 'transcript'), ['turn']], is: ['denied', 'claim', 'none', 'recorded'] },
  { name: 'the user is being asked', lines: [['attempt'], asked], is: ['open', 'user', 'none', 'recorded'] },
  { name: 'asked, and it ran', lines: [['attempt'], asked, ['succeeded']], is: ['granted', 'user', 'ok', 'recorded'] },
  { name: 'the policy has the user asked, and it ran', lines: [['attempt', { verdict: 'asked', layer: 'policy' }], asked, ['succeeded']], is: ['granted', 'user', 'ok', 'recorded'] },
  { name: 'asked, and it ran and failed', lines: [['attempt'], asked, fails('exit 2')], is: ['granted', 'user', 'error', 'recorded'] },
  { name: 'asked, and the turn ended', lines: [['attempt'], asked, ['turn']], is: ['refused', 'user', 'none', 'inferred'] },
  { name: 'asked, and the answer says who refused', lines: [['attempt'], asked, fails("The user doesn't want to proceed with this tool use.", 'transcript'), ['turn']], is: ['refused', 'user', 'none', 'inferred'] },
  { name: 'the classifier of the agent denies', lines: [['attempt'], ['denied', { reason: 'too dangerous' }]], is: ['denied', 'agent', 'none', 'recorded'] },
  { name: 'nothing was heard, and the turn ended', lines: [['attempt'], ['turn']], is: ['unknown', 'none', 'unknown', 'inferred'] },
  { name: 'the transcript is late', lines: [['attempt'], ['turn'], fails('Permission to use Bash with command cat .env has been denied.', 'transcript')], is: ['denied', 'agent', 'none', 'inferred'] },
  { name: 'a read that no hook saw', lines: [fails('<tool_use_error>File is in a directory that is denied by your permission settings.</tool_use_error>', 'transcript')], is: ['denied', 'agent', 'none', 'inferred'] },
  { name: 'outside of the folders', lines: [['attempt'], fails("ls in '/etc' was blocked. For security, Claude Code may only list files in the allowed working directories for this session: '/work'.", 'transcript')], is: ['denied', 'agent', 'none', 'inferred'] },
  { name: 'a mode that cannot ask', lines: [['attempt'], fails("Claude requested permissions to write to /work/c.txt, but you haven't granted it yet.", 'transcript')], is: ['denied', 'agent', 'none', 'inferred'] },
  { name: 'the transcript has what became of it', lines: [['attempt'], ['turn'], ['succeeded', { from: 'transcript' }]], is: ['allowed', 'none', 'ok', 'recorded'] },
  { name: 'the user was asked, and the transcript has what became of it', lines: [['attempt'], asked, ['turn'], ['succeeded', { from: 'transcript' }]], is: ['granted', 'user', 'ok', 'recorded'] },
  { name: 'the sandbox', lines: [['attempt'], fails('cat: /etc/shadow: Operation not permitted')], is: ['denied', 'sandbox', 'error', 'inferred'] },
  { name: 'interrupted', lines: [['attempt'], ['failed', { interrupted: true, error: 'Interrupted' }]], is: ['allowed', 'none', 'error', 'recorded'] },
  { name: 'an error that only speaks of permission is one of the command', lines: [['attempt'], fails('bash: ./x: Permission denied')], is: ['allowed', 'none', 'error', 'recorded'] },
];
for (const { name, lines, is } of cases) {
  test(name, () => {
    const calls = fold(lines);
    assert.equal(calls.length, 1);
    assert.deepEqual(calls.map(({ decision, layer, result, sure }) => [decision, layer, result, sure]), [is]);
  });
}

test('calls side by side keep apart; a question finds the attempt that it is about', () => {
  const calls = fold([
    ['attempt', { call: 'a', digest: '1' }],
    ['attempt', { call: 'b', digest: '2' }],
    ['attempt', { call: 'c', digest: '1', agentId: 'sub' }],
    ['asked', { call: undefined, digest: '1' } as unknown as Partial<AuditEntry>],
    ['succeeded', { call: 'b', digest: '2', durationMs: 7 }],
    ['succeeded', { call: 'a', digest: '1' }],
  ]);
  assert.deepEqual(calls.map(({ call, decision, durationMs }) => [call, decision, durationMs]), [['a', 'granted', undefined], ['b', 'allowed', 7], ['c', 'allowed', undefined]]);
});

test('a turn of one session ends nothing of another; a title names the session', () => {
  const fold = new CallFold();
  fold.add({ at: 0, kind: 'attempt', session: 'one', tool: 'Read', call: 'x' }, '1');
  fold.add({ at: 1, kind: 'attempt', session: 'two', tool: 'Read', call: 'x' }, '2');
  fold.add({ at: 2, kind: 'turn', session: 'two', name: 'api' }, '3');
  assert.deepEqual(fold.calls.map(({ result }) => result), ['pending', 'unknown']);
  assert.equal(fold.nameOf('two'), 'api');
  assert.equal(fold.takeChanges().length, 2);
  assert.equal(fold.takeChanges().length, 0);
});

test('lines of others are passed over', () => {
  for (const line of ['', 'x', '{', '[]', 'null', '{"at":1}', '{"at":"1","kind":"attempt","session":"s"}', '{"at":1,"kind":"bogus","session":"s"}']) assert.equal(parseEntry(line), undefined, line);
  assert.deepEqual(parseEntry('{"at":1,"kind":"attempt","session":"s","tool":7,"layer":"x","paths":[1,{"asked":"/a"}],"verdict":"denied"}'), { at: 1, kind: 'attempt', session: 's', verdict: 'denied', paths: [{ asked: '/a' }] });
});
