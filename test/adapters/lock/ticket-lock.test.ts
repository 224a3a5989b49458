import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isAlive, ownIdentity, startOf } from '../../../src/adapters/node/process-identity.ts';
import { createLocks, withLock } from '../../../src/adapters/node/ticket-lock.ts';
import { readTickets } from '../../../src/adapters/node/ticket-file.ts';
import { startChild, temporaryFolder } from '../../core/storage/fixture.ts';

const owner = await ownIdentity();
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('callers in one process take turns, in order', async (t) => {
  const path = join(temporaryFolder(t), 'locks', 'x.lock');
  const order: number[] = [];
  let inside = 0;
  await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      withLock(path, async () => {
        assert.equal(++inside, 1);
        order.push(n);
        await sleep(2);
        inside -= 1;
      }, { owner }),
    ),
  );
  assert.deepEqual(order, Array.from({ length: 10 }, (_, n) => n));
  assert.deepEqual(readTickets(path).tickets, []);
});

test('the result and the error of the work come through, and the lock is free after both', async (t) => {
  const path = join(temporaryFolder(t), 'x.lock');
  assert.equal(await withLock(path, () => 7, { owner }), 7);
  await assert.rejects(withLock(path, () => Promise.reject(new Error('mine')), { owner }), /mine/);
  assert.equal(await withLock(path, () => 8, { owner, timeoutMs: 0 }), 8);
});

test('who waits too long is told who holds it, and leaves the queue', async (t) => {
  const path = join(temporaryFolder(t), 'x.lock');
  await withLock(path, async () => {
    await assert.rejects(withLock(path, () => 1, { owner, timeoutMs: 80, name: 'the log' }), {
      code: 'timeout',
      message: new RegExp(`^Gave up after 0.08 s waiting for the log: process ${process.pid} on `),
    });
    assert.equal(readTickets(path).tickets.length, 1);
  }, { owner });
  assert.equal(await withLock(path, () => 2, { owner }), 2);
});

test('a wait can be cancelled, before and while it waits', async (t) => {
  const path = join(temporaryFolder(t), 'x.lock');
  await withLock(path, async () => {
    const abort = new AbortController();
    const waiting = withLock(path, () => 1, { owner, signal: abort.signal });
    setTimeout(() => abort.abort(), 30);
    await assert.rejects(waiting, { code: 'cancelled' });
    await assert.rejects(withLock(path, () => 1, { owner, signal: abort.signal }), { code: 'cancelled' });
  }, { owner });
  assert.deepEqual(readTickets(path).tickets, []);
});

test('resources do not hinder each other', async (t) => {
  const locks = createLocks(temporaryFolder(t), ownIdentity());
  assert.equal(await locks.withLock('/a', () => locks.withLock('/b', () => 'both')), 'both');
  await assert.rejects(locks.withLock('/a', () => locks.withLock('/a', () => 1, { timeoutMs: 50 })), { code: 'timeout', message: /waiting for \/a/ });
});

/** Tickets that others left, and whether they stop anybody. */
const tickets: readonly [string, object, boolean][] = [
  ['of a process that is gone', { owner: { ...owner, pid: 2 ** 22 + 1 } }, false],
  ['of an earlier process with my number', { owner: { ...owner, start: '1' } }, process.platform === 'win32'],
  ['of a process that lives', { owner }, true],
  ['of another machine, just now', { owner: { ...owner, machine: 'elsewhere' } }, true],
  ['of another machine, a minute ago', { owner: { ...owner, machine: 'elsewhere' }, at: Date.now() - 61_000 }, false],
  ['of another machine with its clock far ahead', { owner: { ...owner, machine: 'elsewhere' }, at: Date.now() + 3_600_000 }, false],
];
for (const [name, ticket, stops] of tickets) {
  test(`an open ticket ${stops ? 'stops' : 'does not stop'} others: ${name}`, async (t) => {
    const path = join(temporaryFolder(t), 'x.lock');
    writeFileSync(path, `${JSON.stringify({ take: 'theirs', at: Date.now(), ...ticket })}\n`);
    const mine = withLock(path, () => 'mine', { owner, timeoutMs: 30 });
    if (stops) await assert.rejects(mine, { code: 'timeout' });
    else assert.equal(await mine, 'mine');
  });
}

