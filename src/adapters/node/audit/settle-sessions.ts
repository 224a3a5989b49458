/**
 * What only transcripts tell, of sessions whose turn ended without the hook for it: a client that prints
 * one answer and exits does not wait for hooks that run beside it, nor does one that is killed.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf } from '../../../core/audit/index.ts';
import { namesIn } from '../names-in.ts';
import { eventFolder } from '../sessions/event-file.ts';
import { settleByTranscript } from './settle.ts';

/** Takes it down for the sessions that said something today. Says nothing when it cannot: what is on the record is still to be shown. */
export function settleSessions(dataRoot: string, now: number): void {
  const folder = eventFolder(dataRoot);
  for (const name of namesIn(folder)) {
    try {
      const file = join(folder, name);
      if (!name.endsWith('.jsonl') || dayOf(statSync(file).mtimeMs) !== dayOf(now)) continue;
      const { transcript, cwd } = lastPlace(readFileSync(file, 'utf8'));
      if (transcript !== undefined) settleByTranscript(dataRoot, { session_id: name.slice(0, -'.jsonl'.length), transcript_path: transcript, cwd }, now);
    } catch {
      // As said above.
    }
  }
}

/** Where a session's transcript is, by the last event that told it. */
function lastPlace(text: string): { readonly transcript?: string; readonly cwd?: unknown } {
  for (const line of text.split('\n').reverse()) {
    if (!line.includes('"transcript"')) continue;
    const { transcript, cwd } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (typeof transcript === 'string') return { transcript, cwd };
  }
  return {};
}
