/** The policy from its files. Loads the parser of YAML: for hooks only when a file has changed. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../../../core/base/errors.ts';
import { mergePolicy, parsePolicy, type Policy, type PolicyPart } from '../../../core/policy/index.ts';
import { errorCodeOf } from '../file-errors.ts';
import { locationsFile } from '../locations.ts';
import { claudeConfigFolder } from '../sessions/claude-config.ts';
import { keepCompiled, readCompiled, stampsOf } from './compiled.ts';
import { policyData, policyFiles, type PolicyPlace } from './place.ts';

const MOST_BYTES = 1024 * 1024;

/** @returns undefined where there is no policy. */
export function currentPolicy(place: PolicyPlace): Policy | undefined {
  const stamps = stampsOf(place);
  const kept = readCompiled(place, stamps);
  if (kept !== undefined) return kept ?? undefined;
  const policy = compilePolicy(place);
  // What was written while it was read is read again next time.
  if (stampsOf(place).join() === stamps.join()) keepCompiled(place, stamps, policy ?? null);
  return policy;
}

/** The same, always from the files. */
export function compilePolicy(place: PolicyPlace): Policy | undefined {
  const parts = policyFiles(place).flatMap(({ scope, file, root }): PolicyPart[] => {
    const text = textOf(file);
    if (text === undefined) return [];
    if (typeof text === 'string') return [parsePolicy(text, { scope, file, root, home: place.home, real })];
    return [{ scope, file, rules: [], problems: [{ file, line: 1, column: 1, message: text.wrong }], unclear: 'allow', failClosed: false, sandbox: 'off' }];
  });
  return parts.length === 0 ? undefined : mergePolicy(parts, { home: place.home, root: place.root, ignoreCase: ignoresCase(place.root), guarded: guarded(place) });
}

function textOf(file: string): string | { readonly wrong: string } | undefined {
  try {
    const found = statSync(file);
    // A repository may bring a link to a device or a pipe: who reads it is kept for ever, and the agent goes on unasked.
    if (!found.isFile()) return { wrong: 'it is no file. Remove it; "wheelhouse policy init" writes one.' };
    if (found.size > MOST_BYTES) return { wrong: `the file has more than ${MOST_BYTES / 1024} KB.` };
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT' || errorCodeOf(error) === 'ENOTDIR') return undefined;
    return { wrong: `the file cannot be read: ${messageOf(error)}.` };
  }
}

function real(path: string): string | undefined {
  try {
    return realpathSync.native(path).replaceAll('\\', '/');
  } catch {
    return undefined;
  }
}

/** Whether the file system takes a name in other case for the same: asked of the folder itself. */
function ignoresCase(folder: string): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  const name = basename(folder);
  const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
  const [one, two] = [statSync(folder, { throwIfNoEntry: false }), name === other ? undefined : statSync(join(dirname(folder), other), { throwIfNoEntry: false })];
  return one !== undefined && two !== undefined && one.ino === two.ino && one.dev === two.dev;
}

/**
 * The policy itself, what it was compiled to, and what the agent's rules and hooks stand in. In a repository it is the
 * folder of the policy: a sandbox that guards the file alone lets a script rename the folder, and the policy is gone.
 */
function guarded(place: PolicyPlace): { deny: string[]; ask: string[] } {
  const slashed = (path: string) => path.replaceAll('\\', '/');
  const config = claudeConfigFolder(place.env);
  const deny = [...policyFiles(place).map(({ scope, file }) => (scope === 'repository' ? dirname(file) : file)), policyData(place.dataRoot), join(place.dataRoot, 'bin'), locationsFile(place.env)];
  const ask = [...place.roots, place.home].flatMap((folder) => ['settings.json', 'settings.local.json'].map((name) => join(folder, '.claude', name)));
  const both = (paths: readonly string[]) => [...new Set(paths.flatMap((path) => [slashed(path), real(path) ?? slashed(path)]))];
  return { deny: both(deny), ask: both([...ask, join(config, 'settings.json')]) };
}
