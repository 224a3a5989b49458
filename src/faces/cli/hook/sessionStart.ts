/** The event at which a session learns what the user's notes and the last checkpoint say. The agent waits for it. */
import { contextAnswer, sessionContext } from '../../../adapters/node/notes/session-context.ts';
import type { HookAnswer, HookCall } from './call.ts';

/** Notes that were never read before may take so long; then the session starts without them, and the next look goes on. */
const FIRST_READ_MS = 3000;

export async function sessionStart({ event, env, dataRoot }: HookCall): Promise<HookAnswer | undefined> {
  const { cwd, session_id: session, source } = event;
  if (typeof cwd !== 'string' || cwd === '') return undefined;
  const goesOn = source === 'compact' || source === 'resume';
  return contextAnswer(await sessionContext({ env, dataRoot, folder: cwd, goesOn, budgetMs: FIRST_READ_MS, ...(typeof session === 'string' && { session }) }));
}
