import { closeSync, fstatSync, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { PromptIndex, readArchiveLine, sightingOf, writeArchiveLine, type ArchiveLine, type Origin, type Sighting } from '../../../core/prompts/index.ts';
import { errorCodeOf, unreadable, unwritable } from '../file-errors.ts';
import { eachLine, fingerprint, parseLine, readBlocks } from './line-blocks.ts';

const NEWLINE = Buffer.from('\n');
/** Lines that lie this close together on the average are read with one read, if it is not too large. */
const CLOSE_BYTES = 4096;
const MOST_AT_ONCE = 8 * 1024 * 1024;

/**
 * Every prompt that was ever found, in one file of lines to which any process appends: agents delete
 * and replace theirs. A block of lines is one write that begins and ends with a line break, so that
 * blocks of several processes do not mix and a torn one ends with itself. Its lines are those of
 * Claude Code's history, unchanged where they came from there.
 */
export class Archive {
  readonly path: string;
  index = new PromptIndex();
  /** Up to here the lines are in the index. */
  foldedTo = 0;
  /** Another one when all that was known of the archive is void. */
  generation = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Bytes; 0 without a file. */
  size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  fingerprint(end: number): string | undefined {
    return this.reading((file, size) => fingerprint(file, size, end), end === 0 ? '' : undefined);
  }

  /** Takes in what any process has appended. */
  async refresh(): Promise<void> {
    const size = this.size();
    // Somebody has put another archive there: what is known of the old one is void.
    if (size < this.foldedTo) this.startOver();
    if (size === this.foldedTo) return;
    const file = this.#open();
    if (file === undefined) return;
    try {
      for (const block of readBlocks(file, this.foldedTo, size)) {
        if ('bytes' in block) {
          eachLine(block.bytes, (start, end) => {
            const line = readArchiveLine(parseLine(block.bytes, start, end));
            if (line !== undefined) this.index.fold(line, sightingOf(line.told), { offset: block.offset + start, size: end - start });
          });
        }
        this.foldedTo = block.end;
        await setImmediate();
      }
    } finally {
      closeSync(file);
    }
  }

  startOver(): void {
    this.index = new PromptIndex();
    this.foldedTo = 0;
    this.generation += 1;
  }

  /** What the batch has is in the archive and in the index when it returns. @throws WheelhouseError `unwritable`, and then it is in neither. */
  async append(batch: Batch): Promise<void> {
    if (batch.isEmpty) return;
    const block = batch.bytes();
    let landed: boolean;
    try {
      landed = this.#write(block);
    } catch (error) {
      this.index.truncate(batch.firstRow);
      throw unwritable(this.path, error);
    }
    if (landed) {
      this.foldedTo += block.length;
      return;
    }
    // Another process was quicker, so the rows have other places: the file says which.
    this.index.truncate(batch.firstRow);
    await this.refresh();
  }

  batch(): Batch {
    return new Batch(this.index, this.foldedTo);
  }

  /** @returns whether it came to lie where the index ends. */
  #write(block: Buffer): boolean {
    const file = this.#openForAppend();
    try {
      const before = fstatSync(file).size;
      // To write the rest would be a second write, and another's block may have come between.
      if (writeSync(file, block) < block.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
      return before === this.foldedTo && fstatSync(file).size === before + block.length;
    } finally {
      closeSync(file);
    }
  }

  #openForAppend(): number {
    try {
      return openSync(this.path, 'a', 0o600);
    } catch (error) {
      if (errorCodeOf(error) !== 'ENOENT') throw error;
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      return openSync(this.path, 'a', 0o600);
    }
  }

  /** Runs `work` on the open file. @param missing What is answered without a file. */
  reading<T>(work: (file: number, size: number) => T, missing: T): T {
    const file = this.#open();
    if (file === undefined) return missing;
    try {
      return work(file, fstatSync(file).size);
    } finally {
      closeSync(file);
    }
  }

  /** The lines of these rows, in their order. A line that cannot be read is left out. */
  lines(rows: readonly number[] | Uint32Array): [row: number, line: ArchiveLine][] {
    return this.reading((file) => {
      const { offset, size } = this.index.table;
      const found: [number, ArchiveLine][] = [];
      const stretch = stretchOf(rows, offset, size);
      const all = stretch && readAt(file, stretch.from, stretch.to - stretch.from);
      for (const row of rows) {
        const [at, length] = [offset[row] ?? 0, size[row] ?? 0];
        const start = stretch === undefined ? 0 : at - stretch.from;
        const line = readArchiveLine(parseLine(all ?? readAt(file, at, length), start, start + length));
        if (line !== undefined) found.push([row, line]);
      }
      return found;
    }, []);
  }

  #open(): number | undefined {
    try {
      return openSync(this.path, 'r');
    } catch (error) {
      if (errorCodeOf(error) === 'ENOENT') return undefined;
      throw unreadable(this.path, error);
    }
  }
}

/** Where the lines of these rows lie, if they lie so close together that one read is quicker than one for each. */
function stretchOf(rows: Iterable<number>, offset: Float64Array, size: Uint32Array): { from: number; to: number } | undefined {
  let [from, to, count] = [Infinity, 0, 0];
  for (const row of rows) {
    from = Math.min(from, offset[row] ?? 0);
    to = Math.max(to, (offset[row] ?? 0) + (size[row] ?? 0));
    count += 1;
  }
  return count > 1 && to - from <= Math.min(MOST_AT_ONCE, count * CLOSE_BYTES) ? { from, to } : undefined;
}

function readAt(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, from));
}

/** Prompts on their way into the archive. They are in the index at once, as if they were written already. */
export class Batch {
  readonly firstRow: number;
  readonly #index: PromptIndex;
  readonly #pieces: Buffer[] = [NEWLINE];
  #end: number;

  constructor(index: PromptIndex, end: number) {
    this.#index = index;
    this.firstRow = index.table.count;
    this.#end = end + NEWLINE.length;
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 1;
  }

  /**
   * Takes the prompt unless it is known.
   * @param raw Its line, with the line break, when that can stand in the archive as it is; good until `bytes` is called.
   */
  take(sighting: Sighting, origin: Origin, raw?: Buffer): void {
    const verdict = this.#index.judge(sighting, origin);
    if (verdict === 'known') return;
    const apart = verdict === 'apart';
    const line = raw !== undefined && !apart ? raw : Buffer.from(`${writeArchiveLine({ told: sighting.told, origin, apart })}\n`);
    this.#index.fold({ origin, apart }, sighting, { offset: this.#end, size: line.length - 1 });
    this.#pieces.push(line);
    this.#end += line.length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}
