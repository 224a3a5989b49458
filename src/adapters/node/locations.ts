import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { messageOf } from '../../core/base/errors.ts';
import { systemRandom } from './clock.ts';
import { errorCodeOf, unwritable } from './file-errors.ts';
import { nodeHasher } from './hash.ts';

/**
 * Where Wheelhouse keeps its data, and how all its processes come to agree on it.
 *
 * The rule: there is one data folder for a user on a machine. Whoever writes data first decides which
 * it is and records it in `locations.json`; from then on everybody uses that, whichever editor, terminal or
 * agent it was started from. The decision is made once and never changes by itself, for a second
 * answer would split the data in two. So:
 * - an editor that is first decides for its own global storage folder; every further editor (VS
 *   Code, Cursor, code-server) is added to the list, for the record, and uses the same data folder;
 * - a command line or an agent's server that is first uses `$XDG_DATA_HOME/wheelhouse`, and an editor
 *   that comes later adopts that folder when it holds data, recorded or not;
 * - `--data` and `WHEELHOUSE_DATA` override all of this for one process, and record nothing.
 */
export interface DataRoot {
  /** Absolute; need not exist yet. */
  readonly path: string;
  /** What decided: the option, the environment, the record, or no record yet. */
  readonly source: 'option' | 'environment' | 'recorded' | 'default';
  /** What is wrong with the record, for the user's eyes. */
  readonly warning?: string;
}

export interface EditorLocation {
  /** The editor's name, such as `Visual Studio Code`. */
  readonly app: string;
  /** Its global storage folder for this extension. */
  readonly folder: string;
  /** When it last started, milliseconds since the epoch. */
  readonly at: number;
}

