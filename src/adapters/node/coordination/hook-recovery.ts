/**
 * Whether the hook that failed works again: later events of the same kind were taken down. It is looked
 * for here, when somebody asks, so that a hook which works writes nothing about that.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, isDay, LEDGER, parseEntry, type AuditEntry } from '../../../core/audit/index.ts';
import { auditFolder } from '../audit/ledger.ts';
import { linesOf } from '../audit/lines.ts';
import { namesIn } from '../names-in.ts';
import { eventFolder } from '../sessions/event-file.ts';
import { AUDIT_FAILED, type HookError } from './hook-error.ts';

/** Of each file only the end is looked at: an event that came later stands there. */
const TAIL_BYTES = 256 * 1024;
/** The files that were written last. */
const MOST_FILES = 50;

/** Events as the audit names them. */
const kinds: Readonly<Partial<Record<string, AuditEntry['kind']>>> = { PreToolUse: 'attempt', PostToolUse: 'succeeded', PostToolUseFailure: 'failed', PermissionRequest: 'asked', PermissionDenied: 'denied' };

/** A failing hook says so again each time, so what was taken down after its last word did not fail. Never throws. */
export function worksAgain(dataRoot: string, error: HookError): boolean {
  const isLater = auditKindOf(error) === undefined ? sessionLineOf(error) : auditLineOf(error);
  const folders = auditKindOf(error) === undefined ? [eventFolder(dataRoot)] : auditDays(dataRoot, error.at);
  return latestFiles(folders, error.at).some((file) => tailOf(file).some(isLater));
}

function auditKindOf({ event }: HookError): AuditEntry['kind'] | 'any' | undefined {
  return event === AUDIT_FAILED ? 'any' : kinds[event];
}

/** Of calls, those of the same tool: the claims, for one, are asked only before an edit. */
function auditLineOf(error: HookError): (line: string) => boolean {
  const kind = auditKindOf(error);
  return (line) => {
    const entry = parseEntry(line);
    return entry !== undefined && entry.from === undefined && entry.at > error.at && (kind === 'any' || entry.kind === kind) && (error.tool === undefined || entry.tool === error.tool);
  };
}

function sessionLineOf({ at, event }: HookError): (line: string) => boolean {
  return (line) => {
    try {
      const said = JSON.parse(line) as { readonly at?: unknown; readonly event?: unknown } | null;
      return said?.event === event && typeof said.at === 'number' && said.at > at;
    } catch {
      return false;
    }
  };
}

function auditDays(dataRoot: string, since: number): string[] {
  const folder = auditFolder(dataRoot);
  return namesIn(folder).filter((day) => isDay(day) && day >= dayOf(since)).map((day) => join(folder, day));
}

/** Those that were written since, the latest first. */
function latestFiles(folders: readonly string[], since: number): string[] {
  return folders
    .flatMap((folder) => namesIn(folder).filter((name) => name.endsWith('.jsonl') && name !== LEDGER).map((name) => join(folder, name)))
    .map((file) => ({ file, written: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .filter(({ written }) => written >= since)
    .sort((a, b) => b.written - a.written)
    .slice(0, MOST_FILES)
    .map(({ file }) => file);
}

/** The last lines; the first of them may be cut. */
function tailOf(file: string): string[] {
  try {
    const start = Math.max(0, statSync(file).size - TAIL_BYTES);
    return Array.from(linesOf(file, { start, number: 0 }), ({ bytes }) => bytes.toString('utf8'));
  } catch {
    return [];
  }
}
