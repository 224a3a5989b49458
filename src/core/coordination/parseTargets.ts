import { WheelhouseError } from '../base/errors.ts';
import { isInside, relativePosix } from '../ports/paths.ts';
import type { CoordinationContext } from './context.ts';
import { limits } from './model.ts';
import { sameTarget, wild, type Target } from './targets.ts';

type Needed = Pick<CoordinationContext, 'folder' | 'worktrees' | 'paths' | 'files'>;

export interface ParsedTargets {
  readonly targets: readonly Target[];
  /** Top of the work tree that the first of them lies in. */
  readonly worktree: string;
}

/**
 * What a user or an agent means by these paths: files (which need not exist), folders, and globs. A
 * path that exists is itself, whatever characters are in it.
 * @throws WheelhouseError `invalid-input` for too many, for what lies outside of the repository, and for all of it.
 */
export async function parseTargets(context: Needed, words: readonly string[]): Promise<ParsedTargets> {
  if (words.length === 0) throw invalid('name at least one path.');
  if (words.length > limits.targets) throw invalid(`${words.length} paths are too many for one claim, which takes at most ${limits.targets}. Claim their folder, or a glob such as src/**/*.ts.`);
  const targets: Target[] = [];
  let worktree: string | undefined;
  for (const word of words) {
    for (const each of await parseTarget(context, word)) {
      worktree ??= each.worktree;
      if (!targets.some((known) => sameTarget(known, each.target))) targets.push(each.target);
    }
  }
  if (targets.length > limits.targets) throw invalid(`these globs stand for ${targets.length} patterns, and a claim takes at most ${limits.targets}. Claim their folder.`);
  return { targets, worktree: worktree ?? context.folder };
}

async function parseTarget(context: Needed, word: string): Promise<{ target: Target; worktree: string }[]> {
  if (word.trim() === '' || word.length > limits.path || /[\u0000-\u001f]/.test(word)) throw invalid(`${JSON.stringify(word.slice(0, 80))} is not a path.`);
  const absolute = context.paths.resolve(context.folder, word);
  const found = await context.files.stat(absolute);
  if (found !== undefined || !/[*?{]/.test(word)) {
    const place = await locate(context, absolute, word);
    if (place.path === '') throw tooMuch(word);
    const folder = found?.kind === 'directory' || (found === undefined && /[/\\]$/.test(word));
    return [{ target: { kind: folder ? 'folder' : 'file', path: place.path }, worktree: place.worktree }];
  }
  const targets: { target: Target; worktree: string }[] = [];
  for (const glob of expandBraces(word)) targets.push(await parseGlob(context, glob, word));
  return targets;
}

async function parseGlob(context: Needed, glob: string, word: string): Promise<{ target: Target; worktree: string }> {
  const absolute = context.paths.resolve(context.folder, glob);
  const parts = absolute.split(context.paths.sep);
  const first = parts.findIndex(wild);
  const literal = first < 0 ? absolute : parts.slice(0, first).join(context.paths.sep);
  const place = await locate(context, literal === '' ? context.paths.sep : literal, word);
  const rest = first < 0 ? [] : parts.slice(first);
  const all = rest.length > 0 && rest.includes('**') && rest.every((part) => /^\*+$/.test(part));
  if (all || rest.length === 0) {
    if (all && place.path === '') throw tooMuch(word);
    return { target: { kind: all ? 'folder' : 'file', path: place.path }, worktree: place.worktree };
  }
  return { target: { kind: 'glob', path: [...(place.path === '' ? [] : [place.path]), ...rest].join('/') }, worktree: place.worktree };
}

/** Where a path lies once links are resolved; of what does not exist yet, those of the part that does. */
async function locate({ worktrees, paths, files }: Needed, absolute: string, word: string): Promise<{ worktree: string; path: string }> {
  let [existing, rest] = [absolute, [] as string[]];
  let real = await files.realPath(existing);
  while (real === undefined && paths.dirname(existing) !== existing) {
    rest = [paths.basename(existing), ...rest];
    existing = paths.dirname(existing);
    real = await files.realPath(existing);
  }
  const path = paths.join(real ?? existing, ...rest);
  // A work tree may lie inside another one: the innermost counts.
  const [worktree] = worktrees.filter((top) => isInside(paths, top, path)).sort((a, b) => b.length - a.length);
  if (worktree === undefined) throw invalid(`${word} is outside of the repository (${worktrees.join(', ')}). Only what is in it can be claimed.`);
  return { worktree, path: relativePosix(paths, worktree, path) };
}

/** `a.{ts,tsx}` to `a.ts` and `a.tsx`. What does not close stays as it is. */
function expandBraces(glob: string): string[] {
  let done: string[] = [];
  let open = [glob];
  while (open.length > 0) {
    if (open.length + done.length > limits.targets) throw invalid(`${glob.slice(0, 80)} stands for too many patterns. Claim a folder.`);
    open = open.flatMap((text) => {
      const [whole, inner] = /\{([^{}]*,[^{}]*)\}/.exec(text) ?? [];
      if (whole === undefined || inner === undefined) {
        done = [...done, text];
        return [];
      }
      return inner.split(',').map((choice) => text.replace(whole, () => choice));
    });
  }
  return done;
}

function tooMuch(word: string): WheelhouseError {
  return invalid(`${word} is the whole repository, and nobody else could work in it. Claim the files or folders that you are about to change.`);
}

function invalid(message: string): WheelhouseError {
  return new WheelhouseError('invalid-input', message);
}
