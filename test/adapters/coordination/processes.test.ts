/** Which process stands for a session: only the one that the agent's register names, right above the command. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { agentOfCommand, agentOfServer, registeredProcess } from '../../../src/adapters/node/coordination/agent-process.ts';
import { isAlive, ownIdentity } from '../../../src/adapters/node/process-identity.ts';

const module = join(import.meta.dirname, '../../../src/adapters/node/coordination/agent-process.ts');

/** What a command finds that this process starts through some shells. */
async function askedBelow(home: string, call: string): Promise<{ pid: number } | undefined> {
  const program = `import { agentOfCommand, agentOfServer } from ${JSON.stringify(module)}; console.log(JSON.stringify((await ${call}) ?? null));`;
  const child = spawn('/bin/sh', ['-c', `/bin/sh -c '"$NODE" --input-type=module-typescript -e "$PROGRAM"; exit 0'; exit 0`], { env: { PATH: process.env['PATH'], HOME: home, NODE: process.execPath, PROGRAM: program } });
  let out = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  return (JSON.parse(out) as { pid: number } | null) ?? undefined;
}

test('the agent of a command, of a server, of a session', { skip: process.platform === 'win32' }, async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'wheelhouse-agent-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const call = 'agentOfCommand(process.env, "mine")';
  assert.equal(await askedBelow(home, call), undefined, 'nobody is registered');
  mkdirSync(join(home, '.claude', 'sessions'), { recursive: true });
  const register = (sessionId: string) => writeFileSync(join(home, '.claude', 'sessions', `${process.pid}.json`), JSON.stringify({ pid: process.pid, sessionId }));
  register('another');
  assert.equal(await askedBelow(home, call), undefined, 'it lives there, but it is another session');
  register('mine');
  assert.equal((await askedBelow(home, call))?.pid, process.pid);
  const below = await askedBelow(home, 'agentOfServer(process.env)');
  assert.notEqual(below?.pid, process.pid, 'a server behind a shell stands for itself');

  const found = await registeredProcess({ HOME: home }, 'mine');
  assert.deepEqual(found, await ownIdentity());
  assert.equal(await isAlive(await ownIdentity()), true);
  assert.equal(await registeredProcess({ HOME: home }, 'nobody'), undefined);
  writeFileSync(join(home, '.claude', 'sessions', `${process.pid}.json`), '{"pid":');
  assert.equal(await registeredProcess({ HOME: home }, 'mine'), undefined);
  assert.equal(await agentOfCommand({ HOME: home }, 'mine'), undefined);
  assert.equal((await agentOfServer({ HOME: home })).machine, (await ownIdentity()).machine);
});
