/** What git knows of the work since a session began. */
import { lstatSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { ChangedFile, Commit } from '../../../core/checkpoints/index.ts';
import { splitNul, type Git } from '../../../core/git/git.ts';
import { realPathOf } from '../coordination/repository.ts';

const MOST_COMMITS = 15;
const MOST_FILES = 500;

export interface Changes {
  readonly branch: string | undefined;
  /** Abbreviated. */
  readonly head: string | undefined;
  readonly commits: readonly Commit[];
  readonly files: readonly ChangedFile[];
}

export interface ChangesSince {
  /** Top of the work tree. */
  readonly root: string;
  /** When the session began, milliseconds since the epoch. */
  readonly startedAt: number | undefined;
  /** Files that its tools changed, absolute. */
  readonly edited: readonly string[];
  /** Folders whose files are not named: that of a private note can be its title. */
  readonly hidden: readonly string[];
}

export async function changesSince(git: Git, { root, startedAt, edited, hidden }: ChangesSince): Promise<Changes> {
  const isHidden = (path: string) => hidden.some((folder) => isWithin(folder, path));
  const own = edited.map(realPathOf).filter((path) => !isHidden(path));
  const line = async (...args: string[]) => (await git.tryOutput(root, args))?.trim() || undefined;
  const [head, branch] = await Promise.all([line('rev-parse', '--short', '--verify', '--quiet', 'HEAD'), line('symbolic-ref', '--quiet', '--short', 'HEAD')]);
  if (isHidden(root)) return { branch: undefined, head: undefined, commits: [], files: [] };
  const outside = own.filter((path) => !isWithin(root, path)).map((path): ChangedFile => ({ path: forPeople(path), added: undefined, removed: undefined, bySession: true }));
  const inside = new Set(own.filter((path) => isWithin(root, path)).map((path) => relative(root, path).split(sep).join('/')));
  if (head === undefined || startedAt === undefined) return { branch, head, commits: [], files: [...fromNames(inside), ...outside] };

  const start = (await startCommit(git, root, startedAt)) ?? head;
  const [log, committed, changed, untracked] = await Promise.all([
    git.tryOutput(root, ['log', '--format=%h%x09%s', '-n', String(MOST_COMMITS), `${start}..HEAD`, '--']),
    git.tryOutput(root, ['diff', '--name-only', '-z', '--no-renames', start, 'HEAD', '--']),
    git.tryOutput(root, ['diff', '--numstat', '-z', '--no-renames', start, '--']),
    git.tryOutput(root, ['ls-files', '--others', '--exclude-standard', '-z']),
  ]);
  const inCommits = new Set(splitNul(committed ?? ''));
  // What lay changed in the work tree before the session began is not its work.
  const isRecent = (path: string) => inside.has(path) || inCommits.has(path) || changedSince(join(root, path), startedAt);
  const files = new Map<string, ChangedFile>();
  for (const { path, added, removed } of numstat(changed ?? '')) if (isRecent(path)) files.set(path, { path, added, removed, bySession: inside.has(path) });
  for (const path of splitNul(untracked ?? '').slice(0, MOST_FILES)) if (isRecent(path)) files.set(path, { path, added: undefined, removed: undefined, bySession: inside.has(path) });
  for (const file of fromNames(inside)) if (!files.has(file.path)) files.set(file.path, file);
  return {
    branch, head,
    commits: commitsIn(log ?? '').reverse(),
    files: [...[...files.values()].filter(({ path }) => !isHidden(join(root, path))).slice(0, MOST_FILES), ...outside],
  };
}

/** What was checked out at that time, by git's own record of HEAD. */
async function startCommit(git: Git, root: string, at: number): Promise<string | undefined> {
  const time = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return (await git.tryOutput(root, ['rev-parse', '--verify', '--quiet', `HEAD@{${time} +0000}`]))?.trim() || undefined;
}

/** From `git log --format=%h%x09%s`. */
function commitsIn(log: string): Commit[] {
  return log.split('\n').flatMap((line) => {
    const [id = '', subject = ''] = line.split('\t');
    return id === '' ? [] : [{ id, subject }];
  });
}

function numstat(text: string): { path: string; added: number | undefined; removed: number | undefined }[] {
  return splitNul(text).flatMap((entry) => {
    const [added = '', removed = '', path] = entry.split('\t');
    // Of a binary file both are a dash.
    return path === undefined ? [] : [{ path, added: added === '-' ? undefined : Number(added), removed: removed === '-' ? undefined : Number(removed) }];
  });
}

function fromNames(names: Iterable<string>): ChangedFile[] {
  return [...names].sort().map((path) => ({ path, added: undefined, removed: undefined, bySession: true }));
}

/** A file that is gone was changed, too. */
function changedSince(path: string, at: number): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found === undefined || found.mtimeMs >= at - 1000;
}

export function isWithin(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside === '' || (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside));
}

function forPeople(path: string): string {
  return isWithin(homedir(), path) ? `~/${relative(homedir(), path).split(sep).join('/')}` : path;
}
