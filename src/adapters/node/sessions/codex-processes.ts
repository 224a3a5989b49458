/** The processes of Codex on this machine, from Linux's /proc. Elsewhere there are none to be had without starting a program. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

export interface CodexProcess {
  readonly pid: number;
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The rollouts that it writes itself: without an app server behind it. */
  readonly rollouts: readonly string[];
}

/** Ticks of field 22 of /proc/PID/stat: 100 a second on every architecture that Linux runs Node on. */
const TICK_MS = 10;

/** Those with a terminal or a task of their own, and not the server that works for them; the oldest first. */
export function codexProcesses(): readonly CodexProcess[] {
  if (process.platform !== 'linux') return [];
  const boot = bootTime();
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): CodexProcess[] => {
      try {
        if (readFileSync(`/proc/${name}/comm`, 'latin1').trim() !== 'codex') return [];
        const [, verb = ''] = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        if (verb === 'app-server' || verb === 'mcp-server') return [];
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (fields[0] === 'Z') return [];
        return [{ pid: Number(name), cwd: readlinkSync(`/proc/${name}/cwd`), startedAt: boot + Number(fields[19]) * TICK_MS, rollouts: rolloutsOf(name) }];
      } catch {
        return []; // It has ended since, or is another user's.
      }
    })
    .sort((a, b) => a.startedAt - b.startedAt || a.pid - b.pid);
}

function rolloutsOf(pid: string): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  const targets = readdirSync(folder).flatMap((fd) => {
    try {
      return [readlinkSync(`${folder}/${fd}`)];
    } catch {
      return [];
    }
  });
  return [...new Set(targets.filter((path) => /^rollout-.*\.jsonl$/.test(basename(path))))].sort();
}

function bootTime(): number {
  return 1000 * Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'latin1'))?.[1] ?? 0);
}