/** The content of `locations.json`. */
export interface Locations {
  readonly version: 1;
  /** The data folder that everybody uses. */
  readonly data: string;
  /** The editors that were started, the last one first. */
  readonly editors: readonly EditorLocation[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function locationsFile(env: Environment): string {
  return join(folderFrom(env, 'XDG_CONFIG_HOME', '.config'), 'wheelhouse', 'locations.json');
}

/**
 * The data folder for this process. It only looks; `recordLocation` decides.
 * @param override The value of `--data`.
 */
export function resolveDataRoot(env: Environment, override?: string): DataRoot {
  if (override !== undefined && override !== '') return { path: resolve(override), source: 'option' };
  const fromEnvironment = env['WHEELHOUSE_DATA'];
  if (fromEnvironment !== undefined && fromEnvironment !== '') return { path: resolve(fromEnvironment), source: 'environment' };
  const recorded = readLocations(env);
  if (recorded === undefined) return { path: defaultDataFolder(env), source: 'default' };
  if (typeof recorded === 'string') return { path: defaultDataFolder(env), source: 'default', warning: recorded };
  return { path: recorded.data, source: 'recorded' };
}

/**
 * Decides for a data folder, unless that is done already, and says which it is. To be called at the
 * start of whatever lives long: by the extension with its editor, by an agent's server without. (A
 * command that is over at once may do with `resolveDataRoot`: what it wrote is adopted later.)
 * With a damaged record nothing is written, and the answer carries a warning.
 * @throws WheelhouseError `unwritable` when the record cannot be made.
 */
export function recordLocation(env: Environment, editor?: EditorLocation): DataRoot {
  const forced = resolveDataRoot(env);
  if (forced.source === 'environment') return forced;
  const file = locationsFile(env);
  try {
    if (readLocations(env) === undefined) create(file, { version: 1, data: firstDataFolder(env, editor), editors: [] });
    const recorded = readLocations(env);
    if (recorded !== undefined && typeof recorded !== 'string' && editor !== undefined) addEditor(file, recorded, editor);
    return resolveDataRoot(env);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** Decides for a data folder and says which; where the record cannot be written, what it would be. */
export function settleDataRoot({ env, dataOverride, editor }: { readonly env: Environment; readonly dataOverride?: string; readonly editor?: EditorLocation }): string {
  if (dataOverride !== undefined) return resolveDataRoot(env, dataOverride).path;
  try {
    return recordLocation(env, editor).path;
  } catch {
    return resolveDataRoot(env).path;
  }
}

/** What belongs to the user across all repositories. */
export function userScope(root: string): string {
  return join(root, 'user');
}

/**
 * What belongs to one repository: all its worktrees and windows share it.
 * @param realPath The real path of the git common directory (`…/project/.git`), or of the folder
 *   when it is in no repository.
 */
export function repositoryScope(root: string, realPath: string): string {
  const own = basename(realPath);
  const name = own === '.git' ? basename(dirname(realPath)) : own.replace(/\.git$/, '');
  const readable = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '').slice(0, 40);
  return join(root, 'repositories', `${readable === '' ? 'folder' : readable}-${nodeHasher.sha256(realPath).slice(0, 16)}`);
}

/** The record; undefined when there is none; a sentence when it cannot be used. */
export function readLocations(env: Environment): Locations | string | undefined {
  const file = locationsFile(env);
  const broken = (why: string) =>
    `${file} cannot be used (${why}), so ${defaultDataFolder(env)} serves as the data folder. Correct that file; or delete it, and start the editor, which writes it anew.`;
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return broken('it is not an object');
    const { version, data, editors } = value as Record<string, unknown>;
    if (version !== 1) return broken(`its version is ${version === undefined ? 'missing' : JSON.stringify(version)}, and 1 is understood`);
    if (typeof data !== 'string' || !isAbsolute(data)) return broken('"data" is not an absolute path');
    return { version, data, editors: Array.isArray(editors) ? editors.filter(isEditor) : [] };
  } catch (error) {
    return errorCodeOf(error) === 'ENOENT' ? undefined : broken(messageOf(error));
  }
}

function isEditor(value: unknown): value is EditorLocation {
  if (typeof value !== 'object' || value === null) return false;
  const { app, folder, at } = value as Record<string, unknown>;
  return typeof app === 'string' && typeof folder === 'string' && typeof at === 'number';
}

function firstDataFolder(env: Environment, editor: EditorLocation | undefined): string {
  const usual = defaultDataFolder(env);
  return editor === undefined || holdsData(usual) ? usual : editor.folder;
}

function holdsData(folder: string): boolean {
  return ['user', 'repositories'].some((scope) => {
    try {
      return readdirSync(join(folder, scope)).length > 0;
    } catch {
      return false;
    }
  });
}

/** Creates the record unless somebody else did meanwhile: then theirs counts. */
function create(file: string, locations: Locations): void {
  writeThrough(file, locations, (temporary) => {
    try {
      linkSync(temporary, file);
    } catch (error) {
      if (errorCodeOf(error) === 'EEXIST') return;
      // No hard links on this file system: an exclusive write is the next best.
      writeFileSync(file, serialise(locations), { flag: 'wx', mode: 0o600 });
    }
  });
}

function addEditor(file: string, recorded: Locations, editor: EditorLocation): void {
  const others = recorded.editors.filter((known) => known.folder !== editor.folder);
  // Two editors that start at the same moment may lose one line of this list, which is only for the
  // record; `data` is the same in both.
  writeThrough(file, { ...recorded, editors: [editor, ...others] }, (temporary) => renameSync(temporary, file));
}

function writeThrough(file: string, locations: Locations, use: (temporary: string) => void): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${systemRandom.base32(8)}.tmp`;
  try {
    writeFileSync(temporary, serialise(locations), { flag: 'wx', mode: 0o600 });
    use(temporary);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function serialise(locations: Locations): string {
  return `${JSON.stringify(locations, null, 2)}\n`;
}

function defaultDataFolder(env: Environment): string {
  return join(folderFrom(env, 'XDG_DATA_HOME', join('.local', 'share')), 'wheelhouse');
}

/** By the XDG specification, a value that is not an absolute path is ignored. */
function folderFrom(env: Environment, variable: string, underHome: string): string {
  const value = env[variable];
  if (value !== undefined && isAbsolute(value)) return value;
  const home = env['HOME'];
  return join(home !== undefined && home !== '' ? home : homedir(), underHome);
}
