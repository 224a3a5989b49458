/** Claims: who gets them, how long they last, and who may give them back. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkPaths, claimPaths, coordinationJson, refreshWithDeaths, releasePaths, type CoordinationContext } from '../../../src/core/coordination/index.ts';
import { world } from './stage.ts';

const minutes = (n: number) => n * 60_000;

async function heldBy(context: CoordinationContext): Promise<Record<string, string>> {
  await context.ledger.refresh();
  return Object.fromEntries(coordinationJson(context.ledger).claims.flatMap(({ paths, session }) => paths.map((path) => [path, session])));
}

describe('who gets it', () => {
  test('the first one; the second is told who, why and for how long', async () => {
    const w = world();
    await claimPaths(w.agent('a', 1), { paths: ['src/a.ts'], why: 'the parser' });
    w.now += minutes(5);
    await assert.rejects(claimPaths(w.agent('b', 2), { paths: ['src/a.ts'] }), { code: 'refused', message: /src\/a\.ts is claimed by session a \(process 1\): "the parser", for 10 min/ });
  });

  test('all of a list, or nothing', async () => {
    const w = world();
    const [a, b] = [w.agent('a', 1), w.agent('b', 2)];
    await claimPaths(a, { paths: ['two'] });
    await assert.rejects(claimPaths(b, { paths: ['one', 'two', 'three'] }), { code: 'refused' });
    assert.deepEqual(await heldBy(b), { two: 'a' });
  });

  test('shared goes with shared, and with nothing else', async () => {
    const w = world();
    const [a, b, c] = [w.agent('a', 1), w.agent('b', 2), w.agent('c', 3)];
    await claimPaths(a, { paths: ['x'], mode: 'shared' });
    await claimPaths(b, { paths: ['x'], mode: 'shared' });
    await assert.rejects(claimPaths(c, { paths: ['x'] }), { code: 'refused' });
    await assert.rejects(claimPaths(a, { paths: ['x'] }), { code: 'refused' }, 'not even one of them gets it for itself');
    await releasePaths(b, ['x']);
    await claimPaths(a, { paths: ['x'] });
    await assert.rejects(claimPaths(b, { paths: ['x'], mode: 'shared' }), { code: 'refused' });
  });

  test('two globs that meet are not two exclusive claims, and nothing is left after the release', async () => {
    const w = world();
    const [a, b] = [w.agent('a', 1), w.agent('b', 2)];
    await claimPaths(a, { paths: ['src/**/*.ts'] });
    await assert.rejects(claimPaths(b, { paths: ['src/lib/*'] }), { code: 'refused' });
    await releasePaths(a, ['src/**/*.ts']);
    await claimPaths(b, { paths: ['src/lib/*'] });
    assert.deepEqual(await heldBy(a), { 'src/lib/*': 'b' });
  });

  test('the owner claims again: the same fence, and a new lease', async () => {
    const w = world();
    const a = w.agent('a', 1);
    const first = await claimPaths(a, { paths: ['x', 'y'] });
    w.now += minutes(10);
    assert.equal((await claimPaths(a, { paths: ['x'] })).fence, first.fence);
    w.now += minutes(10);
    await assert.rejects(claimPaths(w.agent('b', 2), { paths: ['y'] }), { code: 'refused' });
  });

  test('fences rise', async () => {
    const w = world();
    const a = w.agent('a', 1);
    const { fence } = await claimPaths(a, { paths: ['x'] });
    await releasePaths(a, 'all');
    assert((await claimPaths(w.agent('b', 2), { paths: ['x'] })).fence > fence);
  });

  test('a check tells and writes nothing', async () => {
    const w = world();
    await claimPaths(w.agent('a', 1), { paths: ['src'] });
    const lines = w.journal.entries.length;
    const b = w.agent('b', 2);
    assert.deepEqual((await checkPaths(b, ['src/a.ts', 'free'])).conflicts.map(({ target, claim }) => [target.path, claim.agent.session]), [['src/a.ts', 'a']]);
    assert.deepEqual((await checkPaths(w.agent('a', 1), ['src/a.ts'])).own.length, 1);
    assert.equal(w.journal.entries.length, lines);
  });

  test('another work tree of the repository is told which it is', async () => {
    const w = world();
    await claimPaths(w.agent('a', 1, { folder: '/tree' }), { paths: ['src/a.ts'] });
    await assert.rejects(claimPaths(w.agent('b', 2), { paths: ['src/a.ts'] }), { message: /works in the work tree \/tree/ });
  });
});

