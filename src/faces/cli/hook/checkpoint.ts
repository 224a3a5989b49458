/**
 * The events after which a conversation is not what it was: its compaction, and its end. A conversation
 * that begins at once finds the checkpoint, for the hook waits for it a moment.
 */
import { existsSync } from 'node:fs';
import { isSessionId } from '../../../core/sessions/index.ts';
import type { HookAnswer, HookCall } from './call.ts';
import { writeCheckpointApart } from './writeCheckpoint.ts';

/** At its end, an agent gives its hooks 1.5 seconds together. */
const WAIT_AT_END_MS = 1000;
const WAIT_BEFORE_COMPACTION_MS = 5000;

export async function checkpoint(call: HookCall): Promise<HookAnswer | undefined> {
  const { cwd, session_id: session, transcript_path: transcript, hook_event_name: name } = call.event;
  if (typeof cwd !== 'string' || !existsSync(cwd) || typeof session !== 'string' || !isSessionId(session)) return undefined;
  const atEnd = name === 'SessionEnd';
  const known = typeof transcript === 'string' && transcript !== '' ? transcript : undefined;
  await writeCheckpointApart(call, { session, folder: cwd, transcript: known, trigger: atEnd ? 'end' : 'compact' }, atEnd ? WAIT_AT_END_MS : WAIT_BEFORE_COMPACTION_MS);
  return undefined;
}
