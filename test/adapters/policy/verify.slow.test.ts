/** Verifying leaves nothing in the repository, whatever happens, and lets no other rule answer. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openPolicyPlace, verifyPolicy } from '../../../src/adapters/node/policy/policy.ts';
import { cli, stage, type Stage } from '../../faces/cli/stage.ts';

const canaries = ({ repo }: Stage) => [repo, join(repo, '.git')].flatMap((folder) => readdirSync(folder).filter((name) => name.includes('canary')));

async function prepare(t: TestContext): Promise<Stage> {
  const staged = await stage(t);
  await staged.write('.wheelhouse/policy.yaml', 'read:\n  deny: [.env, "*.pem", "*.key"]\n');
  await staged.git('add', '--all');
  await staged.git('commit', '--quiet', '-m', 'policy');
  await staged.wheelhouse(['policy', 'apply']);
  return staged;
}

test('while it verifies, git sees nothing; killed, the next one cleans up', async (t) => {
  const staged = await prepare(t);
  const child = spawn(process.execPath, [cli, 'policy', 'verify'], { cwd: staged.repo, env: { ...staged.env }, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('close', resolve));
  while (canaries(staged).length === 0) await delay(5);
  assert.doesNotMatch(await staged.git('status', '--porcelain', '--ignored', '--untracked-files=all'), /canary/);
  child.kill('SIGKILL');
  await ended;
  assert.equal(canaries(staged).length, 1, 'it was killed in the middle');
  const place = openPolicyPlace({ folder: staged.repo, env: staged.env, managedFolder: join(staged.root, 'company') });
  const { protected: isProtected, rows } = await verifyPolicy(place);
  assert.equal(isProtected, true);
  assert(rows.some(({ canary }) => canary.includes('/.git/.wheelhouse-canary-')), 'the canaries were there');
  assert.deepEqual(canaries(staged), []);
});

test('a policy about .git itself proves nothing of the other rules, so the canaries are elsewhere', async (t) => {
  const staged = await prepare(t);
  await staged.write('.wheelhouse/policy.yaml', 'read:\n  deny: [.env, .git]\n');
  await staged.wheelhouse(['policy', 'apply']);
  const place = openPolicyPlace({ folder: staged.repo, env: staged.env, managedFolder: join(staged.root, 'company') });
  const { rows } = await verifyPolicy(place);
  assert(rows.some(({ canary }) => /\/repo\/\.wheelhouse-canary-[^/]*\/\.env$/.test(canary)), rows.map(({ canary }) => canary).join('\n'));
  assert.deepEqual(canaries(staged), []);
});
