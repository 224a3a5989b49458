/** How sessions are ordered, found, explained and given to other programs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, byNeed, explain, findSessions, nextWaiting, reduce, shortLine, toJson, type Evidence, type Session, type SessionFacts } from '../../../src/core/sessions/index.ts';
import { asks, at, finished, hook, looked, registry, title, why } from './says.ts';

function session(id: string, evidence: readonly Evidence[], facts: SessionFacts = {}, second = 100): Session {
  return { key: `process:${id}`, id, agent: 'claude', facts: { sessionId: id, ...facts }, verdict: reduce(evidence, at(second)) };
}

const waiting = (id: string, second: number) => session(id, [registry('waiting', second, why('approve', 'Bash'))]);
const all = [
  session('working', [registry('working', 1)]),
  session('idle', [finished('hook', 5), registry('idle', 5), looked(6)]),
  waiting('waits-less', 50),
  session('done', [finished('hook', 5), registry('idle', 5)]),
  session('error', [hook('error', 5, why('api'))]),
  waiting('waits-longest', 10),
  session('ended', [hook('ended', 5)]),
];

test('the neediest comes first, and of those the one that waits longest', () => {
  assert.deepEqual([...all].sort(byNeed).map(({ id }) => id), ['waits-longest', 'waits-less', 'error', 'done', 'idle', 'working', 'ended']);
  assert.deepEqual([...all].reverse().sort(byNeed), [...all].sort(byNeed));
});

test('next goes round', () => {
  const from = (current?: string) => nextWaiting(all, current && `process:${current}`)?.id;
  assert.equal(from(), 'waits-longest');
  assert.equal(from('waits-longest'), 'waits-less');
  assert.equal(from('waits-less'), 'waits-longest');
  assert.equal(from('working'), 'waits-longest');
  assert.equal(nextWaiting([waiting('only', 1)], 'process:only')?.id, 'only');
  assert.equal(nextWaiting([], 'x'), undefined);
});

test('what a word names', () => {
  const sessions = [session('31f4c002-bfbd', [], { pid: 7, name: 'api' }), session('31f4c003-aaaa', [], { pid: 8, name: 'web' }), session('77aa', [], { pid: 77, cwd: '/home/x/api' })];
  const cases: [string, string[]][] = [
    ['31f4c002-bfbd', ['31f4c002-bfbd']],
    ['31f4c003', ['31f4c003-aaaa']],
    ['31f4c00', ['31f4c002-bfbd', '31f4c003-aaaa']],
    ['31f', []],
    ['7', ['31f4c002-bfbd']],
    ['web', ['31f4c003-aaaa']],
    ['api', ['31f4c002-bfbd', '77aa']],
    ['process:77aa', ['77aa']],
    ['nothing', []],
  ];
  for (const [word, ids] of cases) assert.deepEqual(findSessions(sessions, word).map(({ id }) => id), ids, word);
});

test('an explanation names what decided, and what else was said', () => {
  const example = session('s', [registry('waiting', 90, { ...why('approve'), says: 'status waiting' }), asks(90.2), title('idle', 80)], { name: 'api' });
  assert.deepEqual(explain(example, at(100)), [
    'api waits for you (approve Bash: rm -rf build) since 10 s.',
    "So the agent's own register said status waiting 10 s ago: waiting, a permission, and a hook said so 9 s ago: waiting, approve Bash: rm -rf build.",
    'Also, the terminal title said so 20 s ago: idle.',
  ]);
  assert.match(explain(session('s', []), at(100)).join('\n'), /Nobody has said anything/);
});

test('JSON has every field of the contract, whatever is known', () => {
  const bare = toJson(session('s', []));
  assert.deepEqual(Object.keys(bare).slice(0, 16), ['id', 'agent', 'pid', 'name', 'cwd', 'state', 'reason', 'reasonKind', 'since', 'unsure', 'background', 'backgroundTasks', 'lastPrompt', 'claims', 'waitingOn', 'title']);
  assert.equal(Object.values(bare).includes(undefined as never), false);
  const full = toJson(session('s', [registry('waiting', 10, why('approve', 'Bash'))], { pid: 7, name: 'api', cwd: '/p', lastPrompt: 'go', startedAt: 8.64e15 + 1 }));
  assert.deepEqual([full.state, full.reason, full.since, full.pid, full.startedAt], ['waiting', 'approve Bash', new Date(at(10)).toISOString(), 7, '1970-01-01T00:00:00.000Z']);
});

test('ages', () => {
  const cases: [number, string][] = [[0, '0 s'], [-5, '0 s'], [59, '59 s'], [60, '1 m'], [7199, '1 h'], [90_000, '1 d']];
  for (const [seconds, words] of cases) assert.equal(age(at(0), at(seconds)), words);
});

test('a short line is one safe line', () => {
  const cases: [string, number, string][] = [
    ['  a\n\tb\u0000c\u202e d ', 99, 'a b c d'],
    ['\ud83d\ude00\ud83d\ude00\ud83d\ude00', 2, '\ud83d\ude00…'],
    ['a\ud83d', 9, 'a\ufffd'],
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
  ];
  for (const [text, max, expected] of cases) assert.equal(shortLine(text, max), expected);
});
