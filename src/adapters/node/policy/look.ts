import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { literalStart, matches } from '../../../core/policy/light.ts';
import type { Look, Policy } from '../../../core/policy/light.ts';
import { namesOf } from './names.ts';

const MOST_LISTED = 5000;
/** A hook has milliseconds. What is beyond is for the sandbox. */
const MOST_WALKED = 4000;
const SKIPPED = new Set(['.git', 'node_modules', 'site-packages', 'dist-packages', '.hg', '.svn']);
/** Packages of others bring certificates and keys for their tests: they are no secrets of the user. */
const PACKAGES = /\/(?:node_modules|site-packages|dist-packages)(?:\/|$)/;

/** The disk as the policy sees it. @param root The repository, where files that are denied by their name are looked for. */
export function lookFor(policy: Policy, root: string, home: string): Look {
  let denied: string[] | undefined;
  const look: Look = {
    names: (path, folder) => namesOf(path, folder, { home, denied: () => (denied ??= deniedFiles(policy, root)) }),
    list: (folder) => listed(folder).slice(0, MOST_LISTED).map(({ name }) => name),
    walk: (folder) => (PACKAGES.test(folder) ? [] : walked(folder, MOST_WALKED)),
  };
  return look;
}

/** The files that rules deny and that exist, as far as can be told soon. */
function deniedFiles(policy: Policy, root: string): string[] {
  const rules = policy.rules.filter((rule) => rule.kind === 'path');
  const starts = rules.flatMap(({ globs }) => globs).filter((glob) => glob.startsWith('/') || /^[A-Za-z]:\//.test(glob)).map((glob) => literalStart(glob));
  const candidates = [...new Set(starts)].flatMap((start) => [start, ...walked(start, 200)]);
  return [...candidates, ...walked(root, MOST_WALKED)].filter((path) => rules.some(({ globs }) => globs.some((glob) => matches(glob, path, policy.ignoreCase))));
}

/** Files below a folder, the near ones first. */
function walked(folder: string, most: number): string[] {
  const found: string[] = [];
  const folders = [folder];
  for (let seen = 0; folders.length > 0 && seen < most; ) {
    const at = folders.shift() as string;
    for (const entry of listed(at)) {
      if (seen++ >= most) break;
      const path = join(at, entry.name).replaceAll('\\', '/');
      if (!entry.isDirectory()) found.push(path);
      else if (!SKIPPED.has(entry.name)) folders.push(path);
    }
  }
  return found;
}

function listed(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
