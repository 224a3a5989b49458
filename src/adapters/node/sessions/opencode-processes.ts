/** The processes of opencode on this machine, from Linux's /proc. Elsewhere there are none to be had without starting a program. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { runOf } from '../../../core/sessions/index.ts';
import { openFilesOf, processesNamed, type OpenFile } from './named-processes.ts';

export interface OpencodeProcess {
  readonly pid: number;
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** It works for others, and has no session of its own. */
  readonly isServer: boolean;
  /** What it has open: its database and its log. Absolute. */
  readonly database: string | undefined;
  readonly log: string | undefined;
  /** What it is called in the log; undefined until it has written there. */
  readonly run: string | undefined;
  /** The session that it was told to open. */
  readonly session: string | undefined;
}

/** Of the log, in bytes. Of a longer one it is not known whose it is; there will be others. */
const LONGEST_LINE = 16 * 1024;

/** Those with that home folder, the oldest first. */
export function opencodeProcesses(home: string): readonly OpencodeProcess[] {
  return processesNamed('opencode', '.opencode').filter(({ env }) => env['HOME'] === home).map(({ pid, cwd, args, startedAt }) => {
    const files = openFilesOf(pid);
    const logs = files.filter(({ path }) => /\/opencode\/log\/[^/]+\.log$/.test(path));
    return {
      pid,
      cwd,
      startedAt,
      isServer: args[0] === 'serve' || args[0] === 'web' || args[0] === 'acp',
      database: files.find(({ path }) => /\/opencode[^/]*\.db$/.test(path))?.path,
      log: logs[0]?.path,
      run: logs.map((log) => runIn(pid, log)).find((run) => run !== undefined),
      session: args.map((arg) => arg.replace(/^--session=/, '')).find((arg) => /^ses_\w+$/.test(arg)),
    };
  });
}

/**
 * All processes append to one log, whose lines do not name the process. But Linux knows where each of
 * them stands in it (`pos` of /proc/PID/fdinfo, see proc_pid_fdinfo(5)): behind the last line of its own.
 */
function runIn(pid: number, { fd, path }: OpenFile): string | undefined {
  try {
    return lineBefore(path, positionOf(pid, fd));
  } catch {
    return undefined; // It has ended since.
  }
}

function positionOf(pid: number, fd: string): number {
  return Number(/^pos:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'latin1'))?.[1] ?? 0);
}

function lineBefore(path: string, position: number): string | undefined {
  if (position === 0) return undefined;
  const bytes = Buffer.alloc(Math.min(position, LONGEST_LINE));
  const file = openSync(path, 'r');
  try {
    const read = readSync(file, bytes, 0, bytes.length, position - bytes.length);
    return runOf(bytes.toString('utf8', 0, read).trimEnd().split('\n').at(-1) ?? '');
  } finally {
    closeSync(file);
  }
}
