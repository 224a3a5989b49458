/** At the end of a turn: what the transcript knows of calls whose outcome no hook told. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, outcomeEntry, parseSettled, partName, untoldResults } from '../../../core/audit/light.ts';
import { auditFolder } from './ledger.ts';
import { entryTools, recordEntry } from './record.ts';

/** A turn is rarely longer; of what is before it nothing is said. */
const TAIL_BYTES = 2 * 1024 * 1024;
const MOST_AT_ONCE = 200;

/** @param event Of the end of a turn. @param at When it ended, milliseconds since the epoch. @throws Error of the file system. */
export function settleByTranscript(dataRoot: string, event: Readonly<Record<string, unknown>>, at: number): void {
  const [session, transcript, cwd] = [event['session_id'], event['transcript_path'], event['cwd']];
  if (typeof session !== 'string' || typeof transcript !== 'string') return;
  const known = { attempted: new Set<string>(), settled: new Set<string>() };
  // A day's file knows only of its day. The turn before is looked at again: its transcript may have been late.
  let [since, last] = [0, Date.parse(`${dayOf(at)}T00:00Z`)];
  for (const line of tailOf(join(auditFolder(dataRoot), dayOf(at), partName(session, 1)))) {
    const said = parseSettled(line);
    if (said?.is === 'turn') [since, last] = [last, said.at];
    else if (said !== undefined) known[said.is].add(said.call);
  }
  for (const result of untoldResults(tailOf(transcript), known, since || last).slice(-MOST_AT_ONCE)) recordEntry(dataRoot, outcomeEntry({ session, cwd: typeof cwd === 'string' ? cwd : '/', result, settledAt: at }, entryTools));
}

/** The last whole lines of a file; none when it cannot be read. */
function tailOf(path: string): string[] {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { size } = fstatSync(file);
    const bytes = Buffer.allocUnsafe(Math.min(size, TAIL_BYTES));
    const read = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const lines = bytes.toString('utf8', 0, read).split('\n');
    return size > TAIL_BYTES ? lines.slice(1) : lines;
  } catch {
    return [];
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
