/** Barriers, statuses and blockers. Waiting with a real clock is tested with the adapter. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addBarrier, addBlocker, arriveAt, barrierJson, claimPaths, coordinationJson, refreshWithDeaths, reportJson, resolveBlocker, setStatus, succeeded, theBarrier, type CoordinationContext } from '../../../src/core/coordination/index.ts';
import { world } from './stage.ts';

async function see(context: CoordinationContext, name: string) {
  await refreshWithDeaths(context);
  const { state, arrived, missing, reason, generation } = barrierJson(context.ledger, theBarrier(context, name));
  return { state, arrived, missing, reason, generation };
}

async function startsWaiting({ ledger, agent, actor }: CoordinationContext, name: string) {
  await ledger.refresh();
  const { generation } = theBarrier({ ledger }, name);
  const [outcome] = await ledger.append(actor, [{ type: 'coordination.waiting', agent, name, generation, waiter: `w-${agent.session}`, process: { machine: 'here', pid: 99, start: 's' } }]);
  return succeeded(outcome, undefined);
}

function crew() {
  const w = world();
  return { w, a: w.agent('a', 1), b: w.agent('b', 2), c: w.agent('c', 3) };
}

test('it opens once all have arrived; twice is once', async () => {
  const { a, b, c } = crew();
  await addBarrier(c, { name: 'x', required: ['a', 'b', 'a'] });
  await arriveAt(a, 'x');
  await arriveAt(a, 'x');
  assert.deepEqual(await see(c, 'x'), { state: 'waiting', arrived: ['a'], missing: ['b'], reason: '', generation: 1 });
  await arriveAt(b, 'x');
  assert.deepEqual(await see(c, 'x'), { state: 'open', arrived: ['a', 'b'], missing: [], reason: '', generation: 1 });
  await arriveAt(a, 'x');
});

test('any number of sessions', async () => {
  const { a, b, c } = crew();
  await addBarrier(c, { name: 'x', count: 2 });
  await arriveAt(a, 'x');
  assert.equal((await see(b, 'x')).state, 'waiting');
  await arriveAt(b, 'x');
  assert.equal((await see(a, 'x')).state, 'open');
});

test('the same name twice: the same barrier is kept, another is refused, and after its end it is the next generation', async () => {
  const { a, b } = crew();
  await addBarrier(a, { name: 'x', required: ['a', 'b'] });
  await arriveAt(a, 'x');
  await addBarrier(b, { name: 'x', required: ['b', 'a'] });
  assert.deepEqual((await see(a, 'x')).arrived, ['a']);
  await assert.rejects(addBarrier(b, { name: 'x', required: ['b'] }), { code: 'conflict', message: /waits for others \(b\)/ });
  await arriveAt(b, 'x');
  assert.deepEqual(await see(b, 'x'), { state: 'open', arrived: ['a', 'b'], missing: [], reason: '', generation: 1 });
  await addBarrier(b, { name: 'x', required: ['b'] });
  assert.deepEqual(await see(a, 'x'), { state: 'waiting', arrived: [], missing: ['b'], reason: '', generation: 2 });
});

test('it breaks when its time is up, and says who is missing', async () => {
  const { w, a, b } = crew();
  await addBarrier(a, { name: 'x', required: ['a', 'b'], deadlineSeconds: 30 });
  await arriveAt(a, 'x');
  w.now += 31_000;
  assert.deepEqual(await see(a, 'x'), { state: 'broken', arrived: ['a'], missing: ['b'], reason: 'its time is up', generation: 1 });
  await assert.rejects(arriveAt(b, 'x'), { code: 'conflict', message: /is broken: its time is up/ });
});

test('it breaks when one dies that has not arrived; who has arrived may go', async () => {
  const { w, a, b, c } = crew();
  await setStatus(b, 'in_progress');
  await addBarrier(a, { name: 'x', required: ['a', 'b', 'c'] });
  await arriveAt(a, 'x');
  w.kill(1);
  assert.equal((await see(c, 'x')).state, 'waiting');
  w.kill(2);
  assert.deepEqual(await see(c, 'x'), { state: 'broken', arrived: ['a'], missing: ['b', 'c'], reason: 'b has died', generation: 1 });
  await assert.rejects(addBarrier(c, { name: 'x', required: ['b', 'c'] }), { code: 'refused', message: /b has ended/ });
});

test('a member that is known only by its register dies, too', async () => {
  const { w, a, c } = crew();
  await addBarrier({ ...a, processOf: (session) => Promise.resolve(session === 'b' ? { machine: 'here', pid: 2, start: 's2' } : undefined) }, { name: 'x', required: ['b'] });
  w.kill(2);
  assert.equal((await see(c, 'x')).state, 'broken');
});

test('a member may arrive under a new id', async () => {
  const { w, a, b } = crew();
  await setStatus(b, 'in_progress');
  await addBarrier(a, { name: 'x', required: ['b'] });
  await arriveAt(w.agent('b-anew', 2), 'x');
  assert.equal((await see(a, 'x')).state, 'open');
});

test('who is not required is not counted', async () => {
  const { a, b } = crew();
  await addBarrier(a, { name: 'x', required: ['a'] });
  await assert.rejects(arriveAt(b, 'x'), { code: 'refused', message: /does not require b, but a/ });
  await assert.rejects(arriveAt(b, 'unknown'), { code: 'not-found' });
});

test('nobody waits in a circle: who would close it is refused', async () => {
  const { a, b, c } = crew();
  await addBarrier(a, { name: 'x', required: ['a', 'b'] });
  await addBarrier(a, { name: 'y', required: ['b', 'c'] });
  await addBarrier(a, { name: 'z', required: ['c', 'a'] });
  await assert.rejects(startsWaiting(a, 'x'), { code: 'refused', message: /arrive at it first/ });
  for (const [who, where] of [[a, 'x'], [b, 'y'], [c, 'z']] as const) await arriveAt(who, where);
  await startsWaiting(a, 'x');
  await startsWaiting(b, 'y');
  await assert.rejects(startsWaiting(c, 'z'), { code: 'refused', message: /c waits for a waits for b waits for c/ });
  await arriveAt(a, 'z');
  assert.equal((await see(c, 'z')).state, 'open');
  assert.deepEqual(reportJson(a.ledger, 'a')?.waitingFor, ['b']);
});

test('a blocker names who could help, and no circle comes of it', async () => {
  const { a, b, c } = crew();
  const id = await addBlocker(a, 'the schema', 'b');
  assert.equal(await addBlocker(a, ' the schema ', 'b'), id, 'said again, it is the same one');
  await addBlocker(b, 'the tests', 'c');
  await assert.rejects(addBlocker(c, 'the docs', 'a'), { code: 'refused', message: /c waits for a waits for b waits for c/ });
  await assert.rejects(addBlocker(c, 'myself', 'c'), { code: 'refused' });
  await assert.rejects(resolveBlocker(c, id), { code: 'refused', message: /belongs to a/ });
  await resolveBlocker(b, id);
  await assert.rejects(resolveBlocker(a, id), { code: 'not-found' });
  await addBlocker(c, 'the docs', 'a');
});

test('what a session says of itself, and the feed of it all', async () => {
  const { a, b } = crew();
  await setStatus(a, 'in_progress', 'the  parser\n');
  await claimPaths(a, { paths: ['src'], why: 'all of it' });
  const { cursor } = await b.ledger.feed(0, 100);
  await setStatus(a, 'completed');
  await b.ledger.refresh();
  const said = reportJson(b.ledger, 'a');
  assert.deepEqual([said?.status, said?.note, said?.claims], ['completed', '', ['src/']]);
  assert.deepEqual((await b.ledger.feed(0, 100)).items.map(({ what, text }) => [what, text]), [['status', 'in_progress: the parser'], ['claimed', 'src/: all of it'], ['status', 'completed']]);
  assert.deepEqual((await b.ledger.feed(cursor, 100)).items.map(({ what }) => what), ['status']);
  assert.equal((await b.ledger.feed(0, 1)).items.length, 1);
});

test('bad input is answered clearly', async () => {
  const { a } = crew();
  const wrong: [Parameters<typeof addBarrier>[1], RegExp][] = [
    [{ name: '', required: ['a'] }, /name of a barrier/],
    [{ name: 'a\nb', required: ['a'] }, /name of a barrier/],
    [{ name: 'x' }, /which sessions/],
    [{ name: 'x', required: [''] }, /required session/],
    [{ name: 'x', count: -1 }, /from 1 to/],
    [{ name: 'x', required: ['a'], count: 3 }, /not both/],
    [{ name: 'x', required: ['a'], deadlineSeconds: -5 }, /deadline/],
    [{ name: 'x', required: Array.from({ length: 101 }, (_, i) => `s${i}`) }, /at most 100/],
  ];
  for (const [request, message] of wrong) await assert.rejects(addBarrier(a, request), { code: 'invalid-input', message });
  assert.deepEqual(coordinationJson(a.ledger).barriers, []);
});
