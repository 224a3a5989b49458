import { createHash } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock, Random } from '../../core/ports/clock.ts';
import type { Journal, JournalEntry, JournalEvent, JournalRead, NewEvent } from '../../core/ports/journal.ts';
import { errorCodeOf, unreadable, unwritable } from './file-errors.ts';
import { decodeLine, encodeRecord, MAX_RECORD_BYTES } from './journal-codec.ts';
import { watchFile } from './watch.ts';

export interface JournalOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Bytes after which one `read` stops; a single longer line is still read whole. Default 4 MiB. */
  readonly batchBytes?: number;
}

const BATCH_BYTES = 4 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
/** Of the first and of the last bytes before a position, what makes its fingerprint: each line has an id by chance. A hook waits for it. */
const FINGERPRINT_BYTES = 512;
const PRIVATE_FOLDER = { recursive: true, mode: 0o700 } as const;
const NEWLINE = 10;
const NOTHING: JournalRead = { entries: [], end: 0, more: false, damaged: [], log: '' };
/** 16 characters of base 32 are 80 bits of chance: no two events share an id. */
const ID_LENGTH = 16;

/**
 * The journal as one file of lines. It is opened anew for each call, so that it may be deleted,
 * replaced or moved away while this process lives: an open handle would go on writing into a file
 * that nobody can see. The file and its folder are made by the first append, private to the user.
 *
 * A write is not flushed to the disk: it survives the death of the process, not a power cut.
 *
 * The calls are synchronous, in bounded pieces: an append takes about 40 µs, where five trips to
 * Node's thread pool took 700 µs on a busy machine. So the appends of one process also keep the
 * order in which they were asked for.
 */
export function openJournal(path: string, options: JournalOptions): Journal {
  const batchBytes = options.batchBytes ?? BATCH_BYTES;

  const stamp = (event: NewEvent): JournalEvent => {
    // `id` and `at` come first in the line, and nothing in the event can replace them.
    const own = { id: options.random.base32(ID_LENGTH), at: options.clock.now() };
    return Object.assign({ ...own }, event, own);
  };

  const append = (events: readonly NewEvent[]): readonly JournalEntry[] => {
    const stamped = events.map(stamp);
    const first = stamped[0];
    if (first === undefined) return [];
    const record = encodeRecord(stamped);
    try {
      const file = openForAppend(path);
      try {
        const position = write(file, record, first.id);
        return stamped.map((event, index) => ({ event, position: position + index }));
      } finally {
        closeSync(file);
      }
    } catch (error) {
      throw unwritable(path, error);
    }
  };

  const reading = <T>(work: (file: number) => T, missing: T): T => {
    let file: number | undefined;
    try {
      file = openSync(path, 'r');
      return work(file);
    } catch (error) {
      if (errorCodeOf(error) === 'ENOENT') return missing;
      throw unreadable(path, error);
    } finally {
      if (file !== undefined) closeSync(file);
    }
  };

  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- What it throws is to be a rejection.
    append: async (events) => append(events),
    read: async (from) => {
      const read = reading((file) => readLines(file, from, batchBytes), NOTHING);
      // A long journal is folded batch by batch; between them the process may do other things.
      if (read.more) await new Promise(setImmediate);
      return read;
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- As above.
    fingerprint: async (end) => reading((file) => fingerprint(file, end), undefined),
    watch: (listener) => {
      try {
        // A folder that is there can be watched; else only a slow look now and then would find it.
        mkdirSync(dirname(path), PRIVATE_FOLDER);
      } catch {
        // Nothing can be appended here; whoever tries is told.
      }
      return watchFile(path, listener);
    },
  };
}

function openForAppend(path: string): number {
  try {
    return openSync(path, 'a+', 0o600);
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error;
    mkdirSync(dirname(path), PRIVATE_FOLDER);
    return openSync(path, 'a+', 0o600);
  }
}

/**
 * Writes the record with one call (the kernel adds it behind whatever is there, never between
 * another's bytes), and looks where it came to lie.
 */
function write(file: number, record: Buffer, id: string): number {
  const before = fstatSync(file).size;
  const written = writeSync(file, record);
  // To write the rest would be a second write, and another's record may have come between.
  if (written < record.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
  for (let from = before, more = true; more; ) {
    const read = readLines(file, from, BATCH_BYTES);
    const own = read.entries.find((entry) => entry.event.id === id);
    if (own !== undefined) return own.position;
    from = read.end;
    more = read.more;
  }
  throw new Error('another program cut it off at the same moment; try again');
}

/** Complete lines from `from` on. The bytes are cut at newlines first and decoded after. */
function readLines(file: number, from: number, batchBytes: number): JournalRead {
  const { size, dev, ino } = fstatSync(file);
  const log = `${dev}:${ino}`;
  if (size < from) return { ...NOTHING, log };

  const entries: JournalEntry[] = [];
  const damaged: number[] = [];
  let lineStart = from;
  let partial: Buffer[] = [];
  let partialBytes = 0;

  const endLine = (tail: Buffer) => {
    const tooLong = partialBytes + tail.length > MAX_RECORD_BYTES;
    const events = tooLong ? 'damaged' : decodeLine(partial.length === 0 ? tail : Buffer.concat([...partial, tail]));
    if (events === 'damaged') damaged.push(lineStart);
    // A line is longer than its number of events, so the positions within it meet no other line's.
    else if (events !== 'blank') events.forEach((event, index) => entries.push({ event, position: lineStart + index }));
    partial = [];
    partialBytes = 0;
  };

  const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(size - from, 1)));
  for (let at = from; at < size && lineStart - from < batchBytes; ) {
    const bytesRead = readSync(file, chunk, 0, Math.min(chunk.length, size - at), at);
    if (bytesRead === 0) break;
    const bytes = chunk.subarray(0, bytesRead);
    let cut = 0;
    for (let newline = bytes.indexOf(NEWLINE); newline >= 0; newline = bytes.indexOf(NEWLINE, cut)) {
      endLine(bytes.subarray(cut, newline));
      cut = newline + 1;
      lineStart = at + cut;
    }
    at += bytesRead;
    partialBytes += bytesRead - cut;
    // Of a line that is too long, only its length is kept.
    if (partialBytes > MAX_RECORD_BYTES) partial = [];
    else if (cut < bytesRead) partial.push(Buffer.from(bytes.subarray(cut)));
  }
  return { entries, end: lineStart, more: lineStart - from >= batchBytes, damaged, log };
}

function fingerprint(file: number, end: number): string | undefined {
  if (fstatSync(file).size < end) return undefined;
  const length = Math.min(FINGERPRINT_BYTES, end);
  const bytes = Buffer.alloc(2 * length);
  readSync(file, bytes, 0, length, 0);
  readSync(file, bytes, length, length, end - length);
  return createHash('sha256').update(bytes).digest('hex');
}
