import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCodeOf } from './file-errors.ts';
import { outputOf } from './output-of.ts';

/** One process, and never another one: process ids come round again, these three together do not. */
export interface ProcessIdentity {
  /** The computer, on Linux with its boot and its process namespace (a container has its own ids). */
  readonly machine: string;
  readonly pid: number;
  /** When it started, in the words of the operating system; empty where that cannot be had (Windows). */
  readonly start: string;
}

let own: Promise<ProcessIdentity> | undefined;

export function ownIdentity(): Promise<ProcessIdentity> {
  own ??= startOf(process.pid).then((start) => ({ machine: machineName(), pid: process.pid, start: start ?? '' }));
  return own;
}

/** Whether exactly that process runs; `unknown` for another machine's. A zombie counts as dead. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean | 'unknown'> {
  if (identity.machine !== machineName()) return 'unknown';
  const start = await startOf(identity.pid);
  return start !== undefined && (start === identity.start || start === '' || identity.start === '');
}

/**
 * When the process with this id on this machine started; undefined when there is none (or only its
 * zombie), empty when the system does not tell. Linux: field 22 of /proc/PID/stat, in clock ticks
 * since the boot. macOS: `ps -o lstart=`, to the second.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return startFromProc(pid);
  if (process.platform === 'win32') return isRunning(pid) ? '' : undefined;
  try {
    const stdout = await outputOf('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { ...process.env, LC_ALL: 'C' });
    const [, state, start] = /^\s*(\S+)\s+(.*\S)/.exec(stdout) ?? [];
    return state?.startsWith('Z') === false ? start : undefined;
  } catch {
    return isRunning(pid) ? '' : undefined;
  }
}

function startFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    // Another user's process may be hidden from us and yet be there.
    return isRunning(pid) ? '' : undefined;
  }
  // The second field, the name, may hold spaces and brackets: the fields are counted behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCodeOf(error) === 'EPERM';
  }
}

let machine: string | undefined;

function machineName(): string {
  machine ??= [hostname(), quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()), quietly(() => readlinkSync('/proc/self/ns/pid'))]
    .filter((part) => part !== '')
    .join(' ');
  return machine;
}

function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
