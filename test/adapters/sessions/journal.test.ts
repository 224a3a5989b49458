/** Changes of state go to the journal of the repository that the session works in. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { repositoryScope } from '../../../src/adapters/node/locations.ts';
import { repositoryOf, sessionJournals } from '../../../src/adapters/node/sessions/journal.ts';
import { reduce, type Session } from '../../../src/core/sessions/index.ts';

function folder(t: TestContext): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-journal-')));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

const sessionIn = (cwd: string): Session => ({ key: 'process:7', id: 's', agent: 'claude', facts: { cwd }, verdict: reduce([{ source: 'registry', state: 'waiting', at: 5, seq: 1 }], 9) });

test('the repository is that which git names, for work trees and folders in it, too', (t) => {
  const root = folder(t);
  const git = (cwd: string, ...args: string[]) => execFileSync('git', ['-C', cwd, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', HOME: root } }).trim();
  const repo = join(root, 'repo');
  mkdirSync(join(repo, 'deep/er'), { recursive: true });
  git(repo, 'init', '-q');
  git(repo, 'commit', '-q', '--allow-empty', '-m', 'x');
  git(repo, 'worktree', 'add', '-q', join(root, 'tree'));
  mkdirSync(join(root, 'plain'));
  mkdirSync(join(root, 'tree/sub'));
  for (const place of [repo, join(repo, 'deep/er'), join(root, 'tree'), join(root, 'tree/sub')]) {
    assert.equal(repositoryOf(place), git(place, 'rev-parse', '--path-format=absolute', '--git-common-dir'), place);
  }
  assert.equal(repositoryOf(join(root, 'plain')), join(root, 'plain'));
  assert.equal(repositoryOf(join(root, 'gone')), undefined);
});

test('a change is one line; no change and a folder that is gone are none', async (t) => {
  const root = folder(t);
  mkdirSync(join(root, 'p'));
  const journals = sessionJournals(join(root, 'data'), 'user');
  await journals.record(sessionIn(join(root, 'p')), 'waiting');
  await journals.record(sessionIn(join(root, 'gone')), 'working');
  assert.equal(existsSync(join(root, 'data')), false);
  await journals.record(sessionIn(join(root, 'p')), 'working');
  const scope = repositoryScope(join(root, 'data'), join(root, 'p'));
  assert.deepEqual(readdirSync(scope), ['journal.jsonl']);
  const { id: _, at: __, ...event } = JSON.parse(readFileSync(join(scope, 'journal.jsonl'), 'utf8').trim()) as Record<string, unknown>;
  assert.deepEqual(event, { type: 'sessions.changed', by: 'user', session: 's', agent: 'claude', from: 'working', to: 'waiting', reason: 'input', since: 5 });
});
