import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';

/** A stretch of a file with whole lines only, each with its line break. The bytes are good until the next block is read. */
export interface LineBlock {
  readonly bytes: Buffer;
  /** Of the first byte in the file. */
  readonly offset: number;
  /** After the last byte. */
  readonly end: number;
}

/** A line that is too long to be held: how it begins and ends. */
export interface LongLine {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly offset: number;
  readonly end: number;
}

const BLOCK_BYTES = 1024 * 1024;
/** Longer lines are not held. */
const LONGEST_LINE = 16 * 1024 * 1024;
const HEAD_BYTES = 1024 * 1024;
const TAIL_BYTES = 64 * 1024;
const NEWLINE = 10;
/** Of the first and of the last bytes before a position, what makes its fingerprint. */
const FINGERPRINT_BYTES = 4096;

/**
 * The complete lines of an open file between two positions, in blocks. Whatever the file, never more
 * than one block or one line is in memory. What follows the last line break is left for later.
 */
export function* readBlocks(file: number, from: number, to: number): Generator<LineBlock | LongLine> {
  let buffer = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, Math.max(to - from, 1)));
  /** Bytes of a line that is not complete, at the start of the buffer; `at` is where they are in the file. */
  let held = 0;
  let at = from;
  let long: { offset: number; head: Buffer; tail: Buffer } | undefined;
  while (at + held < to) {
    if (held === buffer.length) {
      if (held >= LONGEST_LINE) {
        long = { offset: at, head: Buffer.from(buffer.subarray(0, HEAD_BYTES)), tail: Buffer.from(buffer.subarray(-TAIL_BYTES)) };
        at += held;
        held = 0;
      } else {
        const wider = Buffer.allocUnsafe(Math.min(buffer.length * 2, LONGEST_LINE));
        buffer.copy(wider, 0, 0, held);
        buffer = wider;
      }
    }
    const count = readSync(file, buffer, held, Math.min(buffer.length - held, to - at - held), at + held);
    if (count === 0) return;
    const filled = held + count;
    let start = 0;
    if (long !== undefined) {
      const newline = buffer.subarray(0, filled).indexOf(NEWLINE);
      const rest = buffer.subarray(0, newline < 0 ? filled : newline);
      long.tail = Buffer.from(Buffer.concat([long.tail, rest.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES));
      if (newline < 0) {
        at += filled;
        continue;
      }
      start = newline + 1;
      yield { ...long, end: at + start };
      long = undefined;
    }
    const end = buffer.subarray(start, filled).lastIndexOf(NEWLINE) + 1 + start;
    if (end > start) yield { bytes: buffer.subarray(start, end), offset: at + start, end: at + end };
    buffer.copyWithin(0, end, filled);
    held = filled - end;
    at += end;
  }
}

/** Calls back for each line of a block that is not empty, with its place among the bytes and without its line break. */
export function eachLine(bytes: Buffer, visit: (start: number, end: number) => void): void {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    if (end > start) visit(start, end);
    start = end + 1;
  }
}

/** The JSON value of a line; undefined when it is damaged. Invalid UTF-8 becomes U+FFFD. */
export function parseLine(bytes: Buffer, start = 0, end = bytes.length): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end)) as unknown;
  } catch {
    return undefined;
  }
}

/** A mark of the file's content up to `end`, for recognising it later; undefined when it is shorter. */
export function fingerprint(file: number, size: number, end: number): string | undefined {
  if (size < end) return undefined;
  const length = Math.min(FINGERPRINT_BYTES, end);
  const bytes = Buffer.alloc(2 * length);
  readSync(file, bytes, 0, length, 0);
  readSync(file, bytes, length, length, end - length);
  return createHash('sha256').update(bytes).digest('base64url');
}
