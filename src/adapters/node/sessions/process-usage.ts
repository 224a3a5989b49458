import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Processor time is measured over so long. */
const SAMPLE_MS = 200;
/** USER_HZ, in which /proc counts: 100 on every Linux that runs Node. */
const TICKS_PER_SECOND = 100;
const KIB = 1024;

export interface ProcessUsage {
  /** Resident memory in bytes. */
  readonly memoryBytes: number;
  /** Percent of one core, now (on Linux) or of late (elsewhere). */
  readonly cpuPercent: number;
}

/** What a process uses; asked only when somebody wants to know. undefined when it cannot be told. */
export async function processUsage(pid: number): Promise<ProcessUsage | undefined> {
  try {
    if (process.platform === 'linux') {
      const [before, start] = [cpuTicks(pid), performance.now()];
      await delay(SAMPLE_MS);
      const seconds = (performance.now() - start) / 1000;
      const used = (cpuTicks(pid) - before) / TICKS_PER_SECOND;
      const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
      return { memoryBytes: Number(resident ?? 0) * KIB, cpuPercent: Math.round((used / seconds) * 100) };
    }
    if (process.platform === 'win32') return undefined;
    const { stdout } = await run('ps', ['-o', 'rss=,%cpu=', '-p', String(pid)], { env: { ...process.env, LC_ALL: 'C' } });
    const [memory, cpu] = stdout.trim().split(/\s+/).map(Number);
    return memory === undefined || cpu === undefined ? undefined : { memoryBytes: memory * KIB, cpuPercent: Math.round(cpu) };
  } catch {
    return undefined;
  }
}

/** User and system time of a process: fields 14 and 15 of /proc/PID/stat. */
function cpuTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
