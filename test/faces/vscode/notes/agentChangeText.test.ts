import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentChange } from '../../../../src/adapters/node/notes/agent-changes.ts';
import type { Session } from '../../../../src/core/sessions/index.ts';
import { changeText, comparisonTitle } from '../../../../src/faces/vscode/notes/agentChangeText.ts';

const NOW = 1_700_000_000_000;
const ID = '0f9e8d7c-1111-4222-8333-444455556666';
const change: AgentChange = { commit: 'c', path: '/n/deep/a.org', root: '/n', name: 'deep/a.org', session: ID, at: NOW - 3 * 3_600_000, subject: 'notes: update a', isNew: false, isUndone: false };
const seen = [{ id: ID, facts: { name: 'invoice-rounding' } }] as unknown as Session[];

const cases: readonly (readonly [what: string, change: Partial<AgentChange>, sessions: readonly Session[], description: string, title: string])[] = [
  ['a session that the list knows', {}, seen, 'changed by invoice-rounding · 3 h', 'a.org: changed by invoice-rounding'],
  ['one that it does not', {}, [], 'changed by session 0f9e8d7c · 3 h', 'a.org: changed by session 0f9e8d7c'],
  ['an id that is none', { session: 'x\ny' }, seen, 'changed by session x y · 3 h', 'a.org: changed by session x y'],
  ['a new note, taken back', { isNew: true, isUndone: true }, seen, 'created by invoice-rounding · 3 h · undone', 'a.org: created by invoice-rounding'],
];
for (const [what, more, sessions, description, title] of cases) {
  test(what, () => {
    const text = changeText({ ...change, ...more }, { sessions, folders: ['/n'], now: NOW });
    assert.deepEqual([text.description, comparisonTitle({ ...change, ...more }, sessions)], [description, title]);
    assert.match(text.detail, /^Session (0f9e8d7c-1111-4222-8333-444455556666|x y) · deep\/a\.org$/);
  });
}
