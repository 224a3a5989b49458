import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { applyEdits, formatTimestamp, scanLog } from '../../../../src/core/review/log/index.ts';
import type { Edit, Log, LogEntry, OrgTimestamp } from '../../../../src/core/review/log/index.ts';

export const at: OrgTimestamp = { year: 2026, month: 9, day: 23, hour: 12, minute: 10 };

/** The hand-written logs, by name. */
export const cases: ReadonlyMap<string, string> = new Map(
  readdirSync(new URL('cases/', import.meta.url)).sort().map((name) => [name, readFileSync(new URL(`cases/${name}`, import.meta.url), 'utf8')]),
);

export function caseText(name: string): string {
  const text = cases.get(name);
  assert.ok(text !== undefined, `no case ${name}`);
  return text;
}

/** The log after a change of its `n`-th entry, counted from 0. */
export function changed(text: string, n: number, change: (log: Log, entry: LogEntry) => Edit[]): string {
  const log = scanLog(text);
  return applyEdits(text, change(log, entryOf(log, n)));
}

export function entryOf(log: Log, n: number): LogEntry {
  const entry = log.entries[n];
  assert.ok(entry, `the log has no entry ${n}`);
  return entry;
}

/** One line that says what was read of an entry. */
export function shown(entry: LogEntry): string {
  const lines = entry.targetLine === undefined ? '' : `:${entry.targetLine}${entry.endLine === undefined ? '' : `-${entry.endLine}`}`;
  return [
    `${entry.line} ${entry.keyword}=${entry.state} ${entry.path}${lines}`,
    entry.hasId ? `#${entry.id}` : '',
    entry.severity,
    ...entry.tags.map((tag) => `:${tag}`),
    entry.project === undefined ? '' : `in ${entry.project}`,
    entry.created ? `at ${formatTimestamp(entry.created)}` : '',
    entry.closed ? `closed ${formatTimestamp(entry.closed)}` : '',
    JSON.stringify(entry.text),
    ...entry.replies.map((reply) => `<${reply.author} ${formatTimestamp(reply.at)}: ${JSON.stringify(reply.text)}>`),
    entry.summary === undefined ? '' : `summary ${JSON.stringify(entry.summary)}`,
  ].filter((part) => part !== '').join(' ');
}
