/** Writes the checkpoint of a session from what this machine knows of its work. */
import { join } from 'node:path';
import { hasHappened, stateOf, type Activity, type Facts, type Trigger, type Words } from '../../../core/checkpoints/index.ts';
import { redact } from '../../../core/prompts/index.ts';
import { listComments, toJson } from '../../../core/review/index.ts';
import { shortLine } from '../../../core/sessions/index.ts';
import { holdingsOf } from '../../../core/coordination/index.ts';
import { registeredProcess } from '../coordination/agent-process.ts';
import { openLedger } from '../coordination/ledger.ts';
import { nodeFiles } from '../files.ts';
import { nodeHasher } from '../hash.ts';
import type { Environment } from '../locations.ts';
import { noteFolders } from '../notes/settings.ts';
import type { Workspace } from '../workspace.ts';
import { changesSince, isWithin } from './changes.ts';
import { checkpointsIn, readWords, writeCheckpoint, writeWords } from './checkpoint-files.ts';
import { findTranscript, readActivity } from './transcripts.ts';

export interface SaveRequest {
  /** The workspace of the folder in which the session works. */
  readonly workspace: Workspace;
  readonly env: Environment;
  readonly session: string;
  readonly trigger: Trigger;
  /** Of Claude Code; searched for when it is not given. */
  readonly transcript?: string;
  /** Instead of what the session has said before. */
  readonly words?: Omit<Words, 'at'>;
  /** What is known of a session without such a transcript. */
  readonly known?: Partial<Pick<Activity, 'startedAt' | 'lastAnswer'>> & { readonly lastPrompt?: string };
}

export interface Saved {
  readonly id: string;
  readonly path: string;
  /** false: nothing has happened since the session's last checkpoint, and this is that one. */
  readonly isNew: boolean;
}

const MOST_COMMENTS = 10;
const LONGEST_COMMENT = 160;

/**
 * @returns undefined when the session has done nothing at all, so that there is nothing to write.
 * @throws WheelhouseError `unwritable`.
 */
export async function saveCheckpoint(request: SaveRequest): Promise<Saved | undefined> {
  const { workspace, session, trigger } = request;
  const scope = workspace.scopes.repository;
  if (request.words) writeWords(scope, session, merged(readWords(scope, session), request.words, Date.now()));
  const facts = await gather(request);
  if (!hasHappened(facts)) return undefined;
  const state = nodeHasher.sha256(stateOf(facts)).slice(0, 32);
  for (const last of checkpointsIn(scope)) {
    if (last.session !== session) continue;
    if (last.state === state) return { id: last.id, path: last.path, isNew: false };
    break;
  }
  return { ...writeCheckpoint(scope, { ...facts, trigger }, state), isNew: true };
}

async function gather({ workspace, env, session, trigger, transcript, known = {} }: SaveRequest): Promise<Facts> {
  const { review, git, scopes, home } = workspace;
  const { root } = review.repository;
  const read = await readActivity(transcript ?? findTranscript(env, session));
  const activity = read.lastAt === undefined ? withKnown(read, known) : read;
  const [hidden, items, held] = await Promise.all([
    noteFolders(nodeFiles, { folder: scopes.user, home }),
    // A log that cannot be read has no comments to tell of.
    listComments(review, { state: 'todo', here: true }).catch(() => []),
    holdings(env, scopes.repository, session),
  ]);
  // The name of a private note can be its title.
  const mayBeNamed = (path: string) => !hidden.some((folder) => isWithin(folder, path));
  const comments = items.filter(({ path }) => mayBeNamed(path)).map(toJson);
  const changes = await changesSince(git, { root, startedAt: activity.startedAt, edited: activity.edited, hidden });
  return {
    session, trigger, root, activity,
    claims: held.claims.filter((claim) => mayBeNamed(join(root, claim))),
    at: Date.now(),
    branch: changes.branch, head: changes.head, files: changes.files,
    commits: changes.commits.map(({ id, subject }) => ({ id, subject: shortLine(redact(subject), 120) })),
    comments: comments.slice(0, MOST_COMMENTS).map(({ id, severity, file, line, text }) => ({ id, severity, place: `${file}:${line}`, text: shortLine(redact(text), LONGEST_COMMENT) })),
    commentCount: comments.length,
    waitingAt: held.waitingOn,
    words: readWords(scopes.repository, session),
  };
}

async function holdings(env: Environment, scope: string, session: string): Promise<{ claims: string[]; waitingOn: string[] }> {
  try {
    const ledger = openLedger(scope);
    await ledger.refresh();
    const process = await registeredProcess(env, session);
    return holdingsOf(ledger, { session, ...(process && { process }) });
  } catch {
    return { claims: [], waitingOn: [] };
  }
}

function withKnown(activity: Activity, { startedAt, lastAnswer, lastPrompt }: NonNullable<SaveRequest['known']>): Activity {
  return {
    ...activity,
    startedAt,
    lastAnswer: lastAnswer === undefined ? undefined : redact(lastAnswer),
    ...(lastPrompt !== undefined && { asked: [redact(lastPrompt)], askedCount: 1 }),
  };
}

/** What is said anew takes the place of what was said before; the rest stays. */
function merged(before: Words | undefined, words: Omit<Words, 'at'>, at: number): Words {
  const { summary, next, decisions } = { ...before, ...words };
  return {
    at,
    ...(summary !== undefined && summary.trim() !== '' && { summary: redact(summary) }),
    ...(next && { next: next.map(redact) }),
    ...(decisions && { decisions: decisions.map(redact) }),
  };
}
