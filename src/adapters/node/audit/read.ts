/** Reads the record, and goes on reading as it grows. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CallFold, isDay, Marker, parseEntry, parsePartName, type AuditCall } from '../../../core/audit/index.ts';
import { namesIn } from '../names-in.ts';
import { linesOf, type Position } from './lines.ts';
import { auditFolder } from './ledger.ts';

/** Between so many lines the process may do other things. */
const LINES_AT_ONCE = 2000;
const DAY_MS = 86_400_000;

/** A look at the record that can be repeated: only what is new is read then. */
export class AuditReader {
  readonly #folder: string;
  readonly #since: number;
  readonly #positions = new Map<string, Position>();
  readonly #fold = new CallFold();
  readonly #marker = new Marker();
  readonly #calls = new Map<string, AuditCall>();
  readonly #unreadable = new Map<string, string>();

  /** @param since Milliseconds since the epoch: days before are not read. */
  constructor(dataRoot: string, since = 0) {
    this.#folder = auditFolder(dataRoot);
    this.#since = since;
  }

  /** @returns The calls that are new or otherwise than they were, the oldest first. */
  async refresh(): Promise<readonly AuditCall[]> {
    let lines = 0;
    for (const file of filesOf(this.#folder, this.#since)) {
      const before = this.#positions.get(file) ?? { start: 0, number: 0 };
      const path = join(this.#folder, file);
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      // What is shorter than it was is read no further: what was seen of it was true when it was seen.
      if (size <= before.start) continue;
      try {
        for (const line of linesOf(path, before)) {
          const entry = parseEntry(line.bytes.toString('utf8'));
          if (entry !== undefined) this.#fold.add(entry, `${file}:${line.start}`);
          this.#positions.set(file, { start: line.end, number: line.number });
          if (++lines % LINES_AT_ONCE === 0) await setImmediate();
        }
        this.#unreadable.delete(file);
      } catch (error) {
        this.#unreadable.set(file, (error as NodeJS.ErrnoException).code ?? 'unknown');
      }
    }
    const changed = this.#fold.takeChanges().toSorted((a, b) => a.at - b.at);
    return changed.map((call) => {
      const mark = this.#marker.markOf(call);
      const name = call.name ?? this.#fold.nameOf(call.session);
      const marked = { ...call, ...(name !== undefined && { name }), ...(mark !== undefined && { mark }) };
      this.#calls.set(call.id, marked);
      return marked;
    });
  }

  /** All calls that were read, the oldest first, with their marks. */
  calls(): readonly AuditCall[] {
    return [...this.#calls.values()].sort((a, b) => a.at - b.at);
  }

  /** Files that could not be read, with the reason. */
  unreadable(): readonly string[] {
    return [...this.#unreadable].map(([file, code]) => `${file} (${code})`);
  }
}

/** The files of sessions, `DAY/NAME`, by day, session and part. */
function filesOf(folder: string, since: number): string[] {
  // A call that began the day before may end on this one.
  const first = since === 0 ? '' : new Date(since - DAY_MS).toISOString().slice(0, 10);
  return namesIn(folder)
    .filter((day) => isDay(day) && day >= first)
    .sort()
    .flatMap((day) =>
      namesIn(join(folder, day))
        .flatMap((name) => {
          const parsed = parsePartName(name);
          return parsed === undefined ? [] : [{ name, ...parsed }];
        })
        .sort((a, b) => (a.session < b.session ? -1 : a.session > b.session ? 1 : a.part - b.part))
        .map(({ name }) => `${day}/${name}`),
    );
}
