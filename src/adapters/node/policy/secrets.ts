/** Secrets that others on this machine could read by the modes of their files. */
import { chmodSync, lstatSync, readdirSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { defaultPolicyText, matches, mergePolicy, parsePolicy, type PathRule } from '../../../core/policy/index.ts';
import { unwritable } from '../file-errors.ts';
import type { PolicyPlace } from './place.ts';
import { readPolicy } from './read.ts';

export interface Exposed {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** The permission bits now, and what they should be. */
  readonly mode: number;
  readonly wanted: number;
  /** Who can do what, for the user. */
  readonly why: string;
}

const OTHERS = 0o077;
const MOST_SEEN = 50_000;
const SKIPPED = new Set(['.git', 'node_modules', '.hg', '.svn']);
/** What lies beside secrets and is none. */
const OPEN_NAMES = /\.pub$|^known_hosts|^authorized_keys$|\.(?:example|sample|template|dist)$/;
const HOME_FOLDERS = ['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.config/gcloud', '.config/gh', '.docker'];
const HOME_FILES = ['.netrc', '.pgpass', '.npmrc', '.pypirc', '.git-credentials', '.my.cnf', '.aws/credentials', '.docker/config.json', '.kube/config', '.config/gh/hosts.yml', '.env'];

/**
 * What the policy (and the default one) denies to read, in the repository and in the known places of the
 * user, and what group or others may read or write. Links are not followed.
 * @throws WheelhouseError `refused` on Windows, which has no such modes.
 */
export async function findExposed(place: PolicyPlace): Promise<readonly Exposed[]> {
  if (process.platform === 'win32') throw new WheelhouseError('refused', 'Windows keeps permissions in another way, which this does not know. Look at Properties › Security of the file.');
  const own = await readPolicy(place);
  const defaults = mergePolicy([parsePolicy(defaultPolicyText('repository'), { scope: 'built-in', file: '', home: place.home, root: place.root })], { home: place.home, root: place.root, ignoreCase: false, guarded: { deny: [], ask: [] } });
  const rules = [...(own?.rules ?? []), ...defaults.rules].filter((rule): rule is PathRule => rule.kind === 'path' && rule.access === 'read' && rule.effect === 'deny');
  const isSecret = (path: string) => !OPEN_NAMES.test(basename(path)) && rules.some(({ globs }) => globs.some((glob) => matches(glob, path, own?.ignoreCase === true)));
  const found = new Map<string, Exposed>();
  const look = (path: string) => {
    const exposed = exposure(path);
    if (exposed) found.set(path, exposed);
  };
  for (const path of filesBelow(place.root)) if (isSecret(path)) look(path);
  for (const name of HOME_FILES) look(join(place.home, name));
  for (const name of HOME_FOLDERS) {
    const folder = join(place.home, name);
    look(folder);
    for (const path of filesBelow(folder)) if (!OPEN_NAMES.test(basename(path)) && (name === '.ssh' || isSecret(path))) look(path);
  }
  return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Takes the permissions of group and others away. What has changed since it was found is left. @throws WheelhouseError `unwritable`. */
export function mendExposed(exposed: readonly Exposed[]): Promise<readonly Exposed[]> {
  const mended = exposed.filter(({ path, kind, wanted }) => {
    const now = exposure(path);
    if (now?.kind !== kind) return false;
    try {
      chmodSync(path, wanted);
    } catch (error) {
      throw unwritable(path, error);
    }
    return true;
  });
  return Promise.resolve(mended);
}

function exposure(path: string): Exposed | undefined {
  const found = statOf(path);
  if (found === undefined || (!found.isFile() && !found.isDirectory())) return undefined;
  const mode = found.mode & 0o777;
  if ((mode & OTHERS) === 0 || (process.getuid !== undefined && found.uid !== process.getuid())) return undefined;
  const who = (bits: number, name: string) => ((mode & bits) === 0 ? [] : [`${name} may ${[(mode & bits & 0o044) > 0 ? 'read' : '', (mode & bits & 0o022) > 0 ? 'change' : '', found.isDirectory() && (mode & bits & 0o011) > 0 ? 'enter' : '', found.isFile() && (mode & bits & 0o011) > 0 ? 'run' : ''].filter((word) => word !== '').join(' and ')} it`]);
  return { path, kind: found.isDirectory() ? 'folder' : 'file', mode, wanted: mode & 0o700, why: [...who(0o070, 'the group'), ...who(0o007, 'everybody')].join(', ') };
}

function* filesBelow(folder: string): Generator<string> {
  const folders = [folder];
  for (let seen = 0; folders.length > 0 && seen < MOST_SEEN; ) {
    const at = folders.shift() as string;
    for (const entry of entriesOf(at)) {
      seen++;
      const path = join(at, entry.name);
      if (entry.isFile()) yield path;
      else if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(path);
    }
  }
}

function entriesOf(folder: string) {
  try {
    return statOf(folder)?.isDirectory() === true ? readdirSync(folder, { withFileTypes: true }) : [];
  } catch {
    return [];
  }
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
