// A tmux server of its own for a test, and programs that look like others.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** For the `skip` option: false when tmux is installed. */
export async function whyNoTmux(): Promise<string | false> {
  return await run('tmux', ['-V']).then(() => false, () => 'tmux is not installed.');
}

export interface TestServer {
  readonly folder: string;
  readonly socket: string;
  /** Runs one tmux command and gives what it printed. */
  readonly tmux: (...command: string[]) => Promise<string>;
  /** A command that runs a program of this name, which prints a text and waits. */
  readonly program: (name: string, text?: string) => Promise<string>;
}

export async function tmuxForTest(t: TestContext): Promise<TestServer> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'wheelhouse-tmux-')));
  const socket = join(folder, 's');
  const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: folder, SHELL: '/bin/sh', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const tmux = async (...command: string[]) => (await run('tmux', ['-u', '-f', '/dev/null', '-S', socket, ...command], { env, cwd: folder })).stdout;
  t.after(async () => {
    await tmux('kill-server').catch(() => undefined);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  return {
    folder,
    socket,
    tmux,
    program: async (name, text = '') => {
      // tmux names a pane by its executable, so that a script will not do: a copy of `cat` waits for its input.
      const path = join(folder, name);
      if (!existsSync(path)) {
        await copyFile(await realpath('/bin/cat'), path);
        await chmod(path, 0o755);
      }
      await writeFile(`${path}.txt`, text);
      return `exec '${path}' '${path}.txt' -`;
    },
  };
}
