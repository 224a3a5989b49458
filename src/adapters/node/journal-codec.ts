import { WheelhouseError } from '../../core/base/errors.ts';
import type { JournalEvent } from '../../core/ports/journal.ts';

/** Bytes of the longest record. Longer lines are damage, so a reader never holds more than this of one. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024;

/**
 * A line for a file that many append to.
 *
 * A crash or a full disk in mid-write leaves a torn line without its end. It must neither swallow
 * the next line nor come to life through it. So each is written as `space newline JSON newline`,
 * with no look at the file first: the leading newline ends a torn line, wherever it was torn, and
 * the leading space marks it, for a line that counts ends with its closing brace or bracket. After
 * a whole line the two are a blank line, which readers skip.
 */
export function frameLine(json: string): string {
  return ` \n${json}\n`;
}

/** One append is one record, one record is one line: an event, or a list of events that stand or fall together. */
export function encodeRecord(events: readonly JournalEvent[]): Buffer {
  const json = events.length === 1 ? JSON.stringify(events[0]) : JSON.stringify(events);
  const record = Buffer.from(frameLine(json), 'utf8');
  if (record.length > MAX_RECORD_BYTES) {
    throw new WheelhouseError(
      'invalid-input',
      `This is too much for one entry (${record.length} bytes, at most ${MAX_RECORD_BYTES}). Split it up.`,
    );
  }
  return record;
}

/**
 * The events of one line (without its newline); `blank` for the lines between records, `damaged`
 * for anything else.
 */
export function decodeLine(line: Buffer): readonly JournalEvent[] | 'blank' | 'damaged' {
  const last = line[line.length - 1];
  if (last !== CLOSING_BRACE && last !== CLOSING_BRACKET) return line.every((byte) => byte === SPACE) ? 'blank' : 'damaged';
  try {
    const value: unknown = JSON.parse(utf8.decode(line));
    const events: unknown[] = Array.isArray(value) ? value : [value];
    return events.length > 0 && events.every(isEvent) ? events : 'damaged';
  } catch {
    return 'damaged';
  }
}

const SPACE = 0x20;
const CLOSING_BRACE = 0x7d;
const CLOSING_BRACKET = 0x5d;
const utf8 = new TextDecoder('utf-8', { fatal: true });

function isEvent(value: unknown): value is JournalEvent {
  if (typeof value !== 'object' || value === null) return false;
  const event = value as Record<string, unknown>;
  return typeof event['id'] === 'string' && typeof event['at'] === 'number' && typeof event['by'] === 'string' && typeof event['type'] === 'string';
}
