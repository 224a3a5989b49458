/** The process that writes a session's checkpoint, known to the session that begins while it does. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning } from '../sessions/process-start.ts';

/** An older process id may be anybody's by now. */
const MOST_AGE_MS = 60_000;
const POLL_MS = 20;

/**
 * Where that cannot be kept, the next session does not wait, and finds what is written by then.
 * @param scope The data folder of the repository. @param pid Of the process that was just started.
 */
export function noteWriter(scope: string, pid: number): void {
  try {
    mkdirSync(join(scope, 'checkpoints'), { recursive: true, mode: 0o700 });
    writeFileSync(fileIn(scope), String(pid), { mode: 0o600 });
  } catch {
    // A full disk, a folder that is read-only: the writer itself fails then, too.
  }
}

/**
 * Waits until the checkpoint that was last begun in this repository is written.
 * @param waitMs At most so long.
 */
export async function writerIsDone(scope: string, waitMs: number): Promise<void> {
  const file = fileIn(scope);
  const begun = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (begun === undefined || Date.now() - begun > MOST_AGE_MS) return;
  const pid = Number(readFileSync(file, 'utf8'));
  const deadline = Date.now() + waitMs;
  while (Number.isSafeInteger(pid) && pid > 0 && isRunning(pid) && Date.now() < deadline) await delay(POLL_MS);
}

const fileIn = (scope: string) => join(scope, 'checkpoints', 'writer');
