import { statSync, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { READ_WITHOUT_WAITING } from '../file-io.ts';

/** Of a file that was not read before, the last bytes are read; more of them when those hold no whole line. */
const TAIL_BYTES = 256 * 1024;
/** The most that is read at once, and the longest line that is waited for. */
const MOST_BYTES = 4 * 1024 * 1024;
const NEWLINE = 10;

export interface TailRead {
  /** Complete lines, in order, without their line breaks; invalid UTF-8 as U+FFFD. */
  readonly lines: readonly string[];
  /** The file is another one than before, or lines were left out: what was read before is void. */
  readonly restarted: boolean;
}

/** Follows a file of lines that others append to, without ever reading more of it than its end. */
export class Tail {
  readonly path: string;
  /** Where the first byte that was not given out as part of a line is; undefined: not read yet. */
  #offset: number | undefined;
  /** Which file it was, and how much of it has been seen. */
  #file = '';
  #size = 0;
  #reading: Promise<TailRead> | undefined;
  /** The rest of a line that is too long to be read is skipped up to its end. */
  #skipping = false;

  constructor(path: string) {
    this.path = path;
  }

  /** Whether the file has changed since it was read. Takes some microseconds; a missing file has not. */
  hasNews(): boolean {
    try {
      const found = statSync(this.path, { throwIfNoEntry: false });
      return found !== undefined && (found.size !== this.#size || identityOf(found) !== this.#file);
    } catch {
      return false;
    }
  }

  /** What has come since the last call. A file that cannot be read has nothing. */
  read(): Promise<TailRead> {
    this.#reading ??= this.#read()
      .catch(() => ({ lines: [], restarted: false }))
      .finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<TailRead> {
    const file = await open(this.path, READ_WITHOUT_WAITING);
    try {
      const found = await file.stat();
      if (!found.isFile()) return { lines: [], restarted: false };
      const { size } = found;
      const same = identityOf(found) === this.#file && this.#offset !== undefined && this.#offset <= size;
      this.#file = identityOf(found);
      if (same && size - (this.#offset ?? 0) <= MOST_BYTES) return { lines: await this.#readFrom(file, this.#offset ?? 0, size), restarted: false };
      let lines: readonly string[] = [];
      for (const most of [TAIL_BYTES, MOST_BYTES]) {
        this.#skipping = size > most;
        lines = await this.#readFrom(file, Math.max(0, size - most), size);
        if (lines.length > 0 || size <= most) break;
      }
      return { lines, restarted: true };
    } finally {
      await file.close();
    }
  }

  async #readFrom(file: FileHandle, start: number, end: number): Promise<readonly string[]> {
    const bytes = Buffer.alloc(end - start);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    this.#size = start + bytesRead;
    return this.#split(bytes.subarray(0, bytesRead), start);
  }

  #split(bytes: Buffer, start: number): readonly string[] {
    let cut = 0;
    if (this.#skipping) {
      const end = bytes.indexOf(NEWLINE);
      if (end < 0) {
        this.#offset = start + bytes.length;
        return [];
      }
      cut = end + 1;
      this.#skipping = false;
    }
    const lines: string[] = [];
    for (let end = bytes.indexOf(NEWLINE, cut); end >= 0; end = bytes.indexOf(NEWLINE, cut)) {
      if (end > cut) lines.push(bytes.toString('utf8', cut, end));
      cut = end + 1;
    }
    // A line that goes on and on is not kept, nor read again from its beginning each time.
    if (bytes.length - cut >= MOST_BYTES) {
      this.#skipping = true;
      cut = bytes.length;
    }
    this.#offset = start + cut;
    return lines;
  }
}

/** A new file may get the number of one that was just removed, but not its birth. */
function identityOf({ dev, ino, birthtimeMs }: Stats): string {
  return `${dev}:${ino}:${birthtimeMs}`;
}
