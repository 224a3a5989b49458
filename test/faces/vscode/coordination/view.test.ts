import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addBarrier, addBlocker, arriveAt, claimPaths, coordinationJson, setStatus } from '../../../../src/core/coordination/index.ts';
import { needsOf, standingOf } from '../../../../src/faces/vscode/coordination/view.ts';
import { world } from '../../../core/coordination/stage.ts';

test('what stands in a repository, as the page shows it', async () => {
  const w = world();
  const [a, b, c] = [w.agent('a', 1), w.agent('b', 2), w.agent('c', 3)];
  await claimPaths(a, { paths: ['src/a.ts', 'src/b.ts'], why: 'a rewrite' });
  await assert.rejects(claimPaths(b, { paths: ['src/a.ts'] }));
  await setStatus(b, 'blocked', 'needs a');
  await addBlocker(b, 'the schema', 'c');
  await addBarrier(a, { name: 'all', required: ['a', 'c'] });
  await arriveAt(c, 'all');
  await addBarrier(a, { name: 'some', count: 2 });
  const process = { machine: 'here', pid: 3, start: 's3' };
  for (const name of ['all', 'some']) await c.ledger.append('session:c', [{ type: 'coordination.waiting', agent: c.agent, name, generation: 1, waiter: name, process }]);
  await a.ledger.refresh();
  const view = standingOf(coordinationJson(a.ledger), new Map([['a', { name: 'alpha', state: 'working' }]]));
  assert.deepEqual(view.sessions.map(({ id, name, seen, status, note, paths }) => [id, name, seen, status, note, paths.map(({ path }) => path)]), [['a', 'alpha', 'working', null, '', ['src/a.ts', 'src/b.ts']], ['b', 'b', '', 'blocked', 'needs a', []]]);
  assert.deepEqual(view.waits, [
    { from: 'c', to: 'a', kind: 'barrier', because: 'all' },
    { from: 'c', to: 'some', kind: 'barrier', because: 'some' },
    { from: 'b', to: 'c', kind: 'blocker', because: 'the schema' },
  ]);
  assert.deepEqual([view.names, view.seen], [{ a: 'alpha', b: 'b', c: 'c' }, ['a']]);
  assert.deepEqual(view.conflicts.map(({ session, holder, path, how }) => [session, holder, path, how]), [['b', 'a', 'src/a.ts', 'claim']]);
  const json = coordinationJson(a.ledger);
  const conflictAt = Date.parse(json.conflicts[0]?.at ?? '');
  assert.deepEqual([needsOf(json, conflictAt), needsOf(json, conflictAt + 3_600_000)], [{ waiting: 2, conflicts: 1 }, { waiting: 2, conflicts: 0 }]);
  assert.deepEqual(view.barriers.map(({ name, missing, waiters }) => [name, missing, waiters.map(({ session }) => session)]), [['all', ['a'], ['c']], ['some', [], ['c']]]);
});

test('of barriers that are over the latest five stay, those that are waited at come first', async () => {
  const w = world();
  const a = w.agent('a', 1);
  for (let i = 0; i < 8; i++) {
    await addBarrier(a, { name: `b${i}`, required: ['a'] });
    if (i !== 3) await arriveAt(a, `b${i}`);
  }
  const view = standingOf(coordinationJson(a.ledger), new Map());
  assert.deepEqual(view.barriers.map(({ name }) => name), ['b3', 'b7', 'b6', 'b5', 'b4', 'b2']);
});
