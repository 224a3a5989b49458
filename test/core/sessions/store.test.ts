/** State changes in the journal: every window reports them, and each counts once. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { changeEvent, reduce, sessionsProjection, sessionTransitions, type Session, type SessionState } from '../../../src/core/sessions/index.ts';
import { journalAt, temporaryFolder, testStore } from '../storage/fixture.ts';
import { registry, why } from './says.ts';

type Report = readonly [from: SessionState | null, to: SessionState, since: number];
const cases: [name: string, reports: readonly Report[], kept: string][] = [
  ['one window', [[null, 'idle', 1], ['idle', 'working', 2], ['working', 'waiting', 3]], 'idle working waiting'],
  ['two windows, side by side', [[null, 'idle', 1], [null, 'idle', 1], ['idle', 'working', 2], ['idle', 'working', 2]], 'idle working'],
  ['two windows, one late', [[null, 'idle', 1], ['idle', 'working', 2], ['working', 'waiting', 3], ['idle', 'working', 2], ['working', 'waiting', 3]], 'idle working waiting'],
  ['two windows that saw it at slightly different times', [[null, 'idle', 1], ['idle', 'working', 20], ['idle', 'working', 22], ['working', 'waiting', 30], ['working', 'waiting', 33]], 'idle working waiting'],
  ['a window that opens later', [[null, 'idle', 1], ['idle', 'working', 2], [null, 'working', 2], ['working', 'done', 5]], 'idle working done'],
  ['the clock was set back', [[null, 'idle', 100], ['idle', 'working', 5], ['working', 'waiting', 6], ['working', 'waiting', 6]], 'idle working waiting'],
  ['to and fro', [[null, 'working', 1], ['working', 'waiting', 2], ['waiting', 'working', 3], ['working', 'waiting', 4]], 'working waiting working waiting'],
];
for (const [name, reports, kept] of cases) {
  test(name, async (t) => {
    const store = await testStore(t, journalAt(join(temporaryFolder(t), 'journal.jsonl')), { projections: [sessionsProjection] });
    for (const [from, to, since] of reports) await store.append([{ type: 'sessions.changed', by: 'user', session: 's', agent: 'claude', from, to, reason: 'r', since }]);
    const transitions = sessionTransitions(store.db, 's');
    assert.equal(transitions.map(({ to }) => to).join(' '), kept);
    assert.deepEqual(transitions.map(({ from }) => from).slice(1), transitions.map(({ to }) => to).slice(0, -1), 'a chain');
    assert.deepEqual(sessionTransitions(store.db, 'other'), []);
    assert.deepEqual(sessionTransitions(store.db), transitions);
  });
}

test('an event says from what to what, why and since when; of no change there is none', () => {
  const session: Session = { key: 'k', id: 's', agent: 'claude', facts: {}, verdict: reduce([registry('waiting', 3, why('approve', 'Bash'))], Number.MAX_SAFE_INTEGER) };
  const since = session.verdict.since;
  assert.deepEqual(changeEvent(session, 'working', 'user'), { type: 'sessions.changed', by: 'user', session: 's', agent: 'claude', from: 'working', to: 'waiting', reason: 'approve Bash', since });
  assert.equal(changeEvent(session, undefined, 'user')?.from, null);
  assert.equal(changeEvent(session, 'waiting', 'user'), undefined);
});
