/** What Codex's app server says of a thread; in the format of Codex 0.169.0. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCodexThread, reasonText } from '../../../src/core/sessions/index.ts';

const thread = (more: object = {}) => ({
  id: 't1', cwd: '/p', path: '/h/sessions/rollout-1.jsonl', createdAt: 1_760_000_000, updatedAt: 1_760_000_050, recencyAt: 1_760_000_060,
  preview: 'tidy up', name: null, model: 'gpt-5', cliVersion: '0.169.0', gitInfo: { branch: 'main' }, parentThreadId: null, ephemeral: false, status: { type: 'idle' }, ...more,
});

describe('its state', () => {
  const cases: [name: string, status: unknown, said: string][] = [
    ['idle', { type: 'idle' }, 'idle'],
    ['working', { type: 'active', activeFlags: [] }, 'working'],
    ['working, without flags', { type: 'active' }, 'working'],
    ['a permission', { type: 'active', activeFlags: ['waitingOnApproval'] }, 'waiting a permission'],
    ['a question', { type: 'active', activeFlags: ['waitingOnUserInput'] }, 'waiting a question'],
    ['a question and a permission', { type: 'active', activeFlags: ['waitingOnApproval', 'waitingOnUserInput'] }, 'waiting a question'],
    ['a flag that is not known', { type: 'active', activeFlags: ['thinkingHard', 7, null] }, 'working'],
    ['an error', { type: 'systemError' }, 'error an API error'],
    ['not loaded', { type: 'notLoaded' }, ''],
    ['none', undefined, ''],
    ['another kind of thing', 'idle', ''],
    ['a list', ['active'], ''],
  ];
  for (const [name, status, said] of cases) {
    test(name, () => {
      const opinion = readCodexThread(thread({ status }))?.opinion;
      assert.equal(opinion === undefined ? '' : `${opinion.state} ${reasonText(opinion.reason)}`.trim(), said);
    });
  }
});

test('its facts', () => {
  const read = readCodexThread(thread({ name: 'Tidy\u001b[31m\nall' }));
  assert.deepEqual(read?.facts, { sessionId: 't1', agent: 'codex', startedAt: 1_760_000_000_000, cwd: '/p', name: 'Tidy [31m all', title: 'tidy up', model: 'gpt-5', version: '0.169.0', branch: 'main', transcript: '/h/sessions/rollout-1.jsonl' });
  assert.deepEqual([read.createdAt, read.usedAt, read.rollout], [1_760_000_000_000, 1_760_000_060_000, '/h/sessions/rollout-1.jsonl']);
  assert.equal(readCodexThread(thread({ recencyAt: null }))?.usedAt, 1_760_000_050_000);
});

test('what is no thread of the user', () => {
  for (const other of [undefined, null, 7, 't1', [], {}, { id: 7 }, { id: '' }, thread({ ephemeral: true }), thread({ parentThreadId: 't0' })]) {
    assert.equal(readCodexThread(other), undefined, JSON.stringify(other));
  }
});

test('hostile types are left out', () => {
  assert.deepEqual(readCodexThread({ id: 't1', cwd: 7, name: [], preview: {}, model: null, gitInfo: 'x', path: 1, createdAt: 'x', updatedAt: NaN, status: 7 }), { id: 't1', facts: { sessionId: 't1', agent: 'codex', startedAt: 0 }, createdAt: 0, usedAt: 0, rollout: undefined, opinion: undefined });
});
