import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ReviewItem } from '../../../../src/core/review/index.ts';
import { closedCount, outcomesOf, parseRun, toBatch, type Fate, type FixRun, type Transition } from '../../../../src/faces/vscode/review/fixRun/run.ts';
import { item } from './items.ts';

const open = ['a', 'b', 'c'].map((id) => item({ id }));
const run: FixRun = { session: 's1', root: '/work', project: 'work', startedAt: 1000, batch: toBatch(open) };
const evidence = { tree: 't', commit: 'c', command: 'make test', durationMs: 1, at: 2000 };

test('what is no longer open is counted, removed ones included, and new comments are not', () => {
  assert.equal(closedCount(run, open), 0);
  assert.equal(closedCount(run, [item({ id: 'a', state: 'done' }), item({ id: 'b', state: 'todo' }), item({ id: 'new' })]), 2);
});

describe('the fate of a comment', () => {
  const done = (by: string, at: number): Transition => ({ item: 'a', to: 'done', at, by });
  const verified: Partial<ReviewItem> = { state: 'done', verified: true, evidence };
  const cases: { name: string; now: Partial<ReviewItem> | undefined; transitions?: Transition[]; fate: Fate }[] = [
    { name: 'done by the agent, with evidence', now: verified, transitions: [done('session:s1', 2000)], fate: 'fixed' },
    { name: 'done by the user', now: verified, transitions: [done('user', 2000)], fate: 'doneByOthers' },
    { name: 'done by another session', now: verified, transitions: [done('session:s2', 2000)], fate: 'doneByOthers' },
    { name: 'done by the agent, reopened, and done by the user', now: verified, transitions: [done('session:s1', 2000), { item: 'a', to: 'todo', at: 2100, by: 'user' }, done('user', 2200)], fate: 'doneByOthers' },
    { name: 'done by the same agent before this run', now: verified, transitions: [done('session:s1', 900)], fate: 'doneByOthers' },
    { name: 'DONE written into the log', now: { state: 'done' }, transitions: [done('session:s1', 2000)], fate: 'unverified' },
    { name: 'declined', now: { state: 'wontfix' }, fate: 'wontfix' },
    { name: 'still open', now: {}, fate: 'open' },
    { name: 'gone', now: undefined, fate: 'removed' },
  ];
  for (const { name, now, transitions = [], fate } of cases) {
    test(`${name}: ${fate}`, () => {
      const items = now === undefined ? [] : [item({ id: 'a', ...now })];
      const [outcome] = outcomesOf(run, items, transitions);
      assert.equal(outcome?.fate, fate);
      assert.equal(outcome.comment.id, 'a');
    });
  }
});

test('a run survives JSON, and what is no run is none', () => {
  assert.deepEqual(parseRun(JSON.parse(JSON.stringify(run))), run);
  for (const value of [undefined, null, 'run', {}, { ...run, session: 1 }, { ...run, batch: {} }]) assert.equal(parseRun(value), undefined);
});
