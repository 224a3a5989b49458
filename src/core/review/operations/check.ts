import { stagedFiles } from '../../git/repository.ts';
import type { ReviewContext } from '../context.ts';
import { scanLog, type LogEntry } from '../log/index.ts';
import { whereabouts } from '../whereabouts.ts';

export interface PendingComment {
  readonly id: string;
  /** Relative to the repository's root. */
  readonly file: string;
  readonly line: number;
  readonly severity: LogEntry['severity'];
  /** The first line of the comment. */
  readonly text: string;
}

/**
 * Open comments on files of this repository, for a git hook.
 * Only the log is read, no database and no source file, so that a commit is not held up; lines are
 * those of the links.
 * @param staged Only files that the commit in progress changes.
 */
export async function pendingComments(context: Pick<ReviewContext, 'log' | 'paths' | 'home' | 'repository' | 'git'>, options: { staged: boolean }): Promise<PendingComment[]> {
  const text = await context.log.read();
  if (text === '') return [];
  const chosen = options.staged ? new Set(await stagedFiles(context.git, context.repository.root)) : undefined;
  const pending: PendingComment[] = [];
  for (const entry of scanLog(text).entries) {
    if (entry.state !== 'todo') continue;
    const file = whereabouts(context, entry.path).inRepository;
    if (file === undefined || (chosen && !chosen.has(file))) continue;
    pending.push({ id: entry.id, file, line: entry.targetLine ?? 1, severity: entry.severity, text: entry.text.trim().split('\n', 1)[0] ?? '' });
  }
  return pending.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
