import { coordinationOfCommand } from '../../adapters/node/coordination/command.ts';
import { checkPaths, limits } from '../../core/coordination/index.ts';
import { stagedFiles } from '../../core/git/repository.ts';
import { formatConflicts } from './coordText.ts';
import type { Input } from './verb.ts';

/** What other sessions have claimed of the files of the commit in progress, for its author's eyes; empty when there is nothing. */
export async function stagedClaims(input: Input): Promise<string> {
  const workspace = await input.workspace();
  const { root } = workspace.review.repository;
  const files = await stagedFiles(workspace.review.git, root);
  const coordination = await coordinationOfCommand(workspace, process.env, root);
  await coordination.ledger.refresh();
  if (coordination.ledger.state.claims.length === 0) return '';
  const found: string[] = [];
  for (let from = 0; from < files.length; from += limits.targets) {
    // A file whose name is no plain path is passed over, rather than holding up the commit.
    const { conflicts, worktree } = await checkPaths(coordination, files.slice(from, from + limits.targets)).catch(() => ({ conflicts: [], worktree: root }));
    if (conflicts.length > 0) found.push(formatConflicts(conflicts, worktree));
  }
  return found.length === 0 ? '' : `Other sessions have claimed files of this commit:\n${found.join('\n').replace(/^/gm, '  ')}`;
}
