/** Where a file belongs, without asking git: a hook has no time to start it. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { repositoryScope } from '../locations.ts';

export interface RepositoryPlace {
  /** Top of the work tree. */
  readonly root: string;
  /** What the repository's data are kept under: the git folder that all work trees share, else the folder itself. */
  readonly key: string;
}

/** The repository around a folder, as `git rev-parse` would say; undefined when there is none. */
export function repositoryAround(folder: string): RepositoryPlace | undefined {
  for (let root = folder; ; root = dirname(root)) {
    const common = commonFolder(root);
    if (common !== undefined) return { root, key: common };
    if (dirname(root) === root) return undefined;
  }
}

/** The same, and those that it lies in (a submodule, a clone in a folder of another repository): the innermost first, work trees of one repository once. */
export function repositoriesAround(folder: string): RepositoryPlace[] {
  const found: RepositoryPlace[] = [];
  for (let place = repositoryAround(folder); place !== undefined; place = dirname(place.root) === place.root ? undefined : repositoryAround(dirname(place.root))) {
    const { key } = place;
    if (!found.some((each) => each.key === key)) found.push(place);
  }
  return found;
}

/** The data folder of the repository around a folder, or of the folder itself when there is none. */
export function scopeAround(dataRoot: string, folder: string): string {
  const path = realPathOf(folder);
  return repositoryScope(dataRoot, repositoryAround(path)?.key ?? path);
}

function commonFolder(root: string): string | undefined {
  const dotGit = join(root, '.git');
  const found = statSync(dotGit, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  try {
    if (found.isDirectory()) return statSync(join(dotGit, 'HEAD'), { throwIfNoEntry: false }) === undefined ? undefined : realpathSync(dotGit);
    const [, named] = /^gitdir: (.+?)\s*$/.exec(readFileSync(dotGit, 'utf8')) ?? [];
    if (named === undefined) return undefined;
    const own = resolve(root, named);
    const common = quietRead(join(own, 'commondir'))?.trim();
    return realpathSync(common === undefined ? own : resolve(own, common));
  } catch {
    return undefined;
  }
}

/** The path with its links resolved; of what does not exist yet, those of the part that does. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPathOf(dirname(path)), basename(path));
  }
}

function quietRead(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
