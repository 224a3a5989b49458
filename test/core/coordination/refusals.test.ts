/** What sessions wanted of each other, and what a person does about it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addBarrier, arriveAt, breakBarrierAt, breakClaim, checkTargets, claimPaths, coordinationJson, editRefusal } from '../../../src/core/coordination/index.ts';
import { world } from './stage.ts';

function crew() {
  const w = world();
  return { w, a: w.agent('a', 1), b: w.agent('b', 2), c: w.agent('c', 3), user: w.agent('user', undefined, { isUser: true, actor: 'user' }) };
}

test('a refusal is remembered once a minute, by whom and of whom, and a busy one does not fill the journal', async () => {
  const { w, a, b, c } = crew();
  await claimPaths(a, { paths: ['src', 'docs/one.md'] });
  const lines = w.journal.entries.length;
  const wants = (paths: string[]) => assert.rejects(claimPaths(b, { paths }), { code: 'refused' });
  for (let i = 0; i < 5; i++) await wants(['src/a.ts', 'src/b.ts', 'other']);
  assert.equal(w.journal.entries.length, lines + 1);
  for (let i = 0; i < 30; i++) await wants([`src/${i}.ts`]);
  assert.equal(w.journal.entries.length, lines + 5, 'five in a minute');
  w.now += 61_000;
  await wants(['docs/one.md']);
  await c.ledger.refresh();
  const { conflicts } = coordinationJson(c.ledger);
  assert.deepEqual(conflicts.map(({ at: _, ...rest }) => rest).filter((_, index) => index === 0 || index === 5), [
    { session: 'b', holder: 'a', path: 'docs/one.md', more: 0, held: 'docs/one.md', how: 'claim' },
    { session: 'b', holder: 'a', path: 'src/a.ts', more: 1, held: 'src/', how: 'claim' },
  ]);
  assert.deepEqual((await c.ledger.feed(0, 100)).items.slice(0, 2).map(({ what, text }) => `${what} ${text}`), ['claimed src/, docs/one.md', 'refused src/a.ts and 1 more (held by a)']);
});

test('of two that claim at once the second is remembered, too; the state keeps fifty', async () => {
  const { w, a, b, c } = crew();
  await b.ledger.refresh();
  await claimPaths(a, { paths: ['x'] });
  // What b has folded does not know of it yet: its claim is refused by the fold.
  const [outcome] = await b.ledger.append('session:b', [{ type: 'coordination.claimed', agent: b.agent, targets: [{ kind: 'file', path: 'x' }], mode: 'exclusive', ttl: 60_000, why: '', worktree: '/repo' }]);
  assert.equal(outcome?.ok, false);
  for (let i = 0; i < 60; i++) {
    w.now += 61_000;
    await claimPaths(a, { paths: ['x'] });
    await assert.rejects(claimPaths(b, { paths: ['x'] }), { code: 'refused' });
  }
  await c.ledger.refresh();
  assert.equal(coordinationJson(c.ledger).conflicts.length, 50);
});

test('the user takes one path of one claim; the journal names the user, and the feed whose it was', async () => {
  const { w, a, b, user } = crew();
  const { fence } = await claimPaths(a, { paths: ['x', 'y', 'src', 'src/a.ts'], mode: 'shared' });
  await claimPaths(b, { paths: ['x'], mode: 'shared' });
  await assert.rejects(breakClaim(b, fence), { code: 'refused', message: /only the user/ });
  assert.deepEqual((await breakClaim(user, fence, ['x'])).map(({ path }) => path), ['x']);
  assert.deepEqual((await breakClaim(user, fence, ['src/'])).map(({ path }) => path), ['src'], 'what lies inside of it was claimed for itself');
  await b.ledger.refresh();
  assert.deepEqual(coordinationJson(b.ledger).claims.map(({ session, paths }) => [session, paths]), [['a', ['y', 'src/a.ts']], ['b', ['x']]], 'the other who shares it keeps it');
  await breakClaim(user, fence);
  await assert.rejects(breakClaim(user, fence), { code: 'not-found' });
  assert.deepEqual(w.journal.entries.filter(({ event }) => event.type === 'coordination.released').map(({ event }) => [event.by, event['fence']]), [['user', fence], ['user', fence], ['user', fence]]);
  assert.deepEqual((await b.ledger.feed(0, 100)).items.filter(({ what }) => what === 'broken').map(({ session, text }) => `${session} ${text}`), ['user x (of a)', 'user src/ (of a)', 'user y, src/a.ts (of a)']);
});

test('the user breaks a barrier: who waits is told why; agents cannot', async () => {
  const { a, b, user } = crew();
  await addBarrier(a, { name: 'go', required: ['a', 'b'] });
  await arriveAt(a, 'go');
  await assert.rejects(breakBarrierAt(b, 'go'), { code: 'refused', message: /only the user/ });
  await breakBarrierAt(user, 'go');
  await b.ledger.refresh();
  const [barrier] = coordinationJson(b.ledger).barriers;
  assert.deepEqual([barrier?.state, barrier?.reason, barrier?.missing], ['broken', 'the user broke it', ['b']]);
  await assert.rejects(breakBarrierAt(user, 'go'), { code: 'conflict' });
  await assert.rejects(breakBarrierAt(user, 'unknown'), { code: 'not-found' });
  await addBarrier(a, { name: 'go', required: ['b'] });
  await arriveAt(b, 'go');
});

test('what git names is checked as it is, whatever characters are in it', async () => {
  const { a, b } = crew();
  await claimPaths(a, { paths: ['src', 'b*c'] });
  const file = (path: string) => ({ kind: 'file' as const, path });
  assert.deepEqual((await checkTargets(b, [file('src/tab\tand\nline.ts'), file('free\u0001'), file('b*c'), file('src/*.ts')])).map(({ target }) => target.path), ['src/tab\tand\nline.ts', 'b*c', 'src/*.ts']);
});

test('what agents wrote steers nobody who reads a refusal, and what is to be copied into a shell is one word of it', async () => {
  const { a, b } = crew();
  const paths = ['src/\u202ets.a', 'src/$(touch x).ts', "src/it's.ts"];
  await claimPaths(a, { paths, why: 'a\u001b[31m\u009b31m \u2066b\u007f' });
  for (const [index, path] of paths.entries()) {
    const [conflict] = await checkTargets(b, [{ kind: 'file', path }]);
    assert.ok(conflict);
    const said = editRefusal(conflict, '/repo');
    assert.doesNotMatch(said, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    assert.ok(said.endsWith(['--force \'src/\u{fffd}ts.a\'', "--force 'src/$(touch x).ts'", "--force 'src/it'\\''s.ts'"][index] ?? ''), said);
    await assert.rejects(claimPaths(b, { paths: [path] }), ({ message }: Error) => !/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(message) && / for 15 min from now and longer while it works/.test(message));
  }
  for (const name of ['x\u001b[2J', 'x\u009b', 'x\u202ey', 'x\ny']) await assert.rejects(addBarrier(a, { name, count: 2 }), { code: 'invalid-input' });
});
