// The real client in a real terminal: tmux on a socket of its own, so that no tmux of the user is touched.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { claudePath } from './client.ts';
import type { Environment } from './client.ts';
import { whyNoClaude } from './install.ts';
import { isAlive, killAll, processTree } from './processes.ts';

const run = promisify(execFile);

export interface TerminalOptions {
  readonly cwd: string;
  readonly env: Environment;
  /** Another program than Claude Code. */
  readonly program?: string;
  /** tmux takes at most about 16,000 characters of them. */
  readonly args?: readonly string[];
  /** Default 120 columns and 40 rows. */
  readonly columns?: number;
  readonly rows?: number;
}

export interface ClaudeTerminal {
  /** The id of the `claude` process. */
  readonly pid: number;
  /** Arguments that make the `tmux` command talk to this terminal's server. */
  readonly tmux: readonly string[];
  /** What is on the screen now, as plain text. */
  screen(): Promise<string>;
  /** Types text as it is, without a key at its end. */
  type(text: string): Promise<void>;
  /** Presses keys by their tmux names: `Enter`, `Escape`, `Down`, `C-c`. */
  send(...keys: string[]): Promise<void>;
  /** Gives the screen as soon as it matches; throws with the last screen after `timeoutMs` (default 30 seconds). */
  waitForScreen(pattern: RegExp, timeoutMs?: number): Promise<string>;
  /** Ends the client, all that it has started, and the tmux server; safe to call twice. */
  stop(): Promise<void>;
}

/** For the `skip` option of a test: false when the client can be started in tmux here, else the reason why not. */
export async function whyNoTerminal(): Promise<string | false> {
  const tmux = await run('tmux', ['-V']).then(() => true, () => false);
  return tmux ? await whyNoClaude() : 'tmux is not installed.';
}

/** Starts the client as the command of a new tmux pane. */
export async function startInTerminal({ cwd, env, program, args = [], columns = 120, rows = 40 }: TerminalOptions): Promise<ClaudeTerminal> {
  const socketFolder = await mkdtemp(join(tmpdir(), 'claude-tmux-'));
  const socket = ['-u', '-f', '/dev/null', '-S', join(socketFolder, 's')];
  const tmux = async (...command: string[]) => (await run('tmux', [...socket, ...command], { env: { ...env, TERM: 'xterm-256color' } })).stdout;

  const command = ['exec', ...[program ?? (await claudePath()), ...args].map(quote)].join(' ');
  try {
    // The pane stays after the client has ended, so that its last words can be read.
    await tmux('start-server', ';', 'set-option', '-g', 'remain-on-exit', 'on', ';',
      'new-session', '-d', '-x', String(columns), '-y', String(rows), '-c', cwd, command);
  } catch (error) {
    await rm(socketFolder, { recursive: true, force: true });
    throw error;
  }
  const pid = Number(await tmux('display-message', '-p', '#{pane_pid}'));

  const screen = () => tmux('capture-pane', '-p');
  const end = async () => {
    const started = await processTree(pid);
    // The server hangs up its panes when it goes; the client then leaves in order, and only then may its home go.
    await tmux('kill-server').catch(() => undefined);
    for (let waited = 0; isAlive(pid) && waited < 5000; waited += 50) await delay(50);
    killAll(started);
    await rm(socketFolder, { recursive: true, force: true });
  };
  let ended: Promise<void> | undefined;
  return {
    pid,
    tmux: socket,
    screen,
    // tmux takes a semicolon at the end of an argument as the end of its command.
    type: async (text) => {
      await tmux('send-keys', '-l', '--', text.replace(/;$/, '\\;'));
      // A key that a busy client reads together with the text is taken for a part of what was pasted.
      for (let waited = 0; waited < 5000 && !(await screen()).includes(text.trim().slice(-8)); waited += 50) await delay(50);
    },
    send: async (...keys) => { await tmux('send-keys', '--', ...keys); },
    waitForScreen: async (pattern, timeoutMs = 30_000) => {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const shown = await screen();
        if (pattern.test(shown)) return shown;
        if (Date.now() > deadline) throw new Error(`The screen did not show ${String(pattern)} in ${timeoutMs} ms:\n${shown}`);
        await delay(100);
      }
    },
    stop: () => (ended ??= end()),
  };
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
