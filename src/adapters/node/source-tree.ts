import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { WheelhouseError } from '../../core/base/errors.ts';
import { splitNul, type Git } from '../../core/git/git.ts';
import type { SourceTrees, TreeState } from '../../core/ports/source-tree.ts';

/** Folders that hold what tools made; only used where no git says what is ignored. */
const madeByTools = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.venv', 'venv', 'target', 'dist', 'build', '.cache', '.pytest_cache', '.mypy_cache']);
const maxFilesWithoutGit = 20_000;

export function nodeSourceTrees(git: Git): SourceTrees {
  return {
    async read(root, exclude) {
      const top = await realpath(root);
      const inside = await Promise.all(exclude.map(async (path) => relative(top, await realpath(path).catch(() => resolve(path)))));
      const left = inside.filter((path) => path !== '' && !path.startsWith('..')).map((path) => path.split(sep).join('/'));
      const index = (await git.tryOutput(top, ['rev-parse', '--path-format=absolute', '--git-path', 'index']))?.trim();
      return index ? readWithGit(git, top, index, left) : readWithoutGit(top, left);
    },
  };
}

/**
 * Asks git for the tree that a commit of everything would have. Index and new objects go to a
 * temporary folder, so the user's repository is not touched; starting from a copy of the index
 * lets git hash only the files whose time stamp or size changed.
 */
async function readWithGit(git: Git, root: string, index: string, exclude: readonly string[]): Promise<TreeState> {
  const temporary = await mkdtemp(join(tmpdir(), 'wheelhouse-tree-'));
  try {
    const objects = join(temporary, 'objects');
    await mkdir(objects);
    const ownIndex = join(temporary, 'index');
    await copyFile(index, ownIndex).catch(() => undefined); // A repository without commits may have none.
    const realObjects = (await git.output(root, ['rev-parse', '--path-format=absolute', '--git-path', 'objects'])).trim();
    const env = { GIT_INDEX_FILE: ownIndex, GIT_OBJECT_DIRECTORY: objects, GIT_ALTERNATE_OBJECT_DIRECTORIES: realObjects };
    await git.output(root, ['-c', 'core.fsmonitor=false', '-c', 'core.safecrlf=false', 'add', '--all', '--', '.'], { env });
    if (exclude.length > 0) await git.output(root, ['update-index', '--force-remove', '-z', '--stdin'], { env, input: exclude.join('\0') });
    const id = (await git.output(root, ['write-tree'], { env })).trim();
    const commit = (await git.tryOutput(root, ['rev-parse', '--verify', '--quiet', 'HEAD']))?.trim() || undefined;
    // 4b825dc… is git's well-known empty tree.
    const base = commit ?? '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
    const raw = splitNul(await git.output(root, ['diff-index', '--cached', '--raw', '--no-renames', '--abbrev=40', '-z', base], { env }));
    const changed = new Map<string, string>();
    const added = new Set<string>();
    for (let i = 0; i + 1 < raw.length; i += 2) {
      const [, mode, , blob, status] = (raw[i] ?? '').split(' ');
      const path = raw[i + 1] ?? '';
      if (exclude.includes(path)) continue;
      changed.set(path, status === 'D' ? 'gone' : `${mode ?? ''} ${blob ?? ''}`);
      if (status === 'A') added.add(path);
    }
    return { id: `git:${id}`, changed, added, commit };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function readWithoutGit(root: string, exclude: readonly string[]): Promise<TreeState> {
  const changed = new Map<string, string>();
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      const name = relative(root, path).split(sep).join('/');
      if (exclude.includes(name)) continue;
      if (entry.isDirectory()) {
        if (!madeByTools.has(entry.name)) await visit(path);
      } else if (entry.isFile()) {
        if (changed.size >= maxFilesWithoutGit) {
          throw new WheelhouseError('refused', `${root} has more than ${maxFilesWithoutGit} files and is no git repository, so the state that a test ran on cannot be recorded. Run git init there.`);
        }
        changed.set(name, createHash('sha256').update(await readFile(path)).digest('hex'));
      }
    }
  };
  await visit(root);
  const all = createHash('sha256');
  for (const [path, hash] of changed) all.update(`${path}\0${hash}\0`);
  return { id: `files:${all.digest('hex')}`, changed, added: new Set(changed.keys()), commit: undefined };
}
