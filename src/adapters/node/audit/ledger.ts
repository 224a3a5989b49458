/** The ledger of a day: the heads of its files, after each line; a chained file itself. */
import { closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDay, LEDGER, seenText, type Seen } from '../../../core/audit/light.ts';
import { appendChained, chainOf } from './chained-file.ts';

export function auditFolder(dataRoot: string): string {
  return join(dataRoot, 'audit');
}

/**
 * Adds a line to a day's ledger. The first one names the day before and its head, so that no whole day can go.
 * @param at Milliseconds since the epoch. @throws Error of the file system.
 */
export function appendToLedger(dataRoot: string, day: string, at: number, fields: object): void {
  const path = join(auditFolder(dataRoot), day, LEDGER);
  const append = (line: object) => void appendChained(path, `${day}/${LEDGER}`, { at, ...line });
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    const before = dayBefore(dataRoot, day);
    const head = before === undefined ? undefined : lastHead(dataRoot, before);
    if (before !== undefined && head !== undefined) append({ day: before, head: seenText(head) });
  }
  append(fields);
}

/** The last day before this one that has a folder. */
function dayBefore(dataRoot: string, day: string): string | undefined {
  const folder = auditFolder(dataRoot);
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return undefined;
  return readdirSync(folder)
    .filter((name) => isDay(name) && name < day)
    .sort()
    .at(-1);
}

/** What a day's ledger is now; undefined when there is none. */
function lastHead(dataRoot: string, day: string): Seen | undefined {
  let file: number;
  try {
    file = openSync(join(auditFolder(dataRoot), day, LEDGER), 'r');
  } catch {
    return undefined;
  }
  try {
    return chainOf(file, `${day}/${LEDGER}`).seen;
  } finally {
    closeSync(file);
  }
}
