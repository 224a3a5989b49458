/** Takes down what sessions try and what comes of it: one line each, in the session's file of the day. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dayOf, entryOf, partName, seenText, type AuditDecision, type AuditEntry, type EntryTools } from '../../../core/audit/light.ts';
import { redact } from '../../../core/prompts/light.ts';
import { realPathOf } from '../coordination/repository.ts';
import { appendChained } from './chained-file.ts';
import { appendToLedger, auditFolder } from './ledger.ts';

/** A session's file that is larger is continued in another. */
const LARGE_BYTES = 16 * 1024 * 1024;
const MOST_PARTS = 9999;

export const entryTools: EntryTools = { redact, resolve, realPath: realPathOf };

/**
 * @param event What the agent gave its hook. @param at Milliseconds since the epoch.
 * @param decision Of an attempt: what the hook is about to answer; without it, nobody had an objection.
 * @throws Error of the file system: the caller lets the agent go on.
 */
export function recordEvent(dataRoot: string, event: Readonly<Record<string, unknown>>, at: number, decision?: AuditDecision): void {
  const entry = entryOf(event, at, entryTools, decision);
  if (entry !== undefined) recordEntry(dataRoot, entry);
}

/** The line in the session's file, and its head in the day's ledger: what is cut off or removed later, the ledger still knows. */
export function recordEntry(dataRoot: string, entry: AuditEntry): void {
  const day = dayOf(entry.at);
  const folder = join(auditFolder(dataRoot), day);
  const name = currentPart(folder, entry.session);
  // Where nothing was tried yet, there is nothing that a turn could end.
  if (entry.kind === 'turn' && statSync(join(folder, name), { throwIfNoEntry: false }) === undefined) return;
  const head = appendChained(join(folder, name), `${day}/${name}`, entry);
  appendToLedger(dataRoot, day, entry.at, { file: name, head: seenText(head) });
}

function currentPart(folder: string, session: string): string {
  for (let part = 1; ; part++) {
    const name = partName(session, part);
    const size = statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
    if (size < LARGE_BYTES || part === MOST_PARTS) return name;
  }
}
