import { join } from 'node:path';
import type { Workspace } from '../../../adapters/node/workspace.ts';

/** Absolute paths of the files that differ from the last commit, new ones included; empty without git. */
export async function changedFiles(workspaces: readonly Workspace[]): Promise<ReadonlySet<string>> {
  const lists = await Promise.all(
    workspaces.map(async ({ git, review }) => {
      const { root } = review.repository;
      const status = await git.tryOutput(root, ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all']);
      // Each field is two letters of state, a blank, and the path.
      return (status ?? '').split('\0').filter((field) => field !== '').map((field) => join(root, field.slice(3)));
    }),
  );
  return new Set(lists.flat());
}
