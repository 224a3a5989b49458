/** The lines of a chained file, in pieces. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { ChainLine } from '../../../core/audit/index.ts';
import { prevOf } from './chained-file.ts';

const PIECE_BYTES = 1024 * 1024;
/** We write no longer ones; of one that is longer, the rest is passed over. */
const MOST_LINE_BYTES = 256 * 1024;
const NEWLINE = 10;

export interface FileLine extends ChainLine {
  readonly bytes: Buffer;
  /** The last of the file, without its line break. */
  readonly unfinished?: true;
}

export interface Position {
  readonly start: number;
  /** Of the last line before it. */
  readonly number: number;
}

/**
 * The whole lines from there on, without the blank ones. A last line without its end is given too when
 * `unfinished` is asked for. @throws Error of the file system.
 */
export function* linesOf(path: string, { start, number }: Position = { start: 0, number: 0 }, unfinished = false): Generator<FileLine> {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    let rest = Buffer.alloc(0);
    let dropped = 0;
    let at = start;
    for (let length = readSync(file, piece, 0, PIECE_BYTES, at); length > 0; length = readSync(file, piece, 0, PIECE_BYTES, at)) {
      at += length;
      const bytes = Buffer.concat([rest, piece.subarray(0, length)]);
      let from = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
        number++;
        const next = start + dropped + end - from + 1;
        const line = lineAt(bytes.subarray(from, end), start, next, number, dropped > 0);
        if (line !== undefined) yield line;
        start = next;
        dropped = 0;
        from = end + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length > MOST_LINE_BYTES) {
        dropped += rest.length;
        rest = Buffer.alloc(0);
      }
    }
    if (unfinished && rest.length + dropped > 0) yield { bytes: rest, start, end: start + dropped + rest.length, number: number + 1, prev: dropped > 0 ? 'foreign' : prevOf(rest), unfinished: true };
  } finally {
    closeSync(file);
  }
}

function lineAt(bytes: Buffer, start: number, end: number, number: number, tooLong: boolean): FileLine | undefined {
  if (bytes.length === 0 && !tooLong) return undefined;
  return { bytes, start, end, number, prev: tooLong ? 'foreign' : prevOf(bytes) };
}
