import { createHash } from 'node:crypto';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WheelhouseError } from '../../core/base/errors.ts';
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
/** Of the first and of the last bytes before a position, what makes its fingerprint. */
const FINGERPRINT_BYTES = 4096;
/** 16 characters of base 32 are 80 bits of chance: no two events share an id. */
const ID_LENGTH = 16;

/**
 * The journal as one file of lines. It is opened anew for each call, so that it may be deleted,
 * replaced or moved away while this process lives: an open handle would go on writing into a file
 * that nobody can see. The file and its folder are made by the first append, private to the user.
 *
 * A write is not flushed to the disk: it survives the death of the process, not a power cut.
 */
export function openJournal(path: string, options: JournalOptions): Journal {
  const batchBytes = options.batchBytes ?? BATCH_BYTES;
  // Appends of one process keep the order in which they were asked for.
  let appending: Promise<unknown> = Promise.resolve();

  const append = async (events: readonly NewEvent[]): Promise<readonly JournalEntry[]> => {
    const stamped = events.map((event): JournalEvent => {
      // `id` and `at` come first in the line, and nothing in the event can replace them.
      const own = { id: options.random.base32(ID_LENGTH), at: options.clock.now() };
      return Object.assign({ ...own }, event, own);
    });
    const first = stamped[0];
    if (first === undefined) return [];
    const record = encodeRecord(stamped);
    const file = await openForAppend(path);
    try {
      // Our record lies somewhere behind this size, so the search for it starts here.
      const { size } = await file.stat();
      await writeOnce(file, record, path);
      const found = await positionOf(file, size, first.id);
      if (found === undefined) {
        throw new WheelhouseError('unwritable', `Cannot write ${path}: another program changed it at the same moment. Try again.`);
      }
      return stamped.map((event, index) => ({ event, position: found + index }));
    } finally {
      await file.close();
    }
  };

  return {
    append: (events) => {
      const done = appending.then(() => append(events)).catch((error: unknown) => {
        throw errorCodeOf(error) === undefined ? error : unwritable(path, error);
      });
      appending = done.catch(() => undefined);
      return done;
    },
    read: (from) => withFile(path, (file) => readLines(file, from, batchBytes), { entries: [], end: 0, more: false, damaged: [], log: '' }),
    fingerprint: (end) => withFile(path, (file) => fingerprint(file, end), undefined),
    watch: (listener) => watchFile(path, listener),
  };
}

/** One write call: the kernel adds it behind whatever is there, never between another's bytes. */
async function writeOnce(file: FileHandle, record: Buffer, path: string): Promise<void> {
  const { bytesWritten } = await file.write(record);
  if (bytesWritten < record.length) {
    // To write the rest would be a second write, and another's record may come between.
    throw unwritable(path, Object.assign(new Error('short write'), { code: 'ENOSPC' }));
  }
}

async function openForAppend(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a+', 0o600);
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return open(path, 'a+', 0o600);
  }
}

async function positionOf(file: FileHandle, from: number, id: string): Promise<number | undefined> {
  for (let next = from, more = true; more; ) {
    const read = await readLines(file, next, BATCH_BYTES);
    const own = read.entries.find((entry) => entry.event.id === id);
    if (own !== undefined) return own.position;
    next = read.end;
    more = read.more;
  }
  return undefined;
}

/** Complete lines from `from` on. The bytes are cut at newlines first and decoded after. */
async function readLines(file: FileHandle, from: number, batchBytes: number): Promise<JournalRead> {
  const { size, dev, ino } = await file.stat();
  const log = `${dev}:${ino}`;
  if (size < from) return { entries: [], end: 0, more: false, damaged: [], log };

  const entries: JournalEntry[] = [];
  const damaged: number[] = [];
  const take = (line: Buffer, position: number) => {
    const events = decodeLine(line);
    if (events === 'blank') return;
    if (events === 'damaged') damaged.push(position);
    // A line is longer than its number of events, so the positions within it meet no other line's.
    else events.forEach((event, index) => entries.push({ event, position: position + index }));
  };

  const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(size - from, 1)));
  let lineStart = from;
  let partial: Buffer[] = [];
  let partialBytes = 0;
  for (let at = from; at < size; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, size - at), at);
    if (bytesRead === 0) break;
    const bytes = chunk.subarray(0, bytesRead);
    let cut = 0;
    for (let newline = bytes.indexOf(10); newline >= 0; newline = bytes.indexOf(10, cut)) {
      const tail = bytes.subarray(cut, newline);
      if (partialBytes + tail.length > MAX_RECORD_BYTES) damaged.push(lineStart);
      else take(partial.length === 0 ? tail : Buffer.concat([...partial, tail]), lineStart);
      partial = [];
      partialBytes = 0;
      cut = newline + 1;
      lineStart = at + cut;
    }
    const rest = bytes.subarray(cut);
    partialBytes += rest.length;
    if (partialBytes > MAX_RECORD_BYTES) partial = [];
    else if (rest.length > 0) partial.push(Buffer.from(rest));
    at += bytesRead;
    if (lineStart - from >= batchBytes) return { entries, end: lineStart, more: at < size, damaged, log };
  }
  return { entries, end: lineStart, more: false, damaged, log };
}

async function fingerprint(file: FileHandle, end: number): Promise<string | undefined> {
  if ((await file.stat()).size < end) return undefined;
  const bytes = Buffer.alloc(2 * FINGERPRINT_BYTES);
  const head = await file.read(bytes, 0, Math.min(FINGERPRINT_BYTES, end), 0);
  const tailLength = Math.min(FINGERPRINT_BYTES, end);
  const tail = await file.read(bytes, head.bytesRead, tailLength, end - tailLength);
  return createHash('sha256').update(bytes.subarray(0, head.bytesRead + tail.bytesRead)).digest('hex');
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>, missing: T): Promise<T> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    return await work(file);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return missing;
    throw errorCodeOf(error) === undefined ? error : unreadable(path, error);
  } finally {
    await file?.close();
  }
}
