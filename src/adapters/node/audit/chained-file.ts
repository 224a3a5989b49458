/** Appends lines to a file that other processes append to at the same moment; see the core's `chain.ts`. */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { chainStart, parseSeen, seenText, type Link, type Seen } from '../../../core/audit/light.ts';

const NEWLINE = 10;
const CLOSING_BRACE = 125;
/** The last lines are nearly always within so much. */
const TAIL_BYTES = 16 * 1024;
const PREV = /^\{"prev":"(\d{1,15}:[0-9a-f]{32})"/;
const PREV_BYTES = 64;
const BEGINNING = '{"prev":"';

export const link: Link = (before, line) => createHash('sha256').update(before).update('\n').update(line).digest('hex').slice(0, 32);
export const startOf = (name: string): string => chainStart(link, name, (text) => Buffer.from(text));

/** What a line says that its writer saw. */
export function prevOf(line: Buffer): Seen | 'foreign' | 'torn' {
  const [, seen] = PREV.exec(line.toString('latin1', 0, PREV_BYTES)) ?? [];
  if (seen === undefined) return isBeginning(line.toString('latin1')) ? 'torn' : 'foreign';
  return line.at(-1) === CLOSING_BRACE && isJson(line) ? (parseSeen(seen) ?? 'foreign') : 'torn';
}

/** Whether a text could be one of our lines that was cut off before all of `prev` was written. */
function isBeginning(text: string): boolean {
  return BEGINNING.startsWith(text.slice(0, BEGINNING.length)) || /^\{"prev":"[\d:0-9a-f]*$/.test(text);
}

function isJson(line: Buffer): boolean {
  try {
    JSON.parse(line.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

/**
 * Adds one line with one write: the kernel puts it behind whatever is there. The file is private.
 * @param name What the file is called in its chain. @param fields Of the line, without `prev`.
 * @returns What the file was seen to be, the new line included. @throws Error of the file system; then a part of the line may stand in the file, and readers pass it over.
 */
export function appendChained(path: string, name: string, fields: object): Seen {
  const file = openForAppend(path);
  try {
    const before = chainOf(file, name);
    const line = Buffer.from(`{"prev":"${seenText(before.seen)}",${JSON.stringify(fields).slice(1)}`);
    const record = Buffer.concat([Buffer.from(before.torn ? '\n' : ''), line, Buffer.from('\n')]);
    // To write the rest would be a second write, and another's line may have come between.
    if (writeSync(file, record) < record.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
    return upTo(file, before.seen, line);
  } finally {
    closeSync(file);
  }
}

function openForAppend(path: string): number {
  try {
    return openSync(path, 'a+', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, 'a+', 0o600);
  }
}

/** The chain of the file as it is now, from what its last good line saw. */
export function chainOf(file: number, name: string): { seen: Seen; torn: boolean } {
  const { size } = fstatSync(file);
  for (let length = Math.min(size, TAIL_BYTES); ; length = Math.min(size, length * 8)) {
    const start = size - length;
    const bytes = read(file, start, length);
    const known = start === 0 ? { end: 0, chain: startOf(name) } : lastSeen(bytes, start);
    // What it saw must lie in what was read, as the lines since then are hashed.
    if (known !== undefined && known.end >= start) {
      const seen = follow(bytes, start, start === 0 ? (lastSeen(bytes, 0) ?? known) : known);
      return { seen, torn: bytes.length > 0 && bytes.at(-1) !== NEWLINE };
    }
  }
}

/** What the last whole line of ours in these bytes saw. @param start Where they begin in the file. */
function lastSeen(bytes: Buffer, start: number): Seen | undefined {
  for (let end = bytes.lastIndexOf(NEWLINE); end > 0; ) {
    const before = bytes.lastIndexOf(NEWLINE, end - 1);
    // The first line of a part of the file may be cut.
    const prev = before < 0 && start > 0 ? 'torn' : prevOf(bytes.subarray(before + 1, end));
    if (typeof prev === 'object' && prev.end <= start + before + 1) return prev;
    end = before;
  }
  return undefined;
}

/** The chain at the end of the last whole line, from a point before it. */
function follow(bytes: Buffer, start: number, from: Seen): Seen {
  let { end, chain } = from;
  for (let at = end - start, next = bytes.indexOf(NEWLINE, at); next >= 0; at = next + 1, next = bytes.indexOf(NEWLINE, at)) {
    if (next === at) continue;
    chain = link(chain, bytes.subarray(at, next));
    end = start + next + 1;
  }
  return { end, chain };
}

/** The chain up to this line, which was just written behind `from`. */
function upTo(file: number, from: Seen, line: Buffer): Seen {
  const bytes = read(file, from.end, fstatSync(file).size - from.end);
  const at = bytes.indexOf(line);
  if (at < 0) throw new Error('another program cut the file off at the same moment');
  return follow(bytes.subarray(0, at + line.length + 1), from.end, from);
}

function read(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, length === 0 ? 0 : readSync(file, bytes, 0, length, from));
}
