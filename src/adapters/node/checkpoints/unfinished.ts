/** Sessions that ended without a word: killed ones, and those that answer one prompt and are gone before their hook runs. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isSessionId, readRegistryRow, registryPid } from '../../../core/sessions/index.ts';
import type { Environment } from '../locations.ts';
import { namesIn } from '../names-in.ts';
import { claudeConfigFolder } from '../sessions/claude-config.ts';
import { isRunning } from '../sessions/process-start.ts';
import { checkpointsIn } from './checkpoint-files.ts';

/** What is older is not what the user goes on with. */
const MOST_AGE_MS = 7 * 86_400_000;
const MOST_FILES = 500;

export interface Unfinished {
  readonly session: string;
  readonly transcript: string;
}

/**
 * The last session before this one in the same folder, if it has ended and its last words are in no
 * checkpoint. Each state of a transcript is given once.
 * @param scope The data folder of the repository. @param transcript Of the session that starts.
 * @param isOurs Whether a session that is said to run does so in the client that now begins another one: then it has ended.
 */
export async function unfinishedBefore(env: Environment, scope: string, transcript: string, isOurs: (session: string) => Promise<boolean>): Promise<Unfinished | undefined> {
  const folder = dirname(transcript);
  let last: { path: string; at: number } | undefined;
  for (const name of readdirSync(folder).slice(0, MOST_FILES)) {
    const path = join(folder, name);
    if (!name.endsWith('.jsonl') || path === transcript || !isSessionId(basename(name, '.jsonl'))) continue;
    const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (at > (last?.at ?? Date.now() - MOST_AGE_MS)) last = { path, at };
  }
  if (last === undefined) return undefined;
  const { path, at } = last;
  const session = basename(path, '.jsonl');
  for (const checkpoint of checkpointsIn(scope)) {
    if (checkpoint.at >= at && checkpoint.session === session) return undefined;
    if (checkpoint.at < at) break;
  }
  const mark = join(scope, 'checkpoints', 'caught-up');
  if (textOf(mark) === `${path} ${at}` || (runs(env, session) && !(await isOurs(session)))) return undefined;
  mkdirSync(dirname(mark), { recursive: true, mode: 0o700 });
  writeFileSync(mark, `${path} ${at}`, { mode: 0o600 });
  return { session, transcript: path };
}

function runs(env: Environment, session: string): boolean {
  const registry = join(claudeConfigFolder(env), 'sessions');
  return namesIn(registry).some((name) => {
    const pid = registryPid(name);
    return pid !== undefined && isRunning(pid) && readRegistryRow(textOf(join(registry, name)) ?? '', pid, 0)?.facts.sessionId === session;
  });
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
