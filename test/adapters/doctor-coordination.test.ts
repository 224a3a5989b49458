/** What doctor says of coordination. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCoordination } from '../../src/adapters/node/coordination/open.ts';
import { coordinationFindings } from '../../src/adapters/node/doctor-coordination.ts';
import { ownIdentity, startOf } from '../../src/adapters/node/process-identity.ts';
import { claimPaths, setStatus } from '../../src/core/coordination/index.ts';
import { testRepository } from '../helpers/repository.ts';

test('the dead, damage, a wrong cache and missing hooks are named; health is, too', async (t) => {
  const repository = testRepository({ 'a.ts': 'a' });
  t.after(() => repository.dispose());
  const workspace = await repository.open();
  const scope = workspace.scopes.repository;
  const look = async () => (await coordinationFindings(workspace, repository.env)).map(({ level, check, message }) => `${level} ${check}: ${message}`);
  const hooks = 'ok claims before edits: no hooks are installed: claims are told, and a commit names them, but no edit is stopped';
  const none = 'ok coordination cache: none yet; hooks read the whole journal, which is short';
  assert.deepEqual(await look(), ['ok coordination: 0 claims, 0 barriers, 0 waiting', none, hooks]);

  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1e9)']);
  const pid = child.pid ?? 0;
  const process_ = { machine: (await ownIdentity()).machine, pid, start: (await startOf(pid)) ?? '' };
  const context = openCoordination({ env: {}, scope, folder: repository.root, worktrees: [repository.root], agent: { session: 'a', process: process_ }, actor: 'session:a', isUser: false });
  await claimPaths(context, { paths: ['a.ts'] });
  await context.ledger.append('session:a', [{ type: 'coordination.waiting', agent: context.agent, name: 'gone', generation: 1, waiter: 'w', process: process_ }, { type: 'coordination.barrier', agent: context.agent, name: 'x', required: ['a'], count: 1, deadline: 60_000, members: [] }]);
  assert.deepEqual((await look())[0], 'ok coordination: 1 claim, 1 barrier, 0 waiting');
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGKILL');
  await ended;
  appendFileSync(join(scope, 'journal.jsonl'), '\n{"torn\n');
  assert.deepEqual((await look()).slice(1, 3), ['warn coordination: 1 damaged line of the journal passed over', 'warn coordination: of processes that have died: 1 claim; that wait for nothing: 0 waiters']);

  for (let i = 0; i < 400; i++) await setStatus(context, 'in_progress', `note ${i} ${'x'.repeat(100)}`);
  await context.ledger.save();
  const cache = join(scope, 'coordination.json');
  assert((await look()).includes('ok coordination cache: as the journal says'));
  writeFileSync(cache, readFileSync(cache, 'utf8').replace('note 399', 'note 999'));
  assert((await look()).includes('fail coordination cache: the folded state beside the journal is not what the journal says'));
  writeFileSync(join(scope, 'settings.json'), JSON.stringify({ autoClaim: true }));
  assert((await look()).some((line) => line.startsWith('warn claims before edits: no hooks')), 'who has asked for claims at the first edit misses them');
});
