/** The session that a checkpoint is asked for, among those of this machine. */
import { basename } from 'node:path';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { findSessions, isSessionId, type Session } from '../../../core/sessions/index.ts';
import { realPathOf, repositoryAround } from '../coordination/repository.ts';
import type { Environment } from '../locations.ts';
import { observeSessions } from '../sessions/observed.ts';
import type { SaveRequest } from './save.ts';
import { findTranscript } from './transcripts.ts';

export interface FoundSession {
  readonly session: string;
  /** Where it works; undefined when that is not known. */
  readonly folder: string | undefined;
  readonly transcript: string | undefined;
  readonly known: NonNullable<SaveRequest['known']>;
}

export function foundSession({ id, facts }: Session): FoundSession {
  const { startedAt, lastAnswer, lastPrompt, transcript, cwd } = facts;
  return { session: id, folder: cwd, transcript, known: { ...(startedAt !== undefined && { startedAt }), ...(lastAnswer !== undefined && { lastAnswer }), ...(lastPrompt !== undefined && { lastPrompt }) } };
}

/** Those that work in the repository of a folder, the one that was heard of last first. */
export function sessionsIn(all: readonly Session[], folder: string): Session[] {
  const keyOf = (path: string) => repositoryAround(realPathOf(path))?.key ?? realPathOf(path);
  const key = keyOf(folder);
  return all.filter(({ facts: { cwd } }) => cwd !== undefined && keyOf(cwd) === key).sort((a, b) => b.verdict.since - a.verdict.since);
}

/**
 * The session that is named; without a name the one that runs this, else the only one in the repository.
 * @param word Its id or the start of it, its process id or its name. @throws WheelhouseError `not-found`.
 */
export async function whichSession(env: Environment, dataRoot: string, folder: string, word: string | undefined): Promise<FoundSession> {
  const own = word ?? (env['CLAUDE_CODE_SESSION_ID'] || undefined);
  const transcript = own === undefined ? undefined : findTranscript(env, own);
  // A whole id needs no look at what runs: the session may have ended.
  if (own !== undefined && isSessionId(own) && (transcript !== undefined || word === undefined)) return { session: own, folder: undefined, transcript, known: {} };
  const all = await observeSessions(env, dataRoot);
  const [session, another] = own === undefined ? sessionsIn(all, folder) : findSessions(all, own);
  if (session === undefined) throw new WheelhouseError('not-found', own === undefined ? `no session works in ${basename(folder)}. Name one: "wheelhouse sessions list" has all of them.` : `there is no session ${JSON.stringify(own)}. "wheelhouse sessions list" has all of them.`);
  if (another !== undefined) throw new WheelhouseError('not-found', `${own === undefined ? `More than one session works in ${basename(folder)}` : `${JSON.stringify(own)} names more than one session`}. Use an id of "wheelhouse sessions list".`);
  return foundSession(session);
}
