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
import { fileStates, isSame, isUnsure, type FileState, type FileStates } from './file-states.ts';
import { readOwn } from './note-files.ts';

/** Raise it when something is kept or read in another way. */
const VERSION = 1;

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

/** `[id, title, tags, project, is a heading, hashes of the ids that close it when another note has them]`. */
type PublicNote = readonly [string, string, readonly string[], string | null, 0 | 1, readonly string[]];
/** What one file holds: hashes of all its ids, and its public notes. */
type Content = readonly [ids: readonly string[], notes: readonly PublicNote[]];
/** `[number of its path, state, content]`. */
type KnownFile = readonly [number, FileState, Content];

interface Kept {
  readonly signature: string;
  readonly notes: readonly ListedNote[];
  /** Hashes of ids that more than one note has. */
  readonly doubles: readonly string[];
}

/**
 * @param folder Where the lists are kept. @param noteFolders Absolute.
 * @param deadline When to give up, in milliseconds of `performance.now()`.
 */
export function lookForPublic(folder: string, noteFolders: readonly string[], deadline = Infinity): PublicList {
  const now = fileStates(noteFolders);
  const kept = load<Kept>(join(folder, 'notes-public.json'), ({ signature, notes, doubles }) => signature === now.signature && Array.isArray(notes) && Array.isArray(doubles));
  return kept === undefined ? readChanged(folder, now, deadline) : listOf(kept);
}

function listOf({ notes, doubles }: Pick<Kept, 'notes' | 'doubles'>): PublicList {
  const isDouble = new Set(doubles);
  return { notes, textOf: (note) => textNow(note, (hash) => isDouble.has(hash)), isIncomplete: false };
}

function readChanged(folder: string, { paths, stateOf, signature, isUnsure: isVague }: FileStates, deadline: number): PublicList {
  const before = new Map(load<{ files: readonly KnownFile[] }>(join(folder, 'notes-states.json'), ({ files }) => Array.isArray(files) && files.every(isKnownFile))?.files.map((known) => [known[0], known]));
  const after: KnownFile[] = [];
  const sure: KnownFile[] = [];
  const at = Date.now();
  for (const [index, path] of paths.entries()) {
    const state = stateOf(index);
    const number = numberOf(path);
    const known = before.get(number);
    const isKnown = known !== undefined && isSame(known[1], state);
    if (!isKnown && performance.now() > deadline) {
      save(folder, 'notes-states.json', { files: [...new Map([...before.values(), ...sure].map((each) => [each[0], each])).values()] });
      return { notes: [], textOf: () => undefined, isIncomplete: true };
    }
    const file: KnownFile = isKnown ? known : [number, state, read(path)];
    after.push(file);
    if (!isUnsure(state, at)) sure.push(file);
  }
  const counts = new Map<string, number>();
  for (const [, , [ids]] of after) for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const doubles = [...counts].flatMap(([id, count]) => (count > 1 ? [id] : []));
  const isDouble = new Set(doubles);
  const notes = after.flatMap(([, , [, own]], index) =>
    own.filter(([, , , , , ids]) => !ids.some((id) => isDouble.has(id))).map(([id, title, tags, project, heading]): ListedNote => ({ id, title, tags, project: project ?? undefined, kind: heading === 1 ? 'heading' : 'file', path: paths[index] ?? '' })));
  notes.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  save(folder, 'notes-states.json', { files: sure });
  save(folder, 'notes-public.json', { signature: isVague ? '' : signature, notes, doubles });
  return listOf({ notes, doubles });
}

function read(path: string): Content {
  try {
    const note = core.parseNote(path, readOwn(path));
    const hashes = idsOf(note, path).map((id) => (id === undefined ? undefined : hashOf(id)));
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
    return [ids, seen];
  } catch {
    // No text, too large, or not to be read: no note.
    return [[], []];
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

function idsOf(note: core.ParsedNote, path: string): (string | undefined)[] {
  return note.sections.map(({ id }, at) => (at === 0 ? core.fileIdOf(id, path) : id));
}

function hashOf(id: string): string {
  return nodeHasher.sha256(id).slice(0, 16);
}

/** 48 bits of a hash: of 10,000 paths, two have the same one in one folder of five million, and are then read each time. */
function numberOf(path: string): number {
  return parseInt(nodeHasher.sha256(path).slice(0, 12), 16);
}

function isKnownFile(value: unknown): boolean {
  if (!Array.isArray(value) || !Array.isArray(value[1]) || !Array.isArray(value[2])) return false;
  const [ids, notes] = value[2] as unknown[];
  return Array.isArray(ids) && Array.isArray(notes) && notes.every((note) => Array.isArray(note) && Array.isArray(note[2]) && Array.isArray(note[5]));
}

function load<T extends object>(file: string, isSound: (value: Partial<Record<keyof T, unknown>>) => boolean): T | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as T & { version?: unknown };
    return value.version === VERSION && isSound(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A list that cannot be kept is made again the next time. */
function save(folder: string, name: string, value: object): void {
  const temporary = join(folder, `.${name}.${systemRandom.base32(8)}.tmp`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(temporary, JSON.stringify({ version: VERSION, ...value }), { flag: 'wx', mode: 0o600 });
    renameSync(temporary, join(folder, name));
  } catch {
    if (existsSync(temporary)) rmSync(temporary);
  }
}
