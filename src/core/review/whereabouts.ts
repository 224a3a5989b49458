import type { Repository } from '../git/repository.ts';
import { expandHome, isInside, relativePosix, abbreviateHome } from '../ports/paths.ts';
import type { ReviewContext } from './context.ts';

/** The file that a comment is about, seen from the work tree at hand. */
export interface Whereabouts {
  /** Absolute. A file of another work tree of the same repository is meant in this one. */
  readonly path: string;
  /** Relative to the repository's root, '/' separated; undefined for a file of elsewhere. */
  readonly inRepository: string | undefined;
}

type Needs = Pick<ReviewContext, 'paths' | 'home' | 'repository' | 'log'>;

/** Where a path from the log leads. */
export function whereabouts(context: Needs, written: string): Whereabouts {
  const { paths, home, log, repository } = context;
  const path = paths.resolve(paths.dirname(log.path), expandHome(paths, home, written));
  const inRepository = pathInRepository(context, repository, path);
  return { path: inRepository === undefined ? path : paths.join(repository.root, inRepository), inRepository };
}

/** Work trees may lie inside one another, so the longest one that holds the path is the right one. */
function pathInRepository({ paths }: Needs, repository: Repository, path: string): string | undefined {
  const holders = repository.worktrees.filter((top) => isInside(paths, top, path));
  const top = holders.sort((a, b) => b.length - a.length)[0];
  return top === undefined ? undefined : relativePosix(paths, top, path);
}

/** How the log names a file: relative when both are in one repository, else absolute with `~`. */
export function pathForLog(context: Needs, path: string): string {
  const { paths, home, log, repository } = context;
  if (isInside(paths, repository.root, log.path) && isInside(paths, repository.root, path)) {
    return relativePosix(paths, paths.dirname(log.path), path);
  }
  return abbreviateHome(paths, home, path);
}

/** How lists show a file: relative to the workspace when it is inside. */
export function pathForDisplay(context: Pick<ReviewContext, 'paths' | 'workspace'>, path: string): string {
  return isInside(context.paths, context.workspace, path) ? relativePosix(context.paths, context.workspace, path) : path;
}

/** What comments of this repository say in PROJECT: the name of its main work tree's folder. */
export function projectName(context: Pick<ReviewContext, 'paths' | 'repository'>): string {
  const { commonDir, root } = context.repository;
  const main = commonDir !== undefined && context.paths.basename(commonDir) === '.git' ? context.paths.dirname(commonDir) : root;
  return context.paths.basename(main);
}
