import type { Clock } from '../../ports/clock.ts';
import type { Prompt } from '../model.ts';
import { localDateTime } from './localTime.ts';
import { storable } from './plainText.ts';
import { redact } from './redact.ts';

const HEADER = 'ID,Timestamp,Time,Project,Rating,Prompt,Note';

/** Spreadsheets run a cell that begins so as a formula (OWASP, CSV injection), full-width forms included. */
const formula = /^[=+\-@\t\r＝＋－＠]/;

/**
 * Prompts as CSV (RFC 4180: CRLF, quotes doubled) in pieces, with the columns of the original's
 * export. Secrets are redacted. A cell that a spreadsheet would run begins with an apostrophe.
 */
export function* promptsCsv(prompts: Iterable<Prompt>, clock: Pick<Clock, 'offsetMinutes'>): Iterable<string> {
  yield `${HEADER}\r\n`;
  for (const prompt of prompts) {
    const cells = [prompt.project, prompt.rating === undefined ? '' : String(prompt.rating), redact(prompt.text), redact(prompt.note ?? '')];
    yield `${prompt.id},${prompt.at},${localDateTime(prompt.at, clock)},${cells.map(cell).join(',')}\r\n`;
  }
}

function cell(text: string): string {
  const safe = storable(formula.test(text) ? `'${text}` : text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
