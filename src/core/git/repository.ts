import { splitNul, type Git } from './git.ts';

/** Where a folder belongs: a git work tree, or the folder itself when there is no git. */
export interface Repository {
  /** Absolute path of the work tree's top (or of the folder). */
  readonly root: string;
  /** The git folder that all work trees share; undefined without git. */
  readonly commonDir: string | undefined;
  /** Tops of all work trees of this repository, this one first. */
  readonly worktrees: readonly string[];
}

/** The repository that holds `folder`, which must exist and be absolute. */
export async function findRepository(git: Git, folder: string): Promise<Repository> {
  const [facts, listed] = await Promise.all([
    git.tryOutput(folder, ['rev-parse', '--path-format=absolute', '--show-toplevel', '--git-common-dir']),
    git.tryOutput(folder, ['worktree', 'list', '--porcelain', '-z']),
  ]);
  const [root, commonDir] = facts?.split('\n') ?? [];
  if (!root || !commonDir) return { root: folder, commonDir: undefined, worktrees: [folder] };
  const others = splitNul(listed ?? '')
    .filter((field) => field.startsWith('worktree '))
    .map((field) => field.slice('worktree '.length))
    .filter((path) => path !== root);
  return { root, commonDir, worktrees: [root, ...others] };
}

export interface Head {
  /** Full object id; undefined in a repository without commits. */
  readonly commit: string | undefined;
  /** undefined when HEAD is detached. */
  readonly branch: string | undefined;
}

export async function readHead(git: Git, root: string): Promise<Head> {
  const [commit, branch] = await Promise.all([
    git.tryOutput(root, ['rev-parse', '--verify', '--quiet', 'HEAD']),
    git.tryOutput(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
  ]);
  return { commit: commit?.trim() || undefined, branch: branch?.trim() || undefined };
}

/** Whether `ancestor` is in the history of what is checked out; false when git cannot tell. */
export async function isInHistory(git: Git, root: string, ancestor: string): Promise<boolean> {
  return (await git.tryOutput(root, ['merge-base', '--is-ancestor', ancestor, 'HEAD'])) !== undefined;
}

/** Where files of `commit` are called otherwise now: old path to new path, by git's rename detection. */
export async function renamesSince(git: Git, root: string, commit: string): Promise<ReadonlyMap<string, string>> {
  // Against the work tree, untracked files are not seen, so a file that was moved without `git mv`
  // is found by content elsewhere.
  const listed = await git.tryOutput(root, ['diff', '--name-status', '-z', '-M', '--diff-filter=R', commit, '--']);
  const renames = new Map<string, string>();
  const fields = splitNul(listed ?? '');
  for (let i = 0; i + 2 < fields.length; i += 3) {
    const [from, to] = [fields[i + 1], fields[i + 2]];
    if (from !== undefined && to !== undefined) renames.set(from, to);
  }
  return renames;
}

/** Staged files of the commit in progress, relative to the root; deleted ones are left out. */
export async function stagedFiles(git: Git, root: string): Promise<readonly string[]> {
  const listed = await git.output(root, ['diff', '--cached', '--name-only', '-z', '--no-renames', '--diff-filter=d'], { insideHook: true });
  return splitNul(listed);
}

/** The blob ids that HEAD has for these paths; paths that it does not have are left out. */
export async function committedBlobs(git: Git, root: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const listed = splitNul((await git.tryOutput(root, ['ls-tree', '-r', '-z', '--full-tree', 'HEAD', '--', ...paths])) ?? '');
  return new Map(listed.map((line) => {
    const [meta = '', path = ''] = line.split('\t');
    return [path, meta.split(' ')[2] ?? ''];
  }));
}
