// A wait as long as real work takes, by the official client with its own time limits, on the real server.
// WHEELHOUSE_LONG_WAITS is its length in minutes; without it nothing is waited for.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import type { CoordinationJson } from '../../../src/core/coordination/index.ts';
import { stage } from '../cli/stage.ts';
import { connect, type Connected } from './connect.ts';

const minutes = Number(process.env['WHEELHOUSE_LONG_WAITS'] ?? 0);
/** Shorter than the client's limit of 60 seconds; a slice twice as long outlives it by its signs of life. */
const SHORT_SLICE_S = 50;
const skip = minutes > 0 ? false : 'WHEELHOUSE_LONG_WAITS says no length, in minutes';

interface Waited {
  readonly state: unknown;
  readonly slices: number;
  readonly progress: number;
  /** By the machine's clock. */
  readonly at: number;
}

/** As an agent waits: slice after slice, each within the client's limit of 60 seconds between two signs of life. */
async function waitFor(session: Connected, name: string, timeout_seconds: number): Promise<Waited> {
  let [slices, progress] = [0, 0];
  for (let resume_token: unknown; ; slices++) {
    const answer = await session.client.callTool({ name: 'wait_for_barrier', arguments: { name, timeout_seconds, ...(resume_token !== undefined && { resume_token }) } }, { onprogress: () => (progress += 1), resetTimeoutOnProgress: true });
    const { state, resume_token: next } = answer.structuredContent as { state: unknown; resume_token: unknown };
    if (state !== 'waiting') return { state, slices: slices + 1, progress, at: Date.now() };
    resume_token = next;
  }
}

test(`a wait of ${minutes} minutes ends when the other arrives, and all the while it is seen`, { skip, timeout: (minutes + 5) * 60_000 }, async (t) => {
  const staged = await stage(t, { files: { 'a.ts': 'a\n' } });
  const open = (id: string) => connect(t, staged, { args: ['--tools', 'coordination'], env: { CLAUDE_CODE_SESSION_ID: id } });
  const [worker, short, long] = [await open('worker'), await open('short'), await open('long')];
  const memory = () => [short, long].map(({ pid }) => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024));
  await worker.call('add_barrier', { name: 'go', required: ['worker'], deadline_seconds: 2 * minutes * 60 + 600 });
  const waits = Promise.all([waitFor(short, 'go', SHORT_SLICE_S), waitFor(long, 'go', 2 * SHORT_SLICE_S)]);

  let least = Infinity;
  const before: number[] = [];
  for (const end = Date.now() + minutes * 60_000; Date.now() < end; ) {
    await sleep(Math.min(20_000, end - Date.now()));
    if (before.length === 0) before.push(...memory());
    const { barriers } = JSON.parse((await staged.wheelhouse(['coord', 'status', '--json'])).stdout) as CoordinationJson;
    // Between two slices nobody waits for a moment.
    least = Math.min(least, barriers[0]?.waiters.length ?? 0);
    assert.equal(barriers[0]?.state, 'waiting');
  }
  const after = memory();
  const arrived = Date.now();
  await worker.call('arrive_barrier', { name: 'go' });
  const answered = Date.now();
  const [first, second] = await waits;
  t.diagnostic(JSON.stringify({ minutes, short: { ...first, wokeMs: first.at - answered }, long: { ...second, wokeMs: second.at - answered }, arrivingMs: answered - arrived, memoryBeforeMb: before, memoryAfterMb: after, fewestWaitersSeen: least }));
  assert.deepEqual([first.state, second.state], ['open', 'open']);
  const late = Math.max(first.at, second.at) - arrived;
  assert(late < SHORT_SLICE_S * 500, `told after ${late} ms: at the end of a slice rather than when the other arrived`);
  assert(least >= 1, 'at any time it was to be seen that somebody waits');
  const { barriers } = JSON.parse((await staged.wheelhouse(['coord', 'status', '--json'])).stdout) as CoordinationJson;
  assert.deepEqual(barriers[0]?.waiters, []);
});
