/** Processes that claim at once, and a folder for what they share. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Answered, Command } from './child.ts';

export type Way = 'journal' | 'whole-file';

export class Member {
  readonly name: string;
  readonly child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(way: Way, folder: string, name: string) {
    this.name = name;
    this.child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), way, folder, name], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child.stdin?.on('error', () => undefined);
    this.#lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  async answer(): Promise<Answered> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`${this.name} has ended`);
    return JSON.parse(line.value) as Answered;
  }

  ask(command: Command): Promise<Answered> {
    this.child.stdin?.write(`${JSON.stringify(command)}\n`);
    return this.answer();
  }

  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.child.on('close', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }
}

/** Runs `work` with so many members that are ready, and ends them. */
export async function withCrew<T>(way: Way, size: number, work: (members: readonly Member[], folder: string) => Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-bench-')));
  const members = Array.from({ length: size }, (_, i) => new Member(way, folder, `s${i}`));
  try {
    await Promise.all(members.map((member) => member.answer()));
    return await work(members, folder);
  } finally {
    await Promise.all(members.filter(({ child }) => child.exitCode === null && child.signalCode === null).map((member) => member.kill()));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
