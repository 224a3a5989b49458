/** The file of one session in which hooks leave their events, and faces the user's looks; and its end. */
import { appendFileSync, mkdirSync, readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isSessionId, lookedLine, type HookRecord } from '../../../core/sessions/index.ts';

/** A file that is larger is begun anew with the next turn; one much larger, at once. */
const LARGE_BYTES = 32 * 1024;
const TOO_LARGE_BYTES = 1024 * 1024;
/** What is kept of a session that ended is one line; it and everything else goes after these. */
const SMALL_BYTES = 600;
const SMALL_KEPT_MS = 3_600_000;
const KEPT_MS = 14 * 86_400_000;

export function eventFolder(dataRoot: string): string {
  return join(dataRoot, 'sessions');
}

export function eventFile(dataRoot: string, session: string): string {
  return join(eventFolder(dataRoot), `${session}.jsonl`);
}

/** Appends one event, with one write: many hooks may do so at once. @throws Error of the file system. */
export function appendEvent(dataRoot: string, { session, line, fresh }: HookRecord): void {
  const file = eventFile(dataRoot, session);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  // A new file, not an empty one: who follows the old one sees that it is another.
  if (size > 0 && (line.state === 'ended' || (fresh && size > LARGE_BYTES) || size > TOO_LARGE_BYTES)) unlinkSync(file);
  write(file, `${JSON.stringify(line)}\n`);
}

/** Takes down that the user has seen the session, for every window and process. Says nothing when it cannot. */
export function markLooked(dataRoot: string, session: string, at: number): void {
  if (!isSessionId(session)) return;
  try {
    write(eventFile(dataRoot, session), `${JSON.stringify(lookedLine(at))}\n`);
  } catch {
    // Then it stays "not looked at", which does no harm.
  }
}

/** Removes what is left of sessions that are over. */
export function pruneEvents(dataRoot: string, now: number): void {
  const folder = eventFolder(dataRoot);
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.jsonl')) continue;
    const file = join(folder, name);
    const found = statSync(file, { throwIfNoEntry: false });
    const age = found === undefined ? 0 : now - found.mtimeMs;
    if (found !== undefined && (age > KEPT_MS || (found.size < SMALL_BYTES && age > SMALL_KEPT_MS))) unlinkSync(file);
  }
}

function write(file: string, text: string): void {
  try {
    appendFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
    appendFileSync(file, text, { mode: 0o600 });
  }
}
