/** Prompts as CSV, with the columns that the prompt tracker's timeline has. */
import type { TimelineFile } from '../../../src/protocol/timelineFile.ts';
import { dateOf, isoDay } from '../../shared/dates.ts';
import { exactTime } from '../../shared/format.ts';

export function csvOf(file: TimelineFile, rows: readonly number[]): string {
  const lines = rows.map((row) => {
    const at = file.at[row] ?? 0;
    return [String(file.id[row] ?? ''), dateOf(at).toISOString(), `${isoDay(at)} ${exactTime(at)}`, file.projects[file.project[row] ?? 0]?.path ?? '', file.rating[row] ? String(file.rating[row]) : '', file.text[row] ?? '', file.note[row] ?? ''].map(field).join(',');
  });
  return `${['ID,Timestamp,Time,Project,Rating,Prompt,Note', ...lines].join('\r\n')}\r\n`;
}

/** Quoted; what a spreadsheet would take for a formula gets an apostrophe before it. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
