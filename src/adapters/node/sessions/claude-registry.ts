import { readdirSync, statSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Disposable } from '../../../core/base/disposable.ts';
import { readRegistryRow, registryPid, type Evidence, type RegistryRow } from '../../../core/sessions/index.ts';
import { READ_WITHOUT_WAITING } from '../file-io.ts';
import { isRunning, isThatProcess } from './process-start.ts';
import { watchFolder, type FolderWatch } from './watch-folder.ts';

/** A process that Claude Code has in its register, or had. */
export interface Registered {
  readonly row: RegistryRow;
  /** What the register and the process said, oldest first. */
  readonly evidence: readonly Evidence[];
  readonly ended: boolean;
}

/** A row has some hundred bytes. */
const MOST_BYTES = 64 * 1024;
/** A half-written file is read again after so many milliseconds, so many times. */
const RETRY_MS = 30;
const RETRIES = 5;
const KEPT_CHANGES = 8;
/** An ended session is shown for ten minutes, a crashed one that was found dead for a day after its last word. */
const ENDED_SHOWN_MS = 600_000;
const CRASHED_SHOWN_MS = 86_400_000;
/** Whether a process is still the same one, and no zombie, is looked at every so many ticks. */
const VERIFY_TICKS = 5;

interface Known extends Registered {
  readonly stamp: string;
}

/** Claude Code's register of running sessions, kept in memory. */
export class ClaudeRegistry implements Disposable {
  readonly #folder: string;
  readonly #changed: () => void;
  readonly #now: () => number;
  #known = new Map<number, Known>();
  /** Files of dead processes, by their state: looked at once. */
  #dead = new Map<number, string>();
  #watch: FolderWatch | undefined;
  #seq = 0;
  #ticks = 0;
  #folderStamp = '';

  constructor(folder: string, changed: () => void, now: () => number = Date.now) {
    this.#folder = folder;
    this.#changed = changed;
    this.#now = now;
  }

