/** Processes of this machine by their program's name, from Linux's /proc. Elsewhere none are found, as that would start a program. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface NamedProcess {
  readonly pid: number;
  readonly cwd: string;
  /** Its arguments, without the program. */
  readonly args: readonly string[];
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Its environment when it was started. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hasTerminal: boolean;
}

export interface OpenFile {
  /** The number of its descriptor. */
  readonly fd: string;
  readonly path: string;
}

/** What a process has open; empty when it has ended. */
export function openFilesOf(pid: number): readonly OpenFile[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((fd) => {
      try {
        return [{ fd, path: readlinkSync(`${folder}/${fd}`) }];
      } catch {
        return []; // Closed meanwhile.
      }
    });
  } catch {
    return [];
  }
}

/** Ticks of field 22 of /proc/PID/stat: 100 a second on every architecture that Linux runs Node on. */
const TICK_MS = 10;

/**
 * What processes are called changes when they begin another program, as a rule soon after their start:
 * a name is read again while the process is new to us, and of all processes now and then.
 */
const NEW_MS = 10_000;
const ALL_AGAIN_MS = 30_000;
const names = new Map<string, { readonly name: string; readonly seenAt: number }>();
let allReadAt = -Infinity;

/** The processes by these names. Looking costs one read of the folder, and a file for each new process. */
function pidsNamed(wanted: readonly string[]): readonly string[] {
  const now = performance.now();
  const isFirst = allReadAt === -Infinity;
  const all = now - allReadAt > ALL_AGAIN_MS;
  if (all) allReadAt = now;
  const pids = entriesOfProc().filter((entry) => /^\d+$/.test(entry));
  if (names.size > 2 * pids.length) names.clear();
  return pids.filter((pid) => {
    const known = names.get(pid);
    if (!all && known !== undefined && now - known.seenAt > NEW_MS) return wanted.includes(known.name);
    try {
      const name = readFileSync(`/proc/${pid}/comm`, 'latin1').trimEnd();
      // What was there before us has long begun what it does.
      names.set(pid, { name, seenAt: known?.seenAt ?? (isFirst ? -Infinity : now) });
      return wanted.includes(name);
    } catch {
      return false; // It has ended since.
    }
  });
}

/** A container may hide it: then nothing is found, and what else is known of sessions still counts. */
function entriesOfProc(): readonly string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return [];
  }
}

/** The user's own, the oldest first. @param wanted Names, as the system cuts them: 15 characters at most. */
export function processesNamed(...wanted: readonly string[]): readonly NamedProcess[] {
  if (process.platform !== 'linux') return [];
  const pids = pidsNamed(wanted);
  if (pids.length === 0) return [];
  const boot = bootTime();
  return pids
    .flatMap((entry): NamedProcess[] => {
      const folder = `/proc/${entry}`;
      try {
        // A number comes round again: what is read now counts.
        if (!wanted.includes(readFileSync(`${folder}/comm`, 'latin1').trimEnd())) return [];
        const stat = readFileSync(`${folder}/stat`, 'latin1');
        // The second field, the name, may hold spaces and brackets: the fields are counted behind it (proc_pid_stat(5): 3 is state, 7 is tty_nr, 22 is starttime).
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (fields[0] === 'Z') return [];
        const [, ...args] = readFileSync(`${folder}/cmdline`, 'utf8').split('\0').slice(0, -1);
        return [{ pid: Number(entry), cwd: readlinkSync(`${folder}/cwd`), args, startedAt: boot + Number(fields[19]) * TICK_MS, env: environmentFrom(readFileSync(`${folder}/environ`, 'utf8')), hasTerminal: fields[4] !== '0' }];
      } catch {
        return []; // It has ended since, or is another user's.
      }
    })
    .sort((a, b) => a.startedAt - b.startedAt || a.pid - b.pid);
}

function environmentFrom(text: string): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(text.split('\0').flatMap((entry) => (entry.includes('=') ? [[entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]] : [])));
}

function bootTime(): number {
  return 1000 * Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'latin1'))?.[1] ?? 0);
}
