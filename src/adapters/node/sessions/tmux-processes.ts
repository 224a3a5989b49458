// Which process belongs to which pane: a pane knows its first process, the agent is that one or one of its descendants.

import { readdirSync, readFileSync } from 'node:fs';
import type { Processes } from '../../../core/ports/processes.ts';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** The group in the foreground of its terminal; -1 without a terminal. */
  readonly foreground: number;
}

export type ProcessTable = ReadonlyMap<number, ProcessRow>;

const psTimeoutMs = 3000;

/** All processes of this machine: from /proc on Linux, else from one `ps`. Empty where neither is to be had. */
export async function readProcessTable(processes: Processes): Promise<ProcessTable> {
  const rows = process.platform === 'linux' ? fromProc() : await fromPs(processes);
  return new Map(rows.map((row) => [row.pid, row]));
}

/** The first of `ancestors` on the way from `pid` to the root, `pid` itself included. */
export function ancestorAmong(table: ProcessTable, pid: number, ancestors: ReadonlySet<number>): number | undefined {
  // A table that is read while processes come and go may have a circle.
  const seen = new Set<number>();
  for (let at: number | undefined = pid; at !== undefined && at > 0 && !seen.has(at); at = table.get(at)?.parent) {
    if (ancestors.has(at)) return at;
    seen.add(at);
  }
  return undefined;
}

function fromProc(): readonly ProcessRow[] {
  return readdirSync('/proc').flatMap((name): ProcessRow[] => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      // The second field, the name, may hold spaces and brackets: the fields are counted behind it (proc_pid_stat(5): 4 is ppid, 8 is tpgid).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), foreground: Number(fields[5]) }];
    } catch {
      return []; // It has ended since.
    }
  });
}

async function fromPs(processes: Processes): Promise<readonly ProcessRow[]> {
  const output = await processes.run(['ps', '-A', '-o', 'pid=,ppid=,tpgid='], { cwd: '/', timeoutMs: psTimeoutMs }).then(({ stdout }) => stdout, () => '');
  return output.split('\n').flatMap((line): ProcessRow[] => {
    const [pid, parent, foreground] = line.trim().split(/\s+/).map(Number);
    return pid === undefined || parent === undefined || Number.isNaN(parent) ? [] : [{ pid, parent, foreground: foreground ?? -1 }];
  });
}
