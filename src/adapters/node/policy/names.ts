/** By which names a file is known: as it was asked for, and where links of all kinds lead. */
import { lstatSync, readlinkSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { PathNames } from '../../../core/policy/light.ts';

interface NamesOptions {
  readonly home: string;
  readonly platform?: NodeJS.Platform;
  /** Files that are denied and exist, for one that has more than one name on the disk. Asked for only then. */
  readonly denied?: () => readonly string[];
}

const MOST_LINKS = 40;
/** No system opens a path that is longer by far. */
const MOST_LENGTH = 8192;

/**
 * @param folder What a relative path is relative to: the session's folder, also for `/proc/self/cwd`.
 * Never throws: what cannot be looked at goes by its text.
 */
export function namesOf(path: string, folder: string | undefined, { home, platform = process.platform, denied }: NamesOptions): PathNames {
  if (path.includes('\0')) return { names: [path], kind: 'none', odd: 'no path has a NUL in it' };
  const text = plainPath(path, home, folder, platform);
  if (/^\/(?:proc\/[^/]+\/(?:task\/[^/]+\/)?fd|dev\/fd)\//.test(text)) return { names: [text], kind: 'none', odd: 'where an open descriptor leads cannot be told' };
  const absolute = isAbsolute(text) || /^[A-Za-z]:\//.test(text) ? text : folder === undefined ? `/${text}` : `${slashed(folder, platform)}/${text}`;
  const asked = lexical(absolute);
  if (absolute.length > MOST_LENGTH) return { names: [asked], kind: 'none' };
  const names = new Set([asked]);
  const real = realOf(absolute);
  for (const name of [...linksOf(asked), real, realOf(asked)]) names.add(slashed(name, platform));
  const found = statOf(real);
  if (found?.isFile() === true && found.nlink > 1) for (const other of denied?.() ?? []) if (sameFile(found, statOf(other))) names.add(slashed(other, platform));
  return { names: [...names], kind: found === undefined ? 'none' : found.isDirectory() ? 'directory' : 'file' };
}

/** Other spellings of the same path, which the system takes too. */
function plainPath(path: string, home: string, folder: string | undefined, platform: NodeJS.Platform): string {
  let text = path.replace(/^file:\/\/(?:localhost)?(?=\/)/, '');
  if (text !== path && /%[0-9a-f]{2}/i.test(text)) text = decoded(text);
  text = text.replace(/^(?:~|\$HOME|\$\{HOME\})(?=[/\\]|$)/, () => home);
  if (platform === 'win32') text = windowsPath(text);
  // A process's view of the root is the root, and of its folder the session's.
  for (let last = ''; last !== text; ) {
    last = text;
    text = text.replace(/^\/+(?:\.\/+)*proc\/+(?:self|thread-self|\d+)(?:\/+task\/+\d+)?\/+root(?=\/|$)/, '').replace(/^\/+(?:\.\/+)*proc\/+(?:self|thread-self|\d+)(?:\/+task\/+\d+)?\/+cwd(?=\/|$)/, () => folder ?? '') || '/';
  }
  return text;
}

/** Windows drops dots and spaces at the end of a name and knows streams and devices in front. */
export function windowsPath(path: string): string {
  const text = path.replaceAll('/', '\\').replace(/^\\\\[?.]\\UNC\\/i, '\\\\').replace(/^\\\\[?.]\\/, '').replace(/^\\\\(?:localhost|127\.0\.0\.1)\\([A-Za-z])\$/i, '$1:').replace(/^[\\/]([A-Za-z])[\\/](?=.)/, (all, drive: string) => (path.startsWith('/') ? `${drive}:\\` : all));
  const [, drive = '', rest = ''] = /^([A-Za-z]:)?([\s\S]*)$/.exec(text) ?? [];
  return drive + rest.split('\\').map((part) => (/^\.{1,2}$/.test(part) ? part : part.replace(/:.*$/, '').replace(/[. ]+$/, ''))).join('/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function slashed(path: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/** Without `.`, `..` and doubled slashes, whatever links there are. */
function lexical(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  const text = parts.join('/');
  return /^[A-Za-z]:/.test(path) ? text : `${path.startsWith('//') && process.platform === 'win32' ? '//' : '/'}${text}`;
}

/** Each step of a link that is the last part of the path: a rule may be about any of them. */
function linksOf(path: string): string[] {
  const found: string[] = [];
  let at = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    try {
      if (!lstatSync(at).isSymbolicLink()) break;
      const target = readlinkSync(at);
      at = isAbsolute(target) ? target : join(dirname(at), target);
      found.push(lexical(at));
    } catch {
      break;
    }
  }
  return found;
}

/** As the system resolves it, which is not what the text says where ".." follows a link; of what is not there, its folder. */
function realOf(path: string, links = 0): string {
  try {
    return realpathSync.native(path);
  } catch {
    const target = links < MOST_LINKS ? targetOf(path) : undefined;
    if (target !== undefined) return realOf(isAbsolute(target) ? target : `${dirname(path)}/${target}`, links + 1);
    const folder = dirname(path);
    return folder === path ? path : join(realOf(folder, links), basename(path));
  }
}

/** What a link that leads nowhere yet says. */
function targetOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function sameFile(one: Stats, other: Stats | undefined): boolean {
  return other !== undefined && one.ino === other.ino && one.dev === other.dev;
}
