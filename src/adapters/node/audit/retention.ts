/** Takes old days of the record away, when the settings say so; the ledger of today says which. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, isDay } from '../../../core/audit/light.ts';
import { namesIn } from '../names-in.ts';
import { appendToLedger, auditFolder } from './ledger.ts';

const DAY_MS = 86_400_000;

/**
 * @param days How many days are kept, today included; 0 keeps all. @param now Milliseconds since the epoch.
 * @returns The days that were removed. @throws Error of the file system.
 */
export function retireDays(dataRoot: string, days: number, now: number): readonly string[] {
  if (!Number.isInteger(days) || days < 1) return [];
  const folder = auditFolder(dataRoot);
  const first = dayOf(now - (days - 1) * DAY_MS);
  const old = namesIn(folder).filter((name) => isDay(name) && name < first).sort();
  const last = old.at(-1);
  if (last === undefined) return [];
  // Said before it is done: what is half done is then no break of the chain.
  appendToLedger(dataRoot, dayOf(now), now, { retired: last });
  for (const day of old) rmSync(join(folder, day), { recursive: true, force: true });
  return old;
}
