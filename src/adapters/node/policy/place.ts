import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { nodeHasher } from '../hash.ts';
import { locationsFile, resolveDataRoot, type Environment } from '../locations.ts';
import { realPathOf, repositoryAround } from '../coordination/repository.ts';

/** Where a policy counts: a folder that an agent works in, and whose user it is. */
export interface PolicyPlace {
  /** Absolute, links resolved. */
  readonly folder: string;
  readonly env: Environment;
  readonly dataRoot: string;
  /** Links resolved. */
  readonly home: string;
  /** The top of the work tree, else the folder itself. */
  readonly root: string;
  /** Those of a linked work tree and of the session's folder come on top; the first is `root`. */
  readonly roots: readonly string[];
  /** Where the company's settings are; undefined: where Claude Code looks for them. */
  readonly managedFolder?: string | undefined;
}

/** @param also More folders that the session has to do with. */
export function openPolicyPlace({ folder, env, dataRoot, dataOverride, also = [], managedFolder }: { readonly folder: string; readonly env: Environment; readonly dataRoot?: string; readonly dataOverride?: string; readonly also?: readonly string[]; readonly managedFolder?: string | undefined }): PolicyPlace {
  const home = realPathOf(env['HOME'] ?? homedir());
  const roots = new Set<string>();
  for (const each of [folder, ...also]) {
    const found = repositoryAround(realPathOf(each));
    roots.add(found?.root ?? realPathOf(each));
    // A file that is not in version control is in the first work tree only, and counts in all.
    if (found !== undefined && basename(found.key) === '.git') roots.add(dirname(found.key));
  }
  return { folder, env, dataRoot: dataRoot ?? resolveDataRoot(env, dataOverride).path, home, root: [...roots][0] ?? folder, roots: [...roots], managedFolder };
}

/** The file with the policy of a repository, or of the user. */
export function policyFile(place: Pick<PolicyPlace, 'root' | 'env'>, scope: 'user' | 'repository'): string {
  return scope === 'user' ? join(dirname(locationsFile(place.env)), 'policy.yaml') : join(place.root, '.wheelhouse', 'policy.yaml');
}

/** All files that count here, the repository's first. */
export function policyFiles(place: Pick<PolicyPlace, 'roots' | 'env'>): { readonly scope: 'user' | 'repository'; readonly file: string; readonly root: string }[] {
  const [first = ''] = place.roots;
  return [...place.roots.map((root) => ({ scope: 'repository' as const, file: policyFile({ root, env: place.env }, 'repository'), root })), { scope: 'user', file: policyFile({ root: first, env: place.env }, 'user'), root: first }];
}

/** What Wheelhouse keeps about the policy: compiled, applied, verified. An agent may not change it. */
export function policyData(dataRoot: string): string {
  return join(dataRoot, 'policy');
}

/** A name for what is kept about these folders or files. */
export function keyOf(...texts: readonly string[]): string {
  return nodeHasher.sha256(texts.join('\0')).slice(0, 16);
}
