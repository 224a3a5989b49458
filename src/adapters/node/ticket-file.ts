import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCodeOf } from './file-errors.ts';
import { frameLine } from './journal-codec.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** A place in the queue for a lock. */
export interface Ticket {
  readonly id: string;
  readonly owner: ProcessIdentity;
  /** Milliseconds since the epoch, by the owner's clock. */
  readonly at: number;
  /** Byte offset of its line. */
  readonly position: number;
}

/** The lines of a lock's file. It is only ever appended to (or emptied by the holder, see the lock). */
type Line =
  | { readonly take: string; readonly owner: ProcessIdentity; readonly at: number }
  /** The holder is done. It held, so every ticket before its own, at `ticket`, is settled too. */
  | { readonly release: string; readonly ticket: number }
  /** One who waits gives up. */
  | { readonly withdraw: string };

const FIRST_WINDOW_BYTES = 8192;

export function appendTicketLine(path: string, line: Line): void {
  const bytes = Buffer.from(frameLine(JSON.stringify(line)));
  let file: number;
  try {
    file = openSync(path, 'a', 0o600);
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    file = openSync(path, 'a', 0o600);
  }
  try {
    if (writeSync(file, bytes) < bytes.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
  } finally {
    closeSync(file);
  }
}

export function emptyTicketFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, 0);
  } finally {
    closeSync(file);
  }
}

/** The tickets that are neither released nor withdrawn, in order, and the size of the file. */
export function readTickets(path: string): { tickets: Ticket[]; size: number } {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return { tickets: [], size: 0 };
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    for (let from = Math.max(0, size - FIRST_WINDOW_BYTES); ; from = Math.max(0, size - 2 * (size - from))) {
      const lines = readLines(file, from, size);
      // The tickets before the last release's own are settled, so the window needs to reach no further.
      const settled = Math.max(-1, ...lines.map(({ line }) => ('release' in line ? line.ticket : -1)));
      if (from === 0 || (settled >= 0 && from <= settled)) return { tickets: openTickets(lines, settled), size };
    }
  } finally {
    closeSync(file);
  }
}

function openTickets(lines: readonly { line: Line; position: number }[], settled: number): Ticket[] {
  const tickets = new Map<string, Ticket>();
  for (const { line, position } of lines) {
    if ('take' in line) {
      if (position > settled && !tickets.has(line.take)) tickets.set(line.take, { id: line.take, owner: line.owner, at: line.at, position });
    } else tickets.delete('release' in line ? line.release : line.withdraw);
  }
  return [...tickets.values()];
}

function readLines(file: number, from: number, size: number): { line: Line; position: number }[] {
  const bytes = Buffer.alloc(size - from);
  // One character per byte, so that indexes are byte offsets.
  const text = bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, from));
  const found: { line: Line; position: number }[] = [];
  // The first line of a window is cut, unless it starts the file; the last has no end yet.
  let start = from === 0 ? 0 : text.indexOf('\n') + 1;
  for (let end = text.indexOf('\n', start); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
    const line = parse(Buffer.from(text.slice(start, end), 'latin1').toString('utf8'));
    if (line !== undefined) found.push({ line, position: from + start });
  }
  return found;
}

function parse(text: string): Line | undefined {
  if (!text.endsWith('}')) return undefined;
  try {
    // Only Wheelhouse writes these files; what is torn or foreign fails here or has none of the keys.
    const value = JSON.parse(text) as Line;
    return 'take' in value || 'release' in value || 'withdraw' in value ? value : undefined;
  } catch {
    return undefined;
  }
}
