/** How sessions stand, seen by somebody who goes on looking. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBoard } from '../../../src/adapters/node/coordination/board.ts';
import { openCoordination } from '../../../src/adapters/node/coordination/open.ts';
import { Standings } from '../../../src/adapters/node/coordination/standings.ts';
import { repositoryScope } from '../../../src/adapters/node/locations.ts';
import { ownIdentity } from '../../../src/adapters/node/process-identity.ts';
import { addBarrier, addBlocker, claimPaths, setStatus } from '../../../src/core/coordination/index.ts';
import { session } from '../../faces/vscode/sessions/sample.ts';
import { testRepository } from '../../helpers/repository.ts';

test('claims, waits and words, live; after /resume they are those of the new id', async (t) => {
  const project = testRepository({ 'a.ts': 'a' });
  t.after(() => project.dispose());
  const { root, home } = project;
  const repository = project.git('rev-parse', '--path-format=absolute', '--git-common-dir').trim();
  const process_ = await ownIdentity();
  const open = (id: string, more = {}) => openCoordination({ env: { HOME: home }, scope: repositoryScope(home, repository), folder: root, worktrees: [root], agent: { session: id, process: process_ }, actor: `session:${id}`, isUser: false, ...more });
  const context = open('id-before');
  const seen = { ...session(process.pid, 'working', 1, { facts: { cwd: root, sessionId: 'id-after', pid: process.pid } }), id: 'id-after' };
  let told = 0;
  const standings = new Standings(home, () => told++);
  t.after(() => standings.dispose());
  assert.deepEqual((await standings.of([seen])).get(seen.key)?.claims, []);
  assert(!existsSync(repositoryScope(home, repository)), 'to look leaves nothing behind');
  await setStatus(context, 'in_progress');
  await standings.of([seen]);
  await claimPaths(context, { paths: ['a.ts'], why: 'a rewrite' });
  await setStatus(context, 'blocked', 'needs b');
  const blocker = await addBlocker(context, 'the schema', 'b');
  for (let i = 0; i < 50 && told === 0; i++) await sleep(10);
  assert(told > 0, 'it is told of within half a second');
  const found = (await standings.of([seen])).get(seen.key);
  assert.deepEqual([found?.repository, found?.root, found?.claims.map(({ paths, why }) => [paths, why]), found?.said?.status, found?.said?.note], [repository, root, [[['a.ts'], 'a rewrite']], 'blocked', 'needs b']);
  assert.deepEqual((await standings.of([{ ...seen, verdict: { ...seen.verdict, state: 'ended' } }])).size, 0);

  await claimPaths(open('id-after'), { paths: ['b.ts'] });
  assert.deepEqual((await standings.of([seen])).get(seen.key)?.claims.map(({ session, paths }) => [session, paths]), [['id-after', ['a.ts']], ['id-after', ['b.ts']]]);

  const board = openBoard(home, repository, { HOME: home });
  await addBarrier(context, { name: 'go', required: ['b'] });
  const [claim] = (await board.readWithDeaths()).claims;
  await board.releaseClaim(claim?.fence ?? 0, ['a.ts']);
  await board.breakBarrier('go');
  await board.resolveBlocker(blocker);
  const after = await board.read();
  assert.deepEqual([after.claims.map(({ paths }) => paths), after.barriers.map(({ state, reason }) => [state, reason]), after.sessions.flatMap(({ blockers }) => blockers)], [[['b.ts']], [['broken', 'the user broke it']], []]);
});
