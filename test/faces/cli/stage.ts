// A home, a data folder and a repository of its own for each test, and the command line run on them from source.

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

export const cli = join(import.meta.dirname, '../../../src/faces/cli/cli.ts');

export interface Ran {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Stage {
  /** Holds all the others. */
  readonly root: string;
  readonly home: string;
  readonly repo: string;
  /** The review log. */
  readonly log: string;
  /** The whole environment of what is run: nothing of the test's own gets into it but PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs any program in the repository. */
  readonly run: (argv: readonly [string, ...string[]], options?: RunOptions) => Promise<Ran>;
  /** Runs `wheelhouse …`. */
  readonly wheelhouse: (args: readonly string[], options?: RunOptions) => Promise<Ran>;
  /** Runs git and throws when it fails. */
  readonly git: (...args: string[]) => Promise<string>;
  readonly write: (file: string, text: string) => Promise<void>;
}

export interface StageOptions {
  /** Files of the first commit, by their paths in the repository. */
  readonly files?: Readonly<Record<string, string>>;
  /** Default true. */
  readonly git?: boolean;
  readonly commit?: boolean;
  /** Name of the repository's folder. */
  readonly name?: string;
}

export async function stage(t: TestContext, { files = {}, git = true, commit = true, name = 'repo' }: StageOptions = {}): Promise<Stage> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'wheelhouse-cli-')));
  t.after(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));
  const home = join(root, 'home');
  const repo = join(root, name);
  await mkdir(home);
  await mkdir(repo);
  const env = {
    HOME: home,
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    TZ: 'UTC',
    // What was compiled for one run serves the next; it is a cache, shared by all tests.
    NODE_COMPILE_CACHE: join(tmpdir(), 'wheelhouse-test-compile-cache'),
    GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const run: Stage['run'] = (argv, options = {}) => runProgram(argv, { cwd: options.cwd ?? repo, env: { ...env, ...options.env } });
  const self: Stage = {
    root, home, repo, env, run,
    log: join(home, 'code_review.org'),
    wheelhouse: (args, options) => run([process.execPath, cli, ...args], options),
    async git(...args) {
      const ran = await run(['git', ...args]);
      if (ran.code !== 0) throw new Error(`git ${args.join(' ')}: ${ran.stderr}`);
      return ran.stdout;
    },
    async write(file, text) {
      await mkdir(dirname(join(repo, file)), { recursive: true });
      await writeFile(join(repo, file), text);
    },
  };
  for (const [file, text] of Object.entries(files)) await self.write(file, text);
  if (git) {
    await self.git('init', '--quiet', '--initial-branch=main');
    if (commit) {
      await self.git('add', '--all');
      await self.git('commit', '--quiet', '--allow-empty', '-m', 'first');
    }
  }
  return self;
}

function runProgram([program, ...args]: readonly [string, ...string[]], options: { cwd: string; env: Readonly<Record<string, string | undefined>> }): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, env: { ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** A Makefile whose test passes as long as `code.txt` says "good", and a file to comment on. */
export const sample = {
  Makefile: 'test:\n\t@echo looking at code.txt; grep -q good code.txt || { echo "code.txt is not good" >&2; exit 3; }\n',
  'code.txt': 'one\ntwo\nthree is good\nfour\n',
};

/** Logs a comment and gives its id. */
export async function addComment(stage: Stage, place = 'code.txt:2', text = 'two is wrong', more: readonly string[] = []): Promise<string> {
  const ran = await stage.wheelhouse(['review', 'add', place, text, '--json', ...more]);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return (JSON.parse(ran.stdout) as { id: string }).id;
}
