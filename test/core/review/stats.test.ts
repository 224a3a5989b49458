import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toEpoch } from '../../../src/core/review/index.ts';
import { summarise } from '../../../src/core/review/stats.ts';
import type { ReviewItem } from '../../../src/core/review/index.ts';
import type { Transition } from '../../../src/core/review/store.ts';

const now = Date.UTC(2026, 5, 30, 12);
const hour = 3_600_000;
const item = (id: string, more: Partial<ReviewItem> = {}): ReviewItem => ({
  id, state: 'todo', verified: false, evidence: undefined, path: '/p/a.ts', file: 'a.ts', range: { start: 1, end: 1 }, status: 'exact', candidates: [], quote: undefined,
  text: 'x', replies: [], summary: undefined, severity: 'should', tags: [], project: 'p', created: { year: 2026, month: 6, day: 30, hour: 9, minute: 0 }, closed: undefined, here: true,
  log: { path: '/l', line: 1 }, ...more,
});
const change = (id: string, from: Transition['from'], to: Transition['to'], at: number, by = 'user'): Transition => ({ item: id, from, to, at, by });

test('counts, shares and times', () => {
  const items = [
    item('1', { severity: 'must', tags: ['perf', 'api'] }),
    item('2', { tags: ['perf'], file: 'b.ts', status: 'moved', created: { year: 2026, month: 6, day: 26 } }),
    item('3', { status: 'orphan', created: undefined }),
    item('4', { state: 'done', verified: true }),
    item('5', { state: 'done' }),
    item('6', { state: 'wontfix' }),
  ];
  const transitions = [
    change('4', null, 'todo', now - 5 * hour), change('4', 'todo', 'done', now - 4 * hour), change('4', 'done', 'todo', now - 3 * hour), change('4', 'todo', 'done', now - 2 * hour),
    change('5', null, 'todo', now - 9 * hour), change('5', 'todo', 'done', now - 2 * hour),
    change('1', null, 'todo', now - 50 * hour, 'elsewhere'), change('6', null, 'todo', now), change('6', 'todo', 'wontfix', now),
  ];
  assert.deepEqual(summarise(items, transitions, now, () => 0), {
    total: 6,
    byState: { todo: 3, done: 2, wontfix: 1 },
    open: {
      bySeverity: { must: 1, should: 2, question: 0, nit: 0 },
      byTag: [{ name: 'perf', count: 2 }, { name: 'api', count: 1 }],
      byFile: [{ name: 'a.ts', count: 2 }, { name: 'b.ts', count: 1 }],
      byAge: { today: 1, thisWeek: 1, thisMonth: 0, older: 1 },
      byStatus: { exact: 1, moved: 1, orphan: 1 },
    },
    verifiedShare: 0.5,
    reopened: 1,
    timeToDone: { median: 5 * hour, longest: 7 * hour, count: 2 },
  });
});

test('nothing gives no shares', () => {
  const stats = summarise([], [], now, () => 0);
  assert.deepEqual([stats.verifiedShare, stats.timeToDone, stats.total], [null, null, 0]);
});

test('a wall clock counts in the zone of its day', () => {
  const berlin = (at: number) => (at >= Date.UTC(2026, 2, 29, 1) ? 120 : 60);
  assert.equal(toEpoch({ year: 2026, month: 3, day: 28, hour: 12, minute: 0 }, berlin), Date.UTC(2026, 2, 28, 11));
  assert.equal(toEpoch({ year: 2026, month: 3, day: 30, hour: 12, minute: 0 }, berlin), Date.UTC(2026, 2, 30, 10));
});
