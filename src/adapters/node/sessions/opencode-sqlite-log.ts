/**
 * Where the newest committed content of each page stands in a SQLite write-ahead log, kept up as it grows.
 * Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
import { fstatSync, readSync } from 'node:fs';

const HEADER = 32;
const FRAME_HEADER = 24;
/** Read at once. */
const PIECE_FRAMES = 64;

type Sum = readonly [number, number];

export class SqliteLog {
  #header: Buffer = Buffer.alloc(0);
  #pageSize: number | undefined;
  /** Behind the last commit, and the checksum up to there. */
  #end = HEADER;
  #sum: Sum = [0, 0];
  #pages = new Map<number, number>();

  /** Undefined when nothing is committed in the log: all is in the main file. */
  get pageSize(): number | undefined {
    return this.#pages.size === 0 ? undefined : this.#pageSize;
  }

  /** In the log's file; undefined for a page that is in the main file. */
  offsetOf(page: number): number | undefined {
    return this.#pages.get(page);
  }

  /**
   * Reads what has been committed since.
   * @param file undefined when there is none.
   * @returns What is the same as long as nothing was committed.
   */
  update(file: number | undefined): string {
    const header = Buffer.alloc(HEADER);
    const size = file === undefined ? 0 : fstatSync(file).size;
    if (file === undefined || readSync(file, header, 0, HEADER, 0) < HEADER) this.#restart(Buffer.alloc(0));
    else {
      // The log begins anew when all of it is in the main file: its salt is another one then.
      if (!header.equals(this.#header)) this.#restart(header);
      if (this.#pageSize !== undefined) this.#follow(file, size, this.#pageSize);
    }
    return `${this.#header.toString('hex', 16)}:${this.#end}`;
  }

  #restart(header: Buffer): void {
    this.#header = header;
    this.#pages = new Map();
    this.#end = HEADER;
    this.#pageSize = undefined;
    if (header.length < HEADER || (header.readUInt32BE(0) & ~1) !== 0x377f0682) return;
    this.#sum = this.#checksum(header, 0, 24, [0, 0]);
    const pageSize = header.readUInt32BE(8);
    const isWhole = this.#sum[0] === header.readUInt32BE(24) && this.#sum[1] === header.readUInt32BE(28);
    if (isWhole && pageSize >= 512 && pageSize <= 65_536 && (pageSize & (pageSize - 1)) === 0) this.#pageSize = pageSize;
  }

  #follow(file: number, size: number, pageSize: number): void {
    const frame = FRAME_HEADER + pageSize;
    let sum = this.#sum;
    let pending: [page: number, offset: number][] = [];
    for (let at = this.#end; at + frame <= size; ) {
      const piece = Buffer.alloc(Math.min(PIECE_FRAMES, Math.floor((size - at) / frame)) * frame);
      if (readSync(file, piece, 0, piece.length, at) < piece.length) return;
      for (let start = 0; start < piece.length; start += frame) {
        // Frames with another salt are left from an earlier round of the log.
        if (piece.compare(this.#header, 16, 24, start + 8, start + 16) !== 0) return;
        sum = this.#checksum(piece, start + FRAME_HEADER, pageSize, this.#checksum(piece, start, 8, sum));
        if (sum[0] !== piece.readUInt32BE(start + 16) || sum[1] !== piece.readUInt32BE(start + 20)) return;
        pending.push([piece.readUInt32BE(start), at + start + FRAME_HEADER]);
        if (piece.readUInt32BE(start + 4) === 0) continue;
        for (const [page, offset] of pending) this.#pages.set(page, offset);
        pending = [];
        this.#sum = sum;
        this.#end = at + start + frame;
      }
      at += piece.length;
    }
  }

  #checksum(bytes: Buffer, start: number, length: number, [first, second]: Sum): Sum {
    const littleEndian = (this.#header[3] ?? 0) % 2 === 0;
    let [a, b] = [first, second];
    for (let at = start; at < start + length; at += 8) {
      a = (a + (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)) + b) >>> 0;
      b = (b + (littleEndian ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4)) + a) >>> 0;
    }
    return [a, b];
  }
}
