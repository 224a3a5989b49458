// The coordination tools, called by the official client: several sessions, each with a tool server of its own.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import type { BarrierJson, CoordinationJson, ReportJson } from '../../../src/core/coordination/index.ts';
import { stage, type Stage } from '../cli/stage.ts';
import { connect, generations, type Connected, type Generation } from './connect.ts';

const files = { 'src/a.ts': 'a\n', 'b.ts': 'b\n' };

async function session(t: TestContext, staged: Stage, id: string, generation?: Generation): Promise<Connected> {
  return connect(t, staged, { args: ['--tools', 'coordination'], env: { CLAUDE_CODE_SESSION_ID: id }, ...(generation && { generation }) });
}

async function status(staged: Stage): Promise<CoordinationJson> {
  return JSON.parse((await staged.wheelhouse(['coord', 'status', '--json'])).stdout) as CoordinationJson;
}

for (const generation of generations) {
  test(`claims, a barrier and a status (${generation})`, async (t) => {
    const staged = await stage(t, { files });
    const [a, b] = [await session(t, staged, 'a', generation), await session(t, staged, 'b', generation)];
    const claimed = await a.call('claim_file', { paths: ['src', 'b.ts'], reason: 'a rewrite' });
    assert.deepEqual([claimed['paths'], claimed['session'], claimed['mode']], [['src/', 'b.ts'], 'a', 'exclusive']);
    assert.equal((await a.call('claim_file', { path: 'src/a.ts' }))['fence'], claimed['fence']);
    assert.match(await b.refusal('claim_file', { path: 'src/a.ts' }), /claimed by session a \(process \d+\).*"a rewrite"/);
    assert.match(await b.refusal('release_file', { path: 'src' }), /only that session can release it/);
    assert.match(await b.refusal('claim_file', { path: '/' }), /outside of the repository/);
    assert.match(await b.refusal('claim_file', { path: 'x', ttl_seconds: -1 }), /ttl_seconds/);
    assert.match(await b.refusal('claim_file', {}), /at least one path/);
    assert.deepEqual((await a.call('release_file', { path: 'src' }))['released'], ['src/']);
    await b.call('claim_file', { path: 'src/a.ts', idempotency_key: 'k' });
    assert.match(await b.refusal('claim_file', { path: 'other', idempotency_key: 'k' }), /IDEMPOTENCY_KEY_CONFLICT/);

    await a.call('add_barrier', { name: 'go', required: ['a', 'b'] });
    assert.match(await a.refusal('wait_for_barrier', { name: 'go' }), /arrive at it first/);
    await a.call('arrive_barrier', { name: 'go' });
    const slice = await a.call('wait_for_barrier', { name: 'go', timeout_seconds: 0 });
    assert.deepEqual([slice['state'], slice['missing'], slice['still_to_come'], slice['resume_token']], ['waiting', ['b'], 1, 'g1']);
    await a.call('add_barrier', { name: 'any', required: [], count: 3 });
    const any = await a.call('wait_for_barrier', { name: 'any', timeout_seconds: 0 });
    assert.deepEqual([any['state'], any['missing'], any['still_to_come']], ['waiting', [], 3]);
    const waiting = a.call('wait_for_barrier', { name: 'go', resume_token: 'g1' });
    await until(async () => (await status(staged)).barriers[0]?.waiters[0]?.pid === a.pid);
    const arrived = (await b.call('arrive_barrier', { name: 'go' }))['barrier'] as BarrierJson;
    assert.equal(arrived.state, 'open');
    assert.equal((await waiting)['state'], 'open');
    await b.call('add_barrier', { name: 'go', required: ['b'] });
    assert.equal((await a.call('wait_for_barrier', { name: 'go', resume_token: 'g1' }))['state'], 'open', 'the generation that it waited for');

    await a.call('set_session_status', { status: 'blocked', note: 'needs the schema' });
    const { blocker_id } = await a.call('add_blocker', { blocker: 'the schema', session_id: 'b' });
    assert.match(await b.refusal('add_blocker', { blocker: 'the parser', session_id: 'a' }), /waits for/);
    const { said } = (await b.call('get_session_status', { session_id: 'a' }))['session'] as { said: ReportJson };
    assert.deepEqual([said.status, said.note, said.claims, said.waitingFor], ['blocked', 'needs the schema', ['b.ts'], ['b']]);
    await b.call('resolve_blocker', { blocker_id });
    assert.match(await b.refusal('get_session_status', { session_id: 'nobody' }), /list_sessions/);
    const listed = (await b.call('list_sessions', { since: 0 })) as unknown as { sessions: { session_id: string; said: ReportJson | null }[]; events: { what: string }[]; cursor: number };
    assert.deepEqual(listed.sessions.filter(({ said }) => said !== null).map(({ session_id }) => session_id), ['a', 'b']);
    assert.equal(listed.events[0]?.what, 'claimed');
    assert.deepEqual((await b.call('list_sessions', { since: listed.cursor }))['events'], []);
  });
}

test('of a session that is killed nothing stands in the way', async (t) => {
  const staged = await stage(t, { files });
  const [a, b] = [await session(t, staged, 'a'), await session(t, staged, 'b')];
  await a.call('claim_file', { path: 'src' });
  await b.call('add_barrier', { name: 'go', required: ['a', 'b'] });
  await b.call('arrive_barrier', { name: 'go' });
  const waiting = b.call('wait_for_barrier', { name: 'go' });
  await until(async () => (await status(staged)).barriers[0]?.waiters.length === 1);
  process.kill(a.pid, 'SIGKILL');
  // Its deadline is an hour away: nothing but the death can have ended it.
  const waited = await waiting;
  assert.deepEqual([waited['state'], waited['reason'], waited['missing']], ['broken', 'a has died', ['a']]);
  await b.call('claim_file', { path: 'src' });
});

test('a wait that is cancelled leaves nothing behind', async (t) => {
  const staged = await stage(t, { files });
  const a = await session(t, staged, 'a');
  await a.call('add_barrier', { name: 'go', required: ['b'] });
  const cancel = new AbortController();
  const progress: string[] = [];
  const waiting = a.client.callTool({ name: 'wait_for_barrier', arguments: { name: 'go' } }, { signal: cancel.signal, onprogress: ({ message }) => void progress.push(message ?? '') });
  await until(async () => (await status(staged)).barriers[0]?.waiters.length === 1);
  cancel.abort();
  await assert.rejects(waiting);
  await until(async () => (await status(staged)).barriers[0]?.waiters.length === 0);
  assert.deepEqual(progress, ['0 of 1 arrived; waiting for b']);
});

test('what is done counts for the session: the journal names it', async (t) => {
  const staged = await stage(t, { files });
  const a = await session(t, staged, 'a');
  await a.call('set_session_status', { status: 'in_progress' });
  const folder = join(staged.home, '.local/share/wheelhouse/repositories');
  assert.match(await readFile(join(folder, (await readdir(folder))[0] ?? '', 'journal.jsonl'), 'utf8'), /"by":"session:a","type":"coordination.status"/);
});

async function until(test: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await test()) return;
    await sleep(100);
  }
  throw new Error('It never came.');
}
