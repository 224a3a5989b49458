/** Whatever happens in whatever order: everybody agrees, and no two hold the same thing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addBarrier, apply, arriveAt, claimPaths, emptyState, refreshWithDeaths, releasePaths, remainingOf, sameAgent, overlaps, type CoordinationContext, type StateCache } from '../../../src/core/coordination/index.ts';
import { loadState, saveState } from '../../../src/core/coordination/cache.ts';
import { isWheelhouseError } from '../../../src/core/base/errors.ts';
import { world, type World } from './stage.ts';

type Step =
  | { readonly do: 'claim'; readonly who: number; readonly paths: string[]; readonly mode: 'exclusive' | 'shared'; readonly ttl: number }
  | { readonly do: 'release'; readonly who: number; readonly path: string }
  | { readonly do: 'all' | 'kill' | 'look' | 'arrive' | 'barrier'; readonly who: number }
  | { readonly do: 'time'; readonly ms: number };

const who = fc.integer({ min: 0, max: 3 });
const path = fc.constantFrom('src', 'src/a.ts', 'src/b.ts', 'src/*.ts', '**/a.ts', 'src/lib', 'x', 'y');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('claim' as const), who, paths: fc.array(path, { minLength: 1, maxLength: 3 }), mode: fc.constantFrom('exclusive', 'shared'), ttl: fc.integer({ min: 1, max: 100 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), who, path }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('all' as const, 'kill' as const, 'look' as const, 'arrive' as const, 'barrier' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('time' as const), ms: fc.constantFrom(1000, 30_000, 90_000, -50, -3_600_000) }) },
);

async function take(w: World, agents: CoordinationContext[], one: Step): Promise<void> {
  if (one.do === 'time') {
    w.now += one.ms;
    return;
  }
  const agent = agents[one.who]!;
  if (one.do === 'claim') await claimPaths(agent, { paths: one.paths, mode: one.mode, ttlSeconds: one.ttl });
  else if (one.do === 'release') await releasePaths(agent, [one.path]);
  else if (one.do === 'all') await releasePaths(agent, 'all');
  else if (one.do === 'look') await refreshWithDeaths(agent);
  else if (one.do === 'barrier') await addBarrier(agent, { name: 'meet', required: ['s0', 's1', 's2'], deadlineSeconds: 60 });
  else if (one.do === 'arrive') await arriveAt(agent, 'meet');
  else w.kill(one.who);
}

test('any interleaving: one state for all, no two holders of one file, the cache changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const w = world();
      const agents = [0, 1, 2, 3].map((pid) => w.agent(`s${pid}`, pid));
      // Up to three of them at once, as far as one process can do that.
      for (let i = 0; i < steps.length; i += 3) {
        const results = await Promise.allSettled(steps.slice(i, i + 3).map((one) => take(w, agents, one)));
        for (const result of results) if (result.status === 'rejected' && !isWheelhouseError(result.reason)) throw result.reason;
      }
      for (const { ledger } of agents) await ledger.refresh();
      const folded = emptyState();
      for (const entry of w.journal.entries) apply(folded, entry);
      for (const { ledger } of agents) assert.deepEqual(ledger.state, folded);

      const { elapsed } = folded.time;
      const live = folded.claims.filter((claim) => remainingOf(claim, elapsed) > 0);
      for (const a of live) {
        for (const b of live) {
          if (a === b || sameAgent(a.agent, b.agent) || (a.mode === 'shared' && b.mode === 'shared')) continue;
          assert(!a.targets.some((x) => b.targets.some((y) => overlaps(x, y))), 'two hold the same');
        }
      }
      const fences = folded.claims.map(({ fence }) => fence);
      assert.deepEqual(fences, [...new Set(fences)].sort((a, b) => a - b));

      let text: string | undefined;
      const cache: StateCache = { load: () => text, save: (saved) => void (text = saved) };
      await saveState(cache, w.journal, { state: folded, position: w.journal.entries.length });
      assert.deepEqual((await loadState(cache, w.journal))?.state, folded);
    }),
    { seed: 7, numRuns: 150 },
  );
});

test('lines of other versions and damage are passed over', () => {
  const state = emptyState();
  const agent = { session: 'a' };
  const lines = [
    { type: 'coordination.unknown', agent },
    { type: 'coordination.claimed', agent },
    { type: 'coordination.claimed', agent, targets: [{ kind: 'planet', path: 'x' }], mode: 'exclusive', ttl: 1, why: '', worktree: '/' },
    { type: 'coordination.claimed', agent: { session: 5 }, targets: [], mode: 'exclusive', ttl: 1, why: '', worktree: '/' },
    { type: 'coordination.ended', processes: [null] },
    { type: 'coordination.toString', agent },
    { type: 'review.anchored' },
  ];
  for (const [index, line] of lines.entries()) assert.equal(apply(state, { event: { id: `${index}`, at: 1, by: 'x', ...line }, position: index }), undefined, JSON.stringify(line));
  assert.deepEqual(state, emptyState());
});
