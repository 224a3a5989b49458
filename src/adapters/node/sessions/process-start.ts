import { errorCodeOf } from '../file-errors.ts';
import { startOf } from '../process-identity.ts';
import { outputOf } from '../output-of.ts';

/** `ps` gives whole seconds, rounded as it likes. */
const TOLERANCE_MS = 2000;

/** Whether there is a process with this id. Takes a microsecond or two. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCodeOf(error) === 'EPERM';
  }
}

/**
 * Whether the process with this id is the one that the agent's register means.
 * @param procStart Its start as the register writes it: field 22 of /proc/PID/stat on Linux, an
 *   asctime in UTC on macOS, a FILETIME on Windows (which cannot be had here without a program, and
 *   is not compared). undefined: the register does not say.
 */
export async function isThatProcess(pid: number, procStart: string | undefined, platform = process.platform): Promise<boolean> {
  if (!isRunning(pid)) return false;
  if (platform === 'linux') {
    const start = await startOf(pid);
    return start !== undefined && (procStart === undefined || start === '' || start === procStart);
  }
  if (platform !== 'darwin' || procStart === undefined) return true;
  const wanted = Date.parse(`${procStart} UTC`);
  if (Number.isNaN(wanted)) return true;
  try {
    const stdout = await outputOf('ps', ['-o', 'lstart=', '-p', String(pid)], { ...process.env, LC_ALL: 'C', TZ: 'UTC' });
    const found = Date.parse(`${stdout.trim()} UTC`);
    return Number.isNaN(found) || Math.abs(found - wanted) <= TOLERANCE_MS;
  } catch {
    return isRunning(pid);
  }
}
