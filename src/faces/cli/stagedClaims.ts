import { coordinationOfCommand } from '../../adapters/node/coordination/command.ts';
import { checkTargets, type Target } from '../../core/coordination/index.ts';
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
  // git names files as they are: they are not read as a user's words would be, whatever characters are in them.
  const conflicts = await checkTargets(coordination, files.map((path): Target => ({ kind: 'file', path })));
  return conflicts.length === 0 ? '' : `Other sessions have claimed files of this commit:\n${formatConflicts(conflicts, root).replace(/^/gm, '  ')}`;
}
