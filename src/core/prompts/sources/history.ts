/** Lines of Claude Code's `history.jsonl`, and of the archive, which has the same format with some more fields. */
import type { Pasted } from '../identity.ts';
import { fieldsOf, stringOf, timeOf, type Fields, type Origin, type ToldPrompt } from './told.ts';

export interface HistoryLine {
  readonly told: ToldPrompt;
  /** Whether the line says all this itself: its time, too. */
  readonly complete: boolean;
}

/**
 * @param value A parsed line.
 * @param otherwiseAt The time of a prompt whose line has none that is understood, milliseconds.
 * @returns undefined when it is not a prompt.
 */
export function readHistoryLine(value: unknown, otherwiseAt: number): HistoryLine | undefined {
  const line = fieldsOf(value);
  if (line === undefined) return undefined;
  const text = line['display'];
  const pasted = pastedOf(line['pastedContents']);
  if (typeof text !== 'string' || (text.trim() === '' && pasted === undefined)) return undefined;
  const at = timeOf(line['timestamp']);
  const told = { at: at ?? otherwiseAt, text, project: stringOf(line['project']), session: stringOf(line['sessionId']), agent: stringOf(line['agent']) || 'claude', pasted };
  return { told, complete: at !== undefined && at === line['timestamp'] };
}

function pastedOf(value: unknown): Pasted | undefined {
  const pasted = Array.isArray(value) ? undefined : fieldsOf(value);
  if (pasted === undefined) return undefined;
  for (const _ in pasted) return pasted;
  return undefined;
}

/** A line of the archive. */
export interface ArchiveLine {
  readonly told: ToldPrompt;
  readonly origin: Origin;
  /** It is another prompt than those like it, for whoever wrote the line knew more than the archive does. */
  readonly apart: boolean;
}

export function readArchiveLine(value: unknown): ArchiveLine | undefined {
  const line = readHistoryLine(value, 0);
  if (line === undefined) return undefined;
  const { from, apart } = value as Fields;
  return { told: line.told, origin: from === 'transcript' || from === 'import' ? from : 'history', apart: apart === true };
}

/** @returns JSON on one line. */
export function writeArchiveLine({ told, origin, apart }: ArchiveLine): string {
  return JSON.stringify({
    display: told.text,
    pastedContents: told.pasted ?? {},
    timestamp: told.at,
    project: told.project,
    sessionId: told.session,
    ...(told.agent !== 'claude' && { agent: told.agent }),
    ...(origin !== 'history' && { from: origin }),
    ...(apart && { apart }),
  });
}
