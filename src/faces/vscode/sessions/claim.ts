import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../../../core/sessions/index.ts';

const KEPT_MS = 86_400_000;
/** Windows may differ a little in when a wait began. */
const SAME_MS = 10_000;

/**
 * Of several windows the first to ask may tell of this wait: a file that only one can create says so.
 * Where no file can be written, everybody may.
 */
export function claimNotice(dataRoot: string, { id, verdict }: Session, now: number): boolean {
  const folder = join(dataRoot, 'notices');
  const what = JSON.stringify([id, verdict.reason?.kind, Math.round(verdict.since / SAME_MS)]);
  const file = join(folder, createHash('sha256').update(what).digest('hex').slice(0, 24));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
    prune(folder, now);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EEXIST';
  }
}

function prune(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const found = statSync(file, { throwIfNoEntry: false });
    if (found !== undefined && now - found.mtimeMs > KEPT_MS) unlinkSync(file);
  }
}
