/** A real git repository in a temporary folder with a home of its own, and a workspace opened on it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openWorkspace, type Workspace, type WorkspaceOptions } from '../../src/adapters/node/workspace.ts';

export interface TestRepository {
  readonly root: string;
  readonly home: string;
  readonly log: string;
  write(path: string, text: string): void;
  read(path: string): string;
  git(...args: string[]): string;
  commit(message?: string): string;
  /** Environment of a process that belongs to this home. */
  readonly env: Record<string, string>;
  open(options?: Partial<WorkspaceOptions>): Promise<Workspace>;
  dispose(): Promise<void>;
}

/** @param files Committed at once, unless there are none. `git: false` makes a plain folder. */
export function testRepository(files: Readonly<Record<string, string>> = {}, { git = true } = {}): TestRepository {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-test-')));
  const [root, home] = [join(base, 'project'), join(base, 'home')];
  mkdirSync(root);
  mkdirSync(home);
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, TZ: 'UTC', GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.org' };
  const opened: Workspace[] = [];
  const repository: TestRepository = {
    root,
    home,
    log: join(home, 'code_review.org'),
    env,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    git: (...args) => execFileSync('git', args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    commit(message = 'change') {
      repository.git('add', '--all');
      repository.git('commit', '-qm', message);
      return repository.git('rev-parse', 'HEAD').trim();
    },
    async open(options = {}) {
      const workspace = await openWorkspace({ folder: root, env, actor: 'cli', ...options });
      opened.push(workspace);
      return workspace;
    },
    async dispose() {
      for (const workspace of opened) await workspace.dispose();
      chmodSync(base, 0o700);
      rmSync(base, { recursive: true, force: true });
    },
  };
  if (git) repository.git('init', '-q', '-b', 'main');
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  if (git && Object.keys(files).length > 0) repository.commit('first');
  return repository;
}

/** A Makefile whose test passes while `app.txt` holds the word `ok`, and counts its runs in an ignored file. */
export const okMakefile = 'test:\n\t@echo run >> .runs\n\t@grep -q ok app.txt\n';
