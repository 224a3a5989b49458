/**
 * A SQLite database in WAL mode, as one that can be opened from memory: what is committed in the
 * write-ahead log is laid over the pages of the main file.
 * Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */

const WAL_HEADER = 32;
const FRAME_HEADER = 24;
/** The two bytes of the database header that say how it is written and read: 1 journal, 2 WAL. */
const VERSIONS = 18;

/** Whether the bytes begin as a SQLite database does. */
export function isSqlite(main: Uint8Array): boolean {
  return main.length >= 100 && 'SQLite format 3\0'.split('').every((character, i) => main[i] === character.charCodeAt(0));
}

/**
 * The database with what its log adds. A log that belongs to another database, is damaged from some
 * frame on, or ends in the middle of a transaction counts as far as SQLite itself would take it.
 *
 * @param main The whole main file; it is not changed.
 * @param wal The whole `-wal` file; empty when there is none.
 */
export function withWal(main: Uint8Array, wal: Uint8Array): Uint8Array {
  const committed = readFrames(wal);
  const pageSize = committed?.pageSize ?? 0;
  const length = committed === undefined ? main.length : committed.pageCount * pageSize;
  const merged = new Uint8Array(length);
  merged.set(main.subarray(0, length));
  if (committed !== undefined) {
    for (const [page, offset] of committed.frames) {
      if (page <= committed.pageCount) merged.set(wal.subarray(offset, offset + pageSize), (page - 1) * pageSize);
    }
  }
  if (merged[VERSIONS] === 2) merged.fill(1, VERSIONS, VERSIONS + 2);
  return merged;
}

interface Committed {
  readonly pageSize: number;
  /** Of the database after the last commit. */
  readonly pageCount: number;
  /** Where in the log the newest content of a page stands, by page number from 1. */
  readonly frames: ReadonlyMap<number, number>;
}

function readFrames(wal: Uint8Array): Committed | undefined {
  if (wal.length < WAL_HEADER) return undefined;
  const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength);
  const magic = view.getUint32(0);
  const pageSize = view.getUint32(8);
  if ((magic !== 0x377f0682 && magic !== 0x377f0683) || pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) return undefined;
  const littleEndian = magic === 0x377f0682;
  let sum = checksum(view, 0, 24, [0, 0], littleEndian);
  if (sum[0] !== view.getUint32(24) || sum[1] !== view.getUint32(28)) return undefined;

  const frames = new Map<number, number>();
  let pending: [page: number, offset: number][] = [];
  let pageCount = 0;
  for (let at = WAL_HEADER; at + FRAME_HEADER + pageSize <= wal.length; at += FRAME_HEADER + pageSize) {
    // Frames with other salts are left from an earlier round of the log.
    if (view.getUint32(at + 8) !== view.getUint32(16) || view.getUint32(at + 12) !== view.getUint32(20)) break;
    sum = checksum(view, at + FRAME_HEADER, pageSize, checksum(view, at, 8, sum, littleEndian), littleEndian);
    if (sum[0] !== view.getUint32(at + 16) || sum[1] !== view.getUint32(at + 20)) break;
    pending.push([view.getUint32(at), at + FRAME_HEADER]);
    const size = view.getUint32(at + 4);
    if (size === 0) continue;
    for (const [page, offset] of pending) frames.set(page, offset);
    pending = [];
    pageCount = size;
  }
  return pageCount === 0 ? undefined : { pageSize, pageCount, frames };
}

type Sum = readonly [number, number];

function checksum(view: DataView, start: number, length: number, [first, second]: Sum, littleEndian: boolean): Sum {
  let [a, b] = [first, second];
  for (let at = start; at < start + length; at += 8) {
    a = (a + view.getUint32(at, littleEndian) + b) >>> 0;
    b = (b + view.getUint32(at + 4, littleEndian) + a) >>> 0;
  }
  return [a, b];
}
