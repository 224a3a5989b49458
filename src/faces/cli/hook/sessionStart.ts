/** The event at which a session learns what the user's notes and the last checkpoint say. The agent waits for it. */
import { unfinishedBefore } from '../../../adapters/node/checkpoints/unfinished.ts';
import { writerIsDone } from '../../../adapters/node/checkpoints/writer.ts';
import { scopeAround } from '../../../adapters/node/coordination/repository.ts';
import { contextAnswer, sessionContext } from '../../../adapters/node/notes/session-context.ts';
import type { HookAnswer, HookCall } from './call.ts';

/** Notes that were never read before may take so long; then the session starts without them, and the next look goes on. */
const FIRST_READ_MS = 3000;
/** The checkpoint of the session before is waited for so long. */
const CATCH_UP_MS = 2000;

export async function sessionStart(call: HookCall): Promise<HookAnswer | undefined> {
  const { event, env, dataRoot } = call;
  const { cwd, session_id: session, source } = event;
  if (typeof cwd !== 'string' || cwd === '') return undefined;
  if (source === 'startup' || source === 'clear') await catchUp(call, cwd);
  const goesOn = source === 'compact' || source === 'resume';
  return contextAnswer(await sessionContext({ env, dataRoot, folder: cwd, goesOn, budgetMs: FIRST_READ_MS, ...(typeof session === 'string' && { session }) }));
}

/**
 * What was done in this folder just before: a conversation that was cleared or left a moment ago may still be
 * written down; one that was killed, or whose last hook had no time, is not yet.
 */
async function catchUp(call: HookCall, folder: string): Promise<void> {
  const { transcript_path: transcript, source } = call.event;
  try {
    const scope = scopeAround(call.dataRoot, folder);
    await writerIsDone(scope, CATCH_UP_MS);
    if (typeof transcript !== 'string' || transcript === '') return;
    const before = await unfinishedBefore(call.env, scope, transcript, async (session) => source === 'clear' && (await isOfThisClient(call, session)));
    if (before) await (await import('./writeCheckpoint.ts')).writeCheckpointApart(call, { ...before, folder, trigger: 'end' }, CATCH_UP_MS);
  } catch {
    // The folder of a first session is not there yet; the session starts with what there is.
  }
}

/** The client's register may still have the conversation that was cleared. */
async function isOfThisClient({ env }: HookCall, session: string): Promise<boolean> {
  const { agentOfCommand } = await import('../../../adapters/node/coordination/agent-process.ts');
  return (await agentOfCommand(env, session)) !== undefined;
}