test('torn and foreign lines are nobody\'s ticket', async (t) => {
  const path = join(temporaryFolder(t), 'x.lock');
  writeFileSync(path, `rubbish\n{"a":1}\nnull\n{"take":"torn","at":${Date.now()},"owner":${JSON.stringify(owner)}}`);
  assert.equal(await withLock(path, () => 'mine', { owner, timeoutMs: 30 }), 'mine');
});

test('only the tail of a long file is read, and a holder far back is not overlooked', async (t) => {
  const path = join(temporaryFolder(t), 'x.lock');
  for (let n = 0; n < 500; n++) await withLock(path, () => n, { owner });
  await withLock(path, async () => {
    for (let n = 0; n < 200; n++) appendFileSync(path, ` \n${JSON.stringify({ take: `w${n}`, at: 1, owner: { ...owner, pid: 2 ** 22 + 1 } })}\n ${JSON.stringify({ withdraw: `w${n}` })}\n`);
    assert.equal(readTickets(path).tickets.length, 1);
    await assert.rejects(withLock(path, () => 1, { owner, timeoutMs: 30 }), { code: 'timeout' });
  }, { owner });
});

test('the file does not grow for ever', async (t) => {
  const path = join(temporaryFolder(t), 'x.lock');
  writeFileSync(path, `${'x'.repeat(300_000)}\n`);
  await withLock(path, () => 1, { owner });
  assert.equal(statSync(path).size, 0);
  assert.equal(await withLock(path, () => 2, { owner }), 2);
});

test('a waiter whose ticket was lost with the emptied file takes a new one', async (t) => {
  const path = join(temporaryFolder(t), 'x.lock');
  const served = await withLock(path, async () => {
    const waiting = withLock(path, () => 'served', { owner });
    await sleep(10);
    // What the holder's release does when it does not see the waiter yet.
    writeFileSync(path, '');
    return waiting;
  }, { owner });
  assert.equal(served, 'served');
});

test('a lock that cannot be written is an error that says so', async (t) => {
  const path = join(temporaryFolder(t), 'x.lock');
  symlinkSync('/dev/full', path);
  await assert.rejects(withLock(path, () => 1, { owner }), { code: 'unwritable', message: /disk is full/ });
});

test('a process that was killed while it held the lock is passed over at once', async (t) => {
  const path = join(temporaryFolder(t), 'x.lock');
  const held = new Promise<void>((resolve) => {
    const child = startChild(t, new URL('children/hold.ts', import.meta.url), [path], () => {
      assert.match(readFileSync(path, 'utf8'), /"take"/);
      child.process.once('exit', () => resolve());
      child.process.kill('SIGKILL');
    });
  });
  await held;
  // Who may wait for nothing gets it at the first look, or never.
  assert.equal(await withLock(path, () => 'mine', { owner, timeoutMs: 0 }), 'mine');
});

test('this process lives, one that has ended does not, and its number alone says nothing', async (t) => {
  assert.equal(await isAlive(owner), true);
  assert.equal(await isAlive({ ...owner, start: `${owner.start}0` }), process.platform === 'win32');
  assert.equal(await isAlive({ ...owner, machine: 'elsewhere' }), 'unknown');
  const child = startChild(t, new URL('children/hold.ts', import.meta.url), [join(temporaryFolder(t), 'x.lock')]);
  const pid = child.process.pid!;
  const identity = { ...owner, pid, start: (await startOf(pid))! };
  assert.equal(await isAlive(identity), true);
  child.process.kill('SIGKILL');
  await child.ended;
  assert.equal(await isAlive(identity), false);
  assert.equal(await startOf(pid), undefined);
});
