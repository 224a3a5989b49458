/** The event at which a session learns what the user's notes and the last checkpoint say. The agent waits for it. */
import { unfinishedBefore } from '../../../adapters/node/checkpoints/unfinished.ts';
import { realPathOf, repositoryAround } from '../../../adapters/node/coordination/repository.ts';
import { repositoryScope } from '../../../adapters/node/locations.ts';
import { contextAnswer, sessionContext } from '../../../adapters/node/notes/session-context.ts';
import type { HookAnswer, HookCall } from './call.ts';

/** Notes that were never read before may take so long; then the session starts without them, and the next look goes on. */
const FIRST_READ_MS = 3000;
/** The checkpoint of a session that ended without a word is written now, and waited for so long. */
const CATCH_UP_MS = 2000;

export async function sessionStart(call: HookCall): Promise<HookAnswer | undefined> {
  const { event, env, dataRoot } = call;
  const { cwd, session_id: session, source } = event;
  if (typeof cwd !== 'string' || cwd === '') return undefined;
  if (source === 'startup') await catchUp(call, cwd);
  const goesOn = source === 'compact' || source === 'resume';
  return contextAnswer(await sessionContext({ env, dataRoot, folder: cwd, goesOn, budgetMs: FIRST_READ_MS, ...(typeof session === 'string' && { session }) }));
}

async function catchUp(call: HookCall, folder: string): Promise<void> {
  const { transcript_path: transcript } = call.event;
  if (typeof transcript !== 'string' || transcript === '') return;
  try {
    const path = realPathOf(folder);
    const before = unfinishedBefore(call.env, repositoryScope(call.dataRoot, repositoryAround(path)?.key ?? path), transcript);
    if (before) await (await import('./writeCheckpoint.ts')).writeCheckpointApart(call, { ...before, folder, trigger: 'end' }, CATCH_UP_MS);
  } catch {
    // The folder of a first session is not there yet; the session starts with what there is.
  }
}
