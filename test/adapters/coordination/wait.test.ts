/** Waiting with a real clock and a real file: woken at once, cut into slices, cancelled without a trace. */
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { openCoordination } from '../../../src/adapters/node/coordination/open.ts';
import { waitAt } from '../../../src/adapters/node/coordination/wait.ts';
import { addBarrier, arriveAt, type CoordinationContext } from '../../../src/core/coordination/index.ts';

const never = new AbortController().signal;

function crew(t: TestContext): [CoordinationContext, CoordinationContext] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-wait-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const open = (session: string) => openCoordination({ env: { HOME: folder }, scope: join(folder, 'data'), folder, worktrees: [folder], agent: { session }, actor: `session:${session}`, isUser: false });
  return [open('a'), open('b')];
}

async function waiters(context: CoordinationContext): Promise<number[]> {
  await context.ledger.refresh();
  return context.ledger.state.waiters.map(({ process }) => process.pid);
}

test('it is woken at once, and seen while it waits', { timeout: 120_000 }, async (t) => {
  const [a, b] = crew(t);
  // No poll ever comes, so that nothing but an event can wake it.
  t.mock.timers.enable({ apis: ['setInterval'] });
  await addBarrier(a, { name: 'x', required: ['b'] });
  const reports: number[] = [];
  const waiting = waitAt(a, 'x', { signal: never, pollMs: 3_600_000, onWaiting: ({ arrived }) => void reports.push(arrived.length) });
  while ((await waiters(b)).length === 0) await sleep(5);
  assert.deepEqual(await waiters(b), [process.pid]);
  await arriveAt(b, 'x');
  assert.equal((await waiting).state, 'open');
  assert.deepEqual([await waiters(b), reports], [[], [0]]);
  assert.equal((await waitAt(b, 'x', { signal: never })).state, 'open');
});

test('a slice ends with "waiting", and the next one goes on with the same generation', async (t) => {
  const [a, b] = crew(t);
  await addBarrier(a, { name: 'x', required: ['b'] });
  const slice = await waitAt(a, 'x', { signal: never, timeoutMs: 30 });
  assert.deepEqual([slice.state, slice.missing, slice.generation], ['waiting', ['b'], 1]);
  await arriveAt(b, 'x');
  await addBarrier(b, { name: 'x', required: ['b'] });
  assert.equal((await waitAt(a, 'x', { signal: never, timeoutMs: 30, generation: slice.generation })).state, 'open');
  assert.equal((await waitAt(a, 'x', { signal: never, timeoutMs: 30 })).state, 'waiting');
  assert.deepEqual(await waiters(b), []);
});

test('the deadline breaks it, a cancelled wait leaves nothing behind, and a name that nobody has is told', async (t) => {
  const [a, b] = crew(t);
  await addBarrier(a, { name: 'soon', required: ['b'], deadlineSeconds: 1 });
  const broken = await waitAt(a, 'soon', { signal: never });
  assert.deepEqual([broken.state, broken.reason, broken.missing], ['broken', 'its time is up', ['b']]);

  await addBarrier(a, { name: 'x', required: ['b'] });
  const cancel = new AbortController();
  const waiting = waitAt(a, 'x', { signal: cancel.signal });
  while ((await waiters(b)).length === 0) await sleep(5);
  cancel.abort();
  assert.equal((await waiting).state, 'cancelled');
  assert.deepEqual(await waiters(b), []);
  assert.equal((await waitAt(a, 'x', { signal: AbortSignal.abort() })).state, 'cancelled');
  await assert.rejects(waitAt(a, 'unknown', { signal: never }), { code: 'not-found' });
});
