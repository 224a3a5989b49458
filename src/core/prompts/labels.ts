import type { PromptProject } from './model.ts';

/** For prompts whose folder is not known. */
const UNKNOWN = 'unknown';

/** Short names for folders: the last part of the path, and as many more as it takes to tell each from all others. */
export function projectsOf(paths: readonly string[]): readonly PromptProject[] {
  const parts = paths.map((path) => (path === '' ? [UNKNOWN] : path.split(/[/\\]/).filter((part) => part !== '')));
  const taken = new Map<string, number[]>();
  const used = parts.map((each) => Math.min(1, each.length));
  const labelAt = (n: number) => parts[n]?.slice(-(used[n] ?? 1)).join('/') || (paths[n] ?? '');
  for (let open = paths.map((_, n) => n); open.length > 0; ) {
    taken.clear();
    for (let n = 0; n < paths.length; n++) {
      const same = taken.get(labelAt(n));
      if (same) same.push(n);
      else taken.set(labelAt(n), [n]);
    }
    open = [...taken.values()].filter((same) => same.length > 1).flat().filter((n) => (used[n] ?? 0) < (parts[n]?.length ?? 0));
    for (const n of open) used[n] = (used[n] ?? 0) + 1;
  }
  // What is still the same differs in its slashes only, or is a folder named like the word for none.
  const count = new Map<string, number>();
  for (let n = 0; n < paths.length; n++) count.set(labelAt(n), (count.get(labelAt(n)) ?? 0) + 1);
  return paths.map((path, n) => ({ path, label: (count.get(labelAt(n)) ?? 0) > 1 && path !== '' ? path : labelAt(n) }));
}
