/**
 * Which notes are public, for a hook that has no time to open the index: a list of its own beside it,
 * without a database. Every file is looked at (not read) each time, and what has changed is read again,
 * so that what became private is gone at once.
 *
 * There are two files. The list holds public notes only, and is all that is read while nothing has
 * changed. The other has the state of every file, by a number for its path, and hashes of all ids: two
 * notes with one id are both private. Neither has a name or an id of a private note.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '../../../core/notes/index.ts';
import { systemRandom } from '../clock.ts';
import { nodeHasher } from '../hash.ts';
import { fileStates, isUnsure, type FileStates } from './file-states.ts';
import { areKeptFiles, idsOf, keptFiles, knownFiles, notesOf, type Content, type KeptFiles, type PublicNote } from './known-files.ts';
import { readOwn } from './read-own.ts';

/** Raise it when something is kept or read in another way. */
const VERSION = 3;
const [LIST, STATES] = ['notes-public.json', 'notes-states.json'];

export interface ListedNote {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly project: string | undefined;
  readonly kind: 'file' | 'heading';
  /** Absolute. */
  readonly path: string;
}

export interface PublicList {
  /** By id. */
  readonly notes: readonly ListedNote[];
  /** The text as it may be seen, read and decided on now; undefined when it may not any more. */
  readonly textOf: (note: ListedNote) => string | undefined;
  /** Whether there was no time for all files; then nothing is listed, and the next look goes on from here. */
  readonly isIncomplete: boolean;
}

interface Kept {
  readonly notes: readonly ListedNote[];
  /** Hashes of ids that more than one note has. */
  readonly doubles: readonly string[];
}

/** Milliseconds on a clock that only goes forward. (To load `performance` takes longer than a hook can spare.) */
export const uptimeMs = (): number => process.uptime() * 1000;

/**
 * @param folder Where the lists are kept. @param noteFolders Absolute.
 * @param deadline When to give up, as `uptimeMs` counts.
 */
export function lookForPublic(folder: string, noteFolders: readonly string[], deadline = Infinity): PublicList {
  const now = fileStates(noteFolders);
  const kept = load<Kept>(join(folder, LIST), { signature: now.signature }, ({ notes, doubles }) => Array.isArray(notes) && Array.isArray(doubles));
  return kept === undefined ? readChanged(folder, now, deadline) : listOf(kept);
}

function listOf({ notes, doubles }: Kept): PublicList {
  const isDouble = new Set(doubles);
  return { notes, textOf: (note) => textNow(note, (hash) => isDouble.has(hash)), isIncomplete: false };
}

function readChanged(folder: string, files: FileStates, deadline: number): PublicList {
  const kept = load<KeptFiles>(join(folder, STATES), {}, areKeptFiles);
  const known = kept === undefined ? () => undefined : knownFiles(kept);
  const unread = new Set<number>();
  const at = Date.now();
  const contents = files.paths.map((path, index): Content => {
    const content = known(files, index);
    if (content !== undefined) return content;
    if (uptimeMs() <= deadline) return read(path);
    unread.add(index);
    return '';
  });
  save(folder, STATES, {}, keptFiles(files, contents, (index) => !unread.has(index) && !isUnsure(files.numbers, index, at)));
  if (unread.size > 0) return { notes: [], textOf: () => undefined, isIncomplete: true };
  const doubles = twice(contents.flatMap((content) => idsOf(content).split(' ')));
  const notes: ListedNote[] = [];
  contents.forEach((content, index) => {
    for (const [id, title, tags, project, heading, closing] of notesOf(content)) {
      if (!closing.some((hash) => doubles.has(hash))) notes.push({ id, title, tags, project: project ?? undefined, kind: heading === 1 ? 'heading' : 'file', path: files.paths[index] ?? '' });
    }
  });
  notes.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const list = { notes, doubles: [...doubles] };
  save(folder, LIST, { signature: files.isUnsure ? '' : files.signature }, list);
  return listOf(list);
}

function twice(all: readonly string[]): Set<string> {
  const once = new Set<string>();
  return new Set(all.filter((each) => each !== '' && once.size === once.add(each).size));
}

function read(path: string): Content {
  try {
    const note = core.parseNote(path, readOwn(path));
    const hashes = idsIn(note, path).map((id) => (id === undefined ? undefined : hashOf(id)));
    const ids = hashes.filter((hash) => hash !== undefined);
    const isDouble = (id: string) => ids.filter((hash) => hash === hashOf(id)).length > 1;
    const seen = core.notesIn(note, path, isDouble, 'public').map(({ section, id, tags }): PublicNote => {
      const closing: string[] = [];
      for (let at: number | undefined = note.sections.indexOf(section); at !== undefined; at = note.sections[at]?.parent) {
        const hash = hashes[at];
        if (hash !== undefined) closing.push(hash);
      }
      return [id, section.title, tags, section.properties['PROJECT'] ?? null, section.level === 0 ? 0 : 1, closing];
    });
    return seen.length === 0 ? ids.join(' ') : [ids.join(' '), seen];
  } catch {
    // No text, too large, or not to be read: no note.
    return '';
  }
}

function textNow({ id, path, kind }: ListedNote, isDouble: (hash: string) => boolean): string | undefined {
  try {
    const text = readOwn(path);
    const note = core.parseNote(path, text);
    const own = core.notesIn(note, path, (each) => isDouble(hashOf(each)), 'public').find((each) => each.id === id && (each.section.level === 0) === (kind === 'file'));
    return own && core.bodyOf(core.textOf(text, own));
  } catch {
    return undefined;
  }
}

function idsIn(note: core.ParsedNote, path: string): (string | undefined)[] {
  return note.sections.map(({ id }, at) => (at === 0 ? core.fileIdOf(id, path) : id));
}

function hashOf(id: string): string {
  return nodeHasher.sha256(id).slice(0, 16);
}

/** @param head What the file begins with: of one that does not, nothing more is looked at. */
function load<T extends object>(file: string, head: object, isSound: (value: Partial<Record<keyof T, unknown>>) => boolean): T | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    if (!text.startsWith(beginning(head))) return undefined;
    const value = JSON.parse(text) as T;
    return isSound(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A list that cannot be kept is made again the next time. */
function save(folder: string, name: string, head: object, value: object): void {
  const temporary = join(folder, `.${name}.${systemRandom.base32(8)}.tmp`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(temporary, `${beginning(head)},${JSON.stringify(value).slice(1)}`, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, join(folder, name));
  } catch {
    if (existsSync(temporary)) rmSync(temporary);
  }
}

function beginning(head: object): string {
  return JSON.stringify({ version: VERSION, ...head }).slice(0, -1);
}
