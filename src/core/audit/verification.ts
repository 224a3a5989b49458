/** What a check of the whole record found, and in what words it is told. */
import type { ChainBreak } from './chain.ts';

export interface AuditBreak {
  /** `2026-03-14/SESSION.jsonl`, in the record's folder; or the day, or the folder itself, when all of it is meant. */
  readonly file: string;
  /** 0: the whole file. */
  readonly line: number;
  readonly until: number;
  readonly kind: ChainBreak['kind'] | 'file-missing' | 'day-missing' | 'ledger-missing' | 'unwitnessed' | 'unreadable';
  /** A sentence, with the file and the line. */
  readonly message: string;
}

export interface AuditVerification {
  readonly state: 'unbroken' | 'broken' | 'empty';
  /** The first day that is still there. */
  readonly since?: string;
  readonly days: number;
  readonly files: number;
  readonly lines: number;
  /** Lines that were cut off as they were written. */
  readonly torn: number;
  /** Last lines whose heads were not taken down: their process was killed in between, or the ledger was cut. */
  readonly unwitnessed: number;
  readonly breaks: readonly AuditBreak[];
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
}

export function breakMessage(file: string, { kind, line, until }: Pick<AuditBreak, 'kind' | 'line' | 'until'>): string {
  const where = line === until ? `Line ${line} of ${file}` : `One of the lines ${line} to ${until} of ${file}`;
  switch (kind) {
    case 'changed':
      return `${where} was changed after it was written.`;
    case 'missing':
      return `At ${line === until ? `line ${line}` : `lines ${line} to ${until}`} of ${file} something is missing: a line was removed, shortened or moved.`;
    case 'added':
      return `${where} was added or made longer by another program.`;
    case 'foreign':
      return `${where} was not written by Wheelhouse.`;
    case 'cut':
      return `${file} ends after line ${line}, and once was longer: its last lines were removed.`;
    case 'file-missing':
      return `${file} was removed: the day’s ledger has its head.`;
    case 'day-missing':
      return `The day ${file} was removed: the record of what came after has its head.`;
    case 'ledger-missing':
      return `The ledger ${file} was removed.`;
    case 'unwitnessed':
      return `The day’s ledger does not know lines ${line} to ${until} of ${file}: the ledger was cut, or they were put there.`;
    case 'unreadable':
      return `${file} cannot be read, so nothing is known of it.`;
  }
}

/** One sentence for the top of a page and the end of a list. */
export function verificationText(found: AuditVerification): string {
  if (found.state === 'empty') return 'Nothing is on the record yet.';
  const [first] = found.breaks;
  const more = found.breaks.length > 1 ? ` And ${found.breaks.length - 1} more.` : '';
  if (first !== undefined) return `The record is broken. ${first.message}${more}`;
  const torn = found.torn === 0 ? '' : ` ${found.torn} ${found.torn === 1 ? 'line was' : 'lines were'} cut off as written.`;
  return `Unbroken since ${found.since ?? ''}: ${found.lines} lines in ${found.files} ${found.files === 1 ? 'file' : 'files'}.${torn}`;
}
