/**
 * What an LLM changed, as commits in the git repository of the notes. The commit is built with an
 * index file of its own; the user's index, work tree and whatever they are in the middle of stay.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Git } from '../../../core/git/git.ts';

export interface Committed {
  readonly commit: string | undefined;
  /** Why there is none, in a few words; undefined also when the folder is no git repository. */
  readonly why: string | undefined;
}

/** What git leaves in its folder while it waits for the user. */
const UNDER_WAY = ['rebase-merge', 'rebase-apply', 'MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'BISECT_LOG', 'sequencer'];
/** Whose the commits are that this file makes. */
export const NOTES_AUTHOR = 'wheelhouse@localhost';
const author = { GIT_AUTHOR_NAME: 'Wheelhouse', GIT_AUTHOR_EMAIL: NOTES_AUTHOR, GIT_COMMITTER_NAME: 'Wheelhouse', GIT_COMMITTER_EMAIL: NOTES_AUTHOR };

/** One commit at a time in each process. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * Commits one file as it is now.
 * @param before The text before the change, when there was one: what the user had not committed of
 *   it is committed first, so that the commit shows only the change.
 */
export function commitFile(git: Git, change: { readonly path: string; readonly before: string | undefined; readonly text: string; readonly message: string }): Promise<Committed> {
  const next = queue.then(() => commit(git, change));
  queue = next.catch(() => undefined);
  return next.catch((error: unknown) => ({ commit: undefined, why: error instanceof Error ? error.message : String(error) }));
}

async function commit(git: Git, { path, before, text, message }: Parameters<typeof commitFile>[1]): Promise<Committed> {
  const cwd = dirname(path);
  const none = (why?: string): Committed => ({ commit: undefined, why });
  const found = await git.tryOutput(cwd, ['rev-parse', '--show-toplevel', '--absolute-git-dir', '--show-prefix']);
  if (found === undefined) return none();
  const [root = '', gitDir = '', prefix = ''] = found.split('\n');
  if (UNDER_WAY.some((name) => existsSync(join(gitDir, name)))) return none('git is in the middle of a rebase or merge');
  const branch = (await git.tryOutput(root, ['symbolic-ref', '--quiet', 'HEAD']))?.trim();
  if (branch === undefined) return none('no branch is checked out');
  const name = `${prefix}${path.slice(resolve(cwd).length + 1)}`;
  if ((await git.run(root, ['check-ignore', '--quiet', '--', name])).exitCode === 0) return none('git ignores the file');

  const head = (await git.tryOutput(root, ['rev-parse', '--verify', '--quiet', 'HEAD']))?.trim();
  const committed = head === undefined ? undefined : entryOf(await git.output(root, ['ls-tree', '-z', head, '--', name]));
  const staged = stagedEntry(await git.output(root, ['ls-files', '--stage', '-z', '--', name]));
  if (staged === 'unmerged') return none('the file has a conflict in git');
  if (staged?.id !== committed?.id && staged !== undefined) return none('something of the file is staged');

  const folder = await mkdtemp(join(tmpdir(), 'wheelhouse-notes-'));
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index'), ...author };
    const blobOf = async (content: string) => (await git.output(root, ['hash-object', '-w', '--stdin', '--path', name], { input: content })).trim();
    const mode = committed?.mode ?? '100644';
    const add = async (parent: string | undefined, blob: string, words: string) => {
      await git.output(root, parent === undefined ? ['read-tree', '--empty'] : ['read-tree', parent], { env });
      await git.output(root, ['update-index', '--add', '--cacheinfo', `${mode},${blob},${name}`], { env });
      const tree = (await git.output(root, ['write-tree'], { env })).trim();
      return (await git.output(root, ['commit-tree', tree, ...(parent === undefined ? [] : ['-p', parent]), '-F', '-'], { env, input: words })).trim();
    };
    let parent = head;
    const old = before === undefined ? undefined : await blobOf(before);
    if (old !== undefined && old !== committed?.id) parent = await add(parent, old, `notes: ${name} as the user left it\n`);
    const blob = await blobOf(text);
    const made = await add(parent, blob, message);
    const moved = await git.run(root, ['update-ref', '-m', 'wheelhouse: notes', branch, made, head ?? '']);
    if (moved.exitCode !== 0) return none('somebody else committed at the same moment');
    // The file's entry in the user's index was that of the old commit. Left as it was, it would be a
    // staged change back to the old text, which the user's next commit would take along. Nothing
    // else in the index is touched; when git holds its lock, the entry stays.
    await git.run(root, ['update-index', '--add', '--cacheinfo', `${mode},${blob},${name}`]);
    return { commit: made, why: undefined };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function entryOf(listed: string): { mode: string; id: string } | undefined {
  const match = /^(\d+) blob ([0-9a-f]+)\t/.exec(listed);
  return match ? { mode: match[1] ?? '', id: match[2] ?? '' } : undefined;
}

function stagedEntry(listed: string): { id: string } | 'unmerged' | undefined {
  const match = /^\d+ ([0-9a-f]+) (\d)\t/.exec(listed);
  if (!match) return undefined;
  return match[2] === '0' ? { id: match[1] ?? '' } : 'unmerged';
}
