import { WheelhouseError } from '../base/errors.ts';
import type { Files } from '../ports/files.ts';
import type { Paths } from '../ports/paths.ts';
import { addBlock, hookCommand, readHook, removeBlock, type HookBlock } from './hookText.ts';

/** The permission that makes a hook a hook. */
export interface Executables {
  /** @returns undefined when there is no such file. */
  isExecutable(path: string): Promise<boolean | undefined>;
  makeExecutable(path: string): Promise<void>;
}

export interface HookContext {
  readonly files: Pick<Files, 'stat' | 'readText' | 'replaceText' | 'remove' | 'list'>;
  readonly executables: Executables;
  readonly git: { output(cwd: string, args: readonly string[]): Promise<string> };
  readonly paths: Paths;
  /** Top of the work tree, and its git folder; undefined without git. */
  readonly repository: { readonly root: string; readonly commonDir: string | undefined };
}

export interface HookState {
  /** Absolute. */
  readonly path: string;
  readonly state: 'none' | 'warns' | 'blocks';
  /** git passes over a hook that cannot be executed. */
  readonly runs: boolean;
}

/** Where the pre-commit hook of this work tree is and whether ours is in it; undefined outside of git. */
export async function gitHookState(context: HookContext): Promise<HookState | undefined> {
  if (context.repository.commonDir === undefined) return undefined;
  const path = await hookPath(context);
  const state = readHook(await readHookText(context, path));
  return { path, state, runs: (await context.executables.isExecutable(path)) === true };
}

/**
 * Puts the check into the repository's pre-commit hook.
 * @throws WheelhouseError `refused`, with the lines to add by hand in `details`, where another program
 *   writes the hooks or where the hook is no shell script.
 */
export async function installGitHook(context: HookContext, block: HookBlock): Promise<{ path: string; change: 'created' | 'changed' | 'none' }> {
  const path = await hookPath(context);
  const manager = await hookManager(context);
  if (manager) throw new WheelhouseError('refused', `${manager.name} manages the hooks of ${context.repository.root}, so nothing was changed. Add this to ${manager.file}:`, { details: manager.snippet(hookCommand(block)) });

  const before = await readHookText(context, path);
  const after = addBlock(before, block);
  if (after === undefined) throw new WheelhouseError('refused', `${path} is not a shell script, so nothing was changed. Let it run this command:`, { details: hookCommand(block) });
  if (before !== undefined && (await context.executables.isExecutable(path)) === false) {
    throw new WheelhouseError('refused', `${path} cannot be executed, so git passes over it, and nothing was changed. Make it executable (chmod +x) or delete it, and try again.`);
  }
  if (after === before) return { path, change: 'none' };
  await replace(context, path, before, after);
  if (before === undefined) await context.executables.makeExecutable(path);
  return { path, change: before === undefined ? 'created' : 'changed' };
}

/** Takes our block out of the hook, and the hook away when nothing else was in it. */
export async function uninstallGitHook(context: HookContext): Promise<{ path: string; change: 'removed' | 'changed' | 'none' }> {
  const path = await hookPath(context);
  const before = await readHookText(context, path);
  if (before === undefined) return { path, change: 'none' };
  const after = removeBlock(before);
  if (after === before) return { path, change: 'none' };
  if (after === undefined) await context.files.remove(path);
  else await replace(context, path, before, after);
  return { path, change: after === undefined ? 'removed' : 'changed' };
}

async function hookPath({ git, paths, repository }: HookContext): Promise<string> {
  if (repository.commonDir === undefined) throw new WheelhouseError('refused', `${repository.root} is not in a git repository, so there is no commit to check. Run "git init" first.`);
  // git knows about work trees and about core.hooksPath.
  const folder = (await git.output(repository.root, ['rev-parse', '--git-path', 'hooks'])).replace(/\n$/, '');
  return paths.join(paths.resolve(repository.root, folder), 'pre-commit');
}

/** What is no text has none that we could change. */
async function readHookText({ files }: HookContext, path: string): Promise<string | undefined> {
  try {
    return await files.readText(path);
  } catch (error) {
    if (error instanceof WheelhouseError && (await files.stat(path))?.kind === 'file') return '\0';
    throw error;
  }
}

async function replace({ files }: HookContext, path: string, expected: string | undefined, text: string): Promise<void> {
  if ((await files.replaceText(path, { expected, text })) === 'changed') throw new WheelhouseError('conflict', `${path} was changed by another program at this moment; nothing was written. Try again.`);
}

interface Manager {
  readonly name: string;
  readonly file: string;
  readonly snippet: (command: string) => string;
}

/** Programs that write the hooks themselves, and would undo or lose what we write. */
async function hookManager({ files, paths, repository: { root } }: HookContext): Promise<Manager | undefined> {
  const names = new Set(await files.list(root));
  const named = (pattern: RegExp) => [...names].find((name) => pattern.test(name));
  if (names.has('.husky') && (await files.stat(paths.join(root, '.husky')))?.kind === 'directory') return { name: 'husky', file: '.husky/pre-commit', snippet: (command) => command };
  const lefthook = named(/^\.?lefthook\.(?:ya?ml|toml|json)$/);
  if (lefthook !== undefined) return { name: 'lefthook', file: lefthook, snippet: (command) => `pre-commit:\n  commands:\n    wheelhouse:\n      run: ${yamlText(command)}` };
  const preCommit = named(/^\.pre-commit-config\.ya?ml$/);
  if (preCommit === undefined) return undefined;
  return {
    name: 'pre-commit',
    file: preCommit,
    snippet: (command) => `  - repo: local\n    hooks:\n      - id: wheelhouse\n        name: open review comments\n        entry: ${yamlText(command)}\n        language: system\n        pass_filenames: false\n        verbose: true`,
  };
}

/** A quoted text of YAML: JSON's form is one of its own. */
function yamlText(text: string): string {
  return JSON.stringify(text);
}