describe('how long it lasts', () => {
  test('until its time is up; anything that the holder does begins it anew', async () => {
    const w = world();
    const [a, b] = [w.agent('a', 1), w.agent('b', 2)];
    await claimPaths(a, { paths: ['x'], ttlSeconds: 60 });
    w.now += 50_000;
    await claimPaths(a, { paths: ['other'] });
    w.now += 50_000;
    await assert.rejects(claimPaths(b, { paths: ['x'] }), { code: 'refused' });
    w.now += 20_000;
    await claimPaths(b, { paths: ['x'] });
    await claimPaths(a, { paths: ['other'] });
    assert.deepEqual(await heldBy(a), { x: 'b', other: 'a' }, 'what another took in the meantime does not come back');
  });

  test('until its process dies', async () => {
    const w = world();
    const [a, b] = [w.agent('a', 1), w.agent('b', 2)];
    await claimPaths(a, { paths: ['x', 'y'] });
    await claimPaths(b, { paths: ['z'] });
    w.kill(1);
    await claimPaths(b, { paths: ['x'] });
    assert.deepEqual(await heldBy(b), { z: 'b', x: 'b' }, 'all that the dead one held is gone, and nothing of the living');
  });

  test('of a process on another machine nothing is known, so its time counts', async () => {
    const w = world();
    const far = { agent: { session: 'far', process: { machine: 'there', pid: 1, start: 's' } } };
    await claimPaths(w.agent('far', undefined, far), { paths: ['x'] });
    w.kill(1);
    await assert.rejects(claimPaths(w.agent('b', 2), { paths: ['x'] }), { code: 'refused' });
    w.now += minutes(16);
    await claimPaths(w.agent('b', 2), { paths: ['x'] });
  });

  test('a clock that was set back neither revives nor keeps for ever', async () => {
    const w = world();
    const [a, b, c] = [w.agent('a', 1), w.agent('b', 2), w.agent('c', 3)];
    w.now += minutes(60 * 24 * 365);
    await claimPaths(a, { paths: ['x'] });
    w.now -= minutes(60 * 24 * 365);
    await assert.rejects(claimPaths(b, { paths: ['x'] }), { code: 'refused' }, 'it has just been made');
    await claimPaths(c, { paths: ['z'] });
    w.now += minutes(16);
    await claimPaths(b, { paths: ['x'] });
  });

  for (const ttlSeconds of [-1, 0, Number.NaN, Infinity, 1e9]) {
    test(`a time to live of ${ttlSeconds} is refused`, () => assert.rejects(claimPaths(world().agent('a', 1), { paths: ['x'], ttlSeconds }), { code: 'invalid-input' }));
  }
});

describe('whose it is', () => {
  test('only the holder releases it; the user can break it', async () => {
    const w = world();
    const [a, b, user] = [w.agent('a', 1), w.agent('b', 2), w.agent('user', undefined, { isUser: true })];
    await claimPaths(a, { paths: ['x'] });
    await assert.rejects(releasePaths(b, ['x']), { code: 'refused', message: /claimed by a/ });
    await assert.rejects(releasePaths(b, ['x'], true), { code: 'refused', message: /only the user/ });
    await assert.rejects(releasePaths(a, ['unknown']), { code: 'not-found' });
    assert.deepEqual(await releasePaths(b, 'all'), []);
    assert.deepEqual((await releasePaths(user, ['x'], true)).map(({ path }) => path), ['x']);
    assert.deepEqual(await heldBy(b), {});
  });

  test('a session that goes on under a new id keeps what it had', async () => {
    const w = world();
    await claimPaths(w.agent('before', 1), { paths: ['x'] });
    const after = w.agent('after', 1);
    await claimPaths(after, { paths: ['x', 'y'] });
    assert.deepEqual(await heldBy(after), { x: 'after', y: 'after' });
  });

  test('names that were given are different hands, also in one process', async () => {
    const w = world();
    await claimPaths(w.agent('one', 1, { named: true }), { paths: ['x'] });
    await assert.rejects(claimPaths(w.agent('two', 1, { named: true }), { paths: ['x'] }), { code: 'refused' });
    await claimPaths(w.agent('one', 5, { named: true }), { paths: ['x'] });
  });

  test('a key gives the same answer again, and another claim under it is an error', async () => {
    const w = world();
    const a = w.agent('a', 1);
    const first = await claimPaths(a, { paths: ['x'], key: 'k' });
    await releasePaths(a, ['x']);
    assert.equal((await claimPaths(a, { paths: ['x'], key: 'k' })).fence, first.fence);
    await assert.rejects(claimPaths(a, { paths: ['y'], key: 'k' }), { code: 'conflict', message: /IDEMPOTENCY_KEY_CONFLICT/ });
    await claimPaths(w.agent('b', 2), { paths: ['y'], key: 'k' });
  });
});

test('deaths are seen by whoever looks', async () => {
  const w = world();
  await claimPaths(w.agent('a', 1), { paths: ['x'] });
  w.kill(1);
  const b = w.agent('b', 2);
  await refreshWithDeaths(b);
  assert.deepEqual(coordinationJson(b.ledger).claims, []);
  assert.equal(coordinationJson(b.ledger).sessions[0]?.ended, true);
});
