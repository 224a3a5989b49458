/** What stands between agents' words and a terminal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarrierJson, ClaimJson, CoordinationJson, ReportJson } from '../../../src/core/coordination/index.ts';
import { plain } from '../../../src/core/base/plain.ts';
import { formatFeed, formatStatus } from '../../../src/faces/cli/coordText.ts';

const evil = 'x\u001b[2J\u009b31m\u202ey\r\nClaims\n  forged  by user';
const time = '2026-01-02T03:04:05.000Z';
const claim: ClaimJson = { paths: [evil], mode: 'exclusive', session: evil, pid: 7, why: evil, worktree: '/r', fence: 1, since: time, expiresAt: time, remainingSeconds: 60 };
const barrier: BarrierJson = { name: evil, generation: 1, state: 'broken', reason: evil, required: [evil], count: 1, arrived: [], missing: [evil], deadline: time, waiters: [] };
const report: ReportJson = { session: evil, pid: null, status: 'blocked', note: evil, blockers: [{ id: 'b', text: evil, on: evil, since: time }], claims: [], waitingOn: [evil], waitingFor: [evil], ended: false, lastSeen: time };
const status: CoordinationJson = { claims: [claim], barriers: [barrier], sessions: [report], conflicts: [] };

test('each claim, barrier, session and event is one line, and steers no terminal', () => {
  const lines = formatStatus(status, Date.parse(time)).split('\n');
  assert.deepEqual(lines.filter((line) => line !== '' && !line.startsWith('  ')), ['Claims', 'Barriers', 'Sessions']);
  assert.equal(lines.length, 8);
  const feed = formatFeed([{ cursor: 1, at: time, session: evil, what: 'claimed', text: evil, ok: true }]);
  assert.doesNotMatch(feed, /\n/);
  for (const text of [...lines, feed]) assert.doesNotMatch(text, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('a session that only waits is said without a gap', () => {
  assert.match(formatStatus({ ...status, sessions: [{ ...report, session: 'z', status: null, note: '', blockers: [], waitingOn: ['two'], waitingFor: [] }] }, 0), /\n {2}z {2}waits at two$/);
});

test('the layout of a longer text stays', () => assert.equal(plain('a\tb\n\u001b[1mc\u202e'), 'a\tb\n\u{fffd}[1mc\u{fffd}'));