  async start(): Promise<void> {
    // What the watch says while it opens is what the first look finds.
    let looking = true;
    this.#watch = watchFolder(this.#folder, (name) => {
      if (!looking) this.#touched(name);
    });
    await this.#lookAtAll();
    looking = false;
  }

  list(): ReadonlyMap<number, Registered> {
    return this.#known;
  }

  /** The net below file events: looks for what was missed, for processes that died, and forgets old ones. */
  tick(): void {
    this.#ticks++;
    this.#watch?.ensure();
    const stamp = stampOf(this.#folder);
    if (stamp !== this.#folderStamp) void this.#lookAtAll();
    for (const [pid, { ended, stamp: seen, row, evidence }] of this.#known) {
      if (ended) {
        const at = evidence.at(-1)?.at ?? 0;
        const shown = evidence.at(-1)?.reason?.kind === 'crashed' ? CRASHED_SHOWN_MS : ENDED_SHOWN_MS;
        if (Math.abs(this.#now() - at) > shown) this.#drop(pid);
        continue;
      }
      const stamp = stampOf(this.#fileOf(pid));
      // First of all whether it lives: who is killed while it writes leaves half a file.
      if (stamp !== '' && !isRunning(pid)) this.#end(pid, 'crashed', this.#now());
      else if (stamp !== seen) void this.#look(pid);
      else if (this.#ticks % VERIFY_TICKS === 0 && process.platform === 'linux') void this.#verify(pid, row);
    }
  }

  dispose(): void {
    this.#watch?.dispose();
  }

  #touched(name: string | undefined): void {
    const pid = name === undefined ? undefined : registryPid(name);
    if (pid !== undefined) void this.#look(pid);
    // An editor of the folder's own writes under other names and renames: those names are not ours.
    else if (name === undefined) void this.#lookAtAll();
  }

  async #lookAtAll(): Promise<void> {
    this.#folderStamp = stampOf(this.#folder);
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      names = [];
    }
    const pids = names.map(registryPid).filter((pid) => pid !== undefined);
    // In batches, for after years of crashes there are thousands.
    for (let at = 0; at < pids.length; at += 50) await Promise.all(pids.slice(at, at + 50).map((pid) => this.#look(pid)));
    const there = new Set(pids);
    for (const [pid, known] of this.#known) if (!there.has(pid) && !known.ended) this.#gone(pid);
  }

  async #look(pid: number, retries = RETRIES): Promise<void> {
    const file = this.#fileOf(pid);
    const found = statOf(file);
    if (found === undefined) {
      this.#gone(pid);
      return;
    }
    const stamp = stampFrom(found);
    const known = this.#known.get(pid);
    if (known?.stamp === stamp || this.#dead.get(pid) === stamp || !found.isFile()) return;
    if (!isRunning(pid) && found.mtimeMs < this.#now() - CRASHED_SHOWN_MS) {
      this.#dead.set(pid, stamp);
      return;
    }
    const text = await readSmall(file);
    const row = text === undefined ? undefined : readRegistryRow(text, pid, found.mtimeMs, known?.ended === false ? known.row : undefined);
    if (row === undefined) {
      if (retries > 0) setTimeout(() => void this.#look(pid, retries - 1), RETRY_MS).unref();
      return;
    }
    if (row.host !== undefined && row.host !== hostname()) return;
    const alive = await isThatProcess(pid, row.procStart);
    // Two looks at once: the one that began later has seen more.
    if (stampOf(file) !== stamp) return this.#look(pid, retries);
    if (alive) this.#learn(pid, row, stamp);
    else if (known && !known.ended && known.row.procStart === row.procStart) this.#end(pid, 'crashed', this.#now());
    else this.#foundDead(pid, row, stamp, found.mtimeMs);
  }

  #learn(pid: number, row: RegistryRow, stamp: string): void {
    const known = this.#known.get(pid);
    const same = known !== undefined && !known.ended && known.row.procStart === row.procStart;
    const before = same ? known.evidence : this.#born(pid, row);
    const last = before.findLast(({ source }) => source === 'registry');
    const { opinion } = row;
    const news = opinion !== undefined && (last?.says !== opinion.says || last?.at !== opinion.at);
    const evidence = news ? keep([...before, { source: 'registry', seq: this.#seq++, ...opinion }]) : before;
    this.#known.set(pid, { row, evidence, ended: false, stamp });
    this.#dead.delete(pid);
    this.#changed();
  }

  #born(pid: number, row: RegistryRow): readonly Evidence[] {
    const at = row.facts.startedAt ?? row.opinion?.at ?? this.#now();
    // A row without a state, as of a print run, works as long as it lives.
    const batch = row.facts.kind !== 'interactive' || row.facts.entrypoint?.startsWith('sdk') === true;
    const state = row.opinion === undefined && batch ? 'working' : 'idle';
    return [{ source: 'process', state, at, seq: this.#seq++, reason: { kind: 'started' }, says: `${pid} runs` }];
  }

  #foundDead(pid: number, row: RegistryRow, stamp: string, modifiedAt: number): void {
    this.#dead.set(pid, stamp);
    if (modifiedAt < this.#now() - CRASHED_SHOWN_MS) return;
    this.#known.set(pid, { row, evidence: this.#born(pid, row), ended: false, stamp });
    this.#end(pid, 'crashed', modifiedAt);
  }

  #gone(pid: number): void {
    this.#dead.delete(pid);
    const known = this.#known.get(pid);
    // The file of a process that was killed may be swept away by the next client that starts.
    if (known && !known.ended) this.#end(pid, 'exited', this.#now());
  }

  #end(pid: number, kind: 'exited' | 'crashed', at: number): void {
    const known = this.#known.get(pid);
    if (known === undefined) return;
    const says = kind === 'exited' ? 'it has left the register' : `${pid} is gone`;
    this.#known.set(pid, { ...known, ended: true, evidence: [...known.evidence, { source: 'process', state: 'ended', at, seq: this.#seq++, reason: { kind }, says }] });
    this.#changed();
  }

  #drop(pid: number): void {
    const stamp = stampOf(this.#fileOf(pid));
    if (stamp !== '') this.#dead.set(pid, stamp);
    this.#known.delete(pid);
    this.#changed();
  }

  async #verify(pid: number, row: RegistryRow): Promise<void> {
    if (!(await isThatProcess(pid, row.procStart)) && this.#known.get(pid)?.row === row) this.#end(pid, 'crashed', this.#now());
  }

  #fileOf(pid: number): string {
    return join(this.#folder, `${pid}.json`);
  }
}

/** The last changes of the register, and all of the process, of which there are two at most. */
function keep(evidence: readonly Evidence[]): readonly Evidence[] {
  const own = evidence.filter(({ source }) => source === 'registry').slice(-KEPT_CHANGES);
  return [...evidence.filter(({ source }) => source !== 'registry'), ...own];
}

function stampOf(path: string): string {
  const found = statOf(path);
  return found === undefined ? '' : stampFrom(found);
}

function stampFrom({ ino, size, mtimeMs }: Stats): string {
  return `${ino}:${size}:${mtimeMs}`;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A folder without permission.
    return undefined;
  }
}

async function readSmall(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, READ_WITHOUT_WAITING);
    try {
      const bytes = Buffer.alloc(MOST_BYTES);
      const { bytesRead } = await file.read(bytes, 0, MOST_BYTES, 0);
      return bytes.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
