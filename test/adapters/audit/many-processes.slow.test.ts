/** Sixteen processes that write at once, and processes that are killed as they write. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { AuditReader } from '../../../src/adapters/node/audit/read.ts';
import { verifyAudit } from '../../../src/adapters/node/audit/verify.ts';
import { stage } from './stage.ts';

const program = join(import.meta.dirname, 'children/write.ts');

/** @param killAfterMs From when it has begun to write. */
async function writer(data: string, session: string, count: number, killAfterMs?: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, data, session, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (text: Buffer) => {
    if (out === '' && killAfterMs !== undefined) void sleep(killAfterMs).then(() => child.kill('SIGKILL'));
    out += text.toString();
  });
  await new Promise((resolve) => child.on('close', resolve));
  // The last number may be half there.
  return out.slice(0, out.lastIndexOf('\n') + 1).split('\n').filter((line) => /^\d+$/.test(line)).map((n) => `${child.pid ?? 0}-${n}`);
}

async function recorded(data: string): Promise<Set<string | undefined>> {
  const reader = new AuditReader(data);
  await reader.refresh();
  return new Set(reader.calls().map(({ call }) => call));
}

test('sixteen processes, four in each session: each line is there, and the chain holds', { timeout: 120_000 }, async (t) => {
  const { data } = stage(t);
  const acknowledged = (await Promise.all(Array.from({ length: 16 }, (_, n) => writer(data, `s${n % 4}`, 100)))).flat();
  assert.equal(acknowledged.length, 1600);
  const all = await recorded(data);
  assert.deepEqual(acknowledged.filter((call) => !all.has(call)), []);
  const found = await verifyAudit(data, 0);
  assert.deepEqual([found.state, found.lines, found.torn, found.unwitnessed, found.breaks], ['unbroken', 1600, 0, 0, []]);
});

test('processes that are killed at random moments lose nothing that was acknowledged, and break nothing', { timeout: 120_000 }, async (t) => {
  const { data } = stage(t);
  const acknowledged: string[] = [];
  for (let round = 0; round < 4; round++) acknowledged.push(...(await Promise.all(Array.from({ length: 5 }, (_, n) => writer(data, 'one', 5000, 1 + ((round * 37 + n * 17) % 60))))).flat());
  assert(acknowledged.length > 30);
  const all = await recorded(data);
  assert.deepEqual(acknowledged.filter((call) => !all.has(call)), []);
  const found = await verifyAudit(data, 0);
  assert.deepEqual([found.state, found.breaks], ['unbroken', []]);
  assert(found.unwitnessed <= 30);
});
