/** Where a file belongs: found without git, and the same as git says. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { realPathOf, repositoriesAround, repositoryAround } from '../../../src/adapters/node/coordination/repository.ts';

const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org' };
const git = (cwd: string, ...args: string[]) => execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

test('in a repository, a work tree, a submodule, a folder below, behind a link; and outside', (t) => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-repo-')));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const [repo, part, tree] = [join(root, 'repo'), join(root, 'part'), join(root, 'trees', 'one')];
  for (const folder of [repo, part]) {
    mkdirSync(folder);
    git(folder, 'init', '--quiet');
    git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'first');
  }
  git(repo, 'submodule', '--quiet', 'add', part, 'sub');
  git(repo, 'worktree', 'add', '--quiet', tree);
  mkdirSync(join(repo, 'a', 'b'), { recursive: true });
  mkdirSync(join(repo, 'nothing', '.git'), { recursive: true });
  symlinkSync(repo, join(root, 'link'));

  for (const folder of [repo, join(repo, 'a', 'b'), tree, join(repo, 'sub'), join(repo, 'nothing'), join(root, 'link', 'a')]) {
    const [top, common] = git(folder, 'rev-parse', '--path-format=absolute', '--show-toplevel', '--git-common-dir').trim().split('\n');
    assert.deepEqual(repositoryAround(realPathOf(folder)), { root: top, key: common }, folder);
  }
  assert.equal(repositoryAround(realPathOf(join(root, 'link', 'a', 'not', 'yet')))?.root, repo);
  assert.equal(repositoryAround(root), undefined);

  git(repo, 'worktree', 'add', '--quiet', join(repo, 'a', 'tree'));
  assert.deepEqual(repositoriesAround(join(repo, 'sub')).map(({ root: top }) => top), [join(repo, 'sub'), repo], 'a submodule lies in two');
  assert.deepEqual(repositoriesAround(join(repo, 'a', 'tree')).map(({ root: top }) => top), [join(repo, 'a', 'tree')], 'a work tree inside of its own repository in one');
  assert.deepEqual(repositoriesAround(root), []);
});
