/** The newest head that was seen to be right, kept outside of the record's folder: without it, nobody would miss what is gone as a whole. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDay, parseSeen, seenText, type Seen } from '../../../core/audit/index.ts';

export interface Anchor {
  readonly day: string;
  /** Of that day's ledger. */
  readonly head: Seen;
  /** When it was checked, milliseconds since the epoch. */
  readonly at: number;
}

const fileIn = (dataRoot: string) => join(dataRoot, 'user', 'audit-anchor.json');

export function readAnchor(dataRoot: string): Anchor | undefined {
  try {
    const { day, head, at } = JSON.parse(readFileSync(fileIn(dataRoot), 'utf8')) as Readonly<Record<string, unknown>>;
    const seen = parseSeen(head);
    return typeof day === 'string' && isDay(day) && seen !== undefined && typeof at === 'number' ? { day, head: seen, at } : undefined;
  } catch {
    return undefined;
  }
}

/** Says nothing when it cannot: the next check makes up for it. */
export function writeAnchor(dataRoot: string, { day, head, at }: Anchor): void {
  const file = fileIn(dataRoot);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, `${JSON.stringify({ day, head: seenText(head), at })}\n`, { mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    // As said above.
  }
}
