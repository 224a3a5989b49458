import { join, resolve } from 'node:path';
import type { Workspace } from '../../../adapters/node/workspace.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import type { Errors } from './errors.ts';

/**
 * Calls back when something outside of the editor may have changed a repository's comments: the log
 * on disk, another process's journal entry, a checkout or commit.
 */
export function watchRepository(workspace: Workspace, listener: () => void, errors: Errors): Disposable {
  const owned = new DisposableStore();
  const { files, log } = workspace.review;
  owned.add(files.watchFile(log.path, listener));
  watchHead(workspace, listener, owned).catch((error: unknown) => errors.log(error));
  watchJournal(workspace, listener, owned);
  return owned;
}

/** The built-in git extension tells only of checkouts that were made with it; these files, of all. */
async function watchHead({ git, review }: Workspace, listener: () => void, owned: DisposableStore): Promise<void> {
  const { root } = review.repository;
  const folder = (await git.tryOutput(root, ['rev-parse', '--git-dir']))?.trim();
  if (!folder) return;
  for (const name of ['HEAD', 'logs/HEAD']) owned.add(review.files.watchFile(join(resolve(root, folder), name), listener));
}

/** The journal file says that somebody appended; reading it is left to the refresh. */
function watchJournal({ review, scopes }: Workspace, listener: () => void, owned: DisposableStore): void {
  owned.add(review.files.watchFile(join(scopes.repository, 'journal.jsonl'), listener));
}
