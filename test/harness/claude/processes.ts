// Ending a client with all that it has started. The commands of its Bash tool run in sessions of their own and outlive
// it when it is killed, so they are looked up while they are still its children.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The ids of all processes below `pid`, and `pid` itself. */
export async function processTree(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const rows = stdout.trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const tree = [pid];
  // The list grows while it is walked.
  for (const parent of tree) tree.push(...rows.flatMap(([child, of]) => (of === parent && child !== undefined ? [child] : [])));
  return tree;
}

/** Kills what is still alive of these processes. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has already ended.
    }
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
