/** A data folder with a record in it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { recordEvent } from '../../../src/adapters/node/audit/record.ts';
import type { AuditDecision } from '../../../src/core/audit/index.ts';

export const day = '2026-03-14';
export const noon = Date.parse(`${day}T12:00:00Z`);

export interface Stage {
  readonly data: string;
  /** The path of a file of the record: `DAY/NAME`. */
  readonly file: (name: string) => string;
  readonly read: (name: string) => string;
  /** Writes the lines of a file anew. */
  readonly change: (name: string, work: (lines: string[]) => string[] | string) => void;
  readonly attempt: (session: string, n: number, more?: Readonly<Record<string, unknown>>, decision?: AuditDecision) => void;
  readonly event: (event: Readonly<Record<string, unknown>>, at?: number, decision?: AuditDecision) => void;
}

export function stage(t: Pick<TestContext, 'after'>): Stage {
  const data = mkdtempSync(join(tmpdir(), 'wheelhouse-audit-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const file = (name: string) => join(data, 'audit', name);
  const read = (name: string) => readFileSync(file(name), 'utf8');
  const event: Stage['event'] = (value, at = noon, decision) => recordEvent(data, value, at, decision);
  return {
    data,
    file,
    read,
    event,
    change: (name, work) => {
      const changed = work(read(name).trimEnd().split('\n'));
      writeFileSync(file(name), typeof changed === 'string' ? changed : `${changed.join('\n')}\n`);
    },
    attempt: (session, n, more = {}, decision) =>
      event({ hook_event_name: 'PreToolUse', session_id: session, cwd: '/work', tool_name: 'Read', tool_use_id: `t${n}`, tool_input: { file_path: `/work/f${n}.txt` }, ...more }, noon + n * 1000, decision),
  };
}
