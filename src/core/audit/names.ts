/** How days and files of the record are called. */

const DAY = /^\d{4}-\d\d-\d\d$/;
const SESSION = /^[A-Za-z0-9_-]{1,100}$/;
const PART = /^([A-Za-z0-9_-]{1,100})(?:\.(\d{1,4}))?\.jsonl$/;
/** The day's ledger; no session's name has a dot. */
export const LEDGER = 'heads.ledger.jsonl';

/** The day of a moment, by UTC: hooks of one session may run with different time zones. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export function isDay(name: string): boolean {
  return DAY.test(name);
}

/** @param part 1 for the first file of a session's day. */
export function partName(session: string, part: number): string {
  const name = SESSION.test(session) ? session : 'other';
  return part === 1 ? `${name}.jsonl` : `${name}.${part}.jsonl`;
}

/** The session and part that a file's name tells; undefined for the ledger and what is no file of ours. */
export function parsePartName(name: string): { readonly session: string; readonly part: number } | undefined {
  const [, session, part] = PART.exec(name) ?? [];
  return session === undefined ? undefined : { session, part: part === undefined ? 1 : Number(part) };
}
