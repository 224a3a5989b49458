/**
 * The checkpoints of a repository: Markdown notes in its data folder. They are not in the user's
 * folder of notes, because a public note there is read by the sessions of every repository, and
 * because a machine writes them several times a day. The user may open, change and delete them; one
 * that the gate does not find public is told to nobody.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointNote, headOf, timeOfId, type CheckpointHead, type Facts, type Words } from '../../../core/checkpoints/index.ts';
import { bodyOf, notesIn, parseNote, textOf } from '../../../core/notes/index.ts';
import { systemRandom } from '../clock.ts';
import { unwritable } from '../file-errors.ts';

/** Of each repository so many are kept; older ones are deleted. */
const MOST_KEPT = 50;
const WORDS = 'words';

export interface Checkpoint extends CheckpointHead {
  readonly id: string;
  readonly title: string;
  /** Absolute. */
  readonly path: string;
  /** When it was written, milliseconds since the epoch. */
  readonly at: number;
  /** As it may be seen, without its head. */
  readonly text: string;
}

export interface CheckpointFilter {
  /** Of this session; by the beginning of its id. */
  readonly session?: string;
  /** Top of a work tree. */
  readonly root?: string;
}

/** Those that may be told, the last one first. @param scope The data folder of the repository. */
export function* checkpointsIn(scope: string): Iterable<Checkpoint> {
  for (const id of idsIn(scope)) {
    const path = join(folderOf(scope), `${id}.md`);
    const found = quietly(() => readCheckpoint(id, path));
    if (found !== undefined) yield found;
  }
}

/**
 * The last one: of the session if there is one, else of the work tree, else of the repository.
 * @returns undefined when there is none that may be told.
 */
export function latestCheckpoint(scope: string, { session, root }: CheckpointFilter = {}): Checkpoint | undefined {
  let [ofRoot, any]: (Checkpoint | undefined)[] = [];
  for (const checkpoint of checkpointsIn(scope)) {
    if (session !== undefined && isOf(checkpoint, session)) return checkpoint;
    if (checkpoint.root === root) ofRoot ??= checkpoint;
    any ??= checkpoint;
    if (session === undefined && (ofRoot !== undefined || root === undefined)) break;
  }
  return ofRoot ?? any;
}

export function isOf({ session }: CheckpointHead, wanted: string): boolean {
  return wanted !== '' && session.startsWith(wanted);
}

/** Writes a new one and deletes those that are too many. @returns its path. @throws WheelhouseError `unwritable`. */
export function writeCheckpoint(scope: string, facts: Facts, state: string): { readonly id: string; readonly path: string } {
  const { id, text } = checkpointNote(facts, state, localTime);
  const path = join(folderOf(scope), `${id}.md`);
  put(scope, path, text);
  for (const old of idsIn(scope).slice(MOST_KEPT)) rmSync(join(folderOf(scope), `${old}.md`), { force: true });
  return { id, path };
}

/** What a session has said of its work; its later checkpoints say it again. */
export function readWords(scope: string, session: string): Words | undefined {
  return quietly(() => JSON.parse(readFileSync(wordsFile(scope, session), 'utf8')) as Words);
}

/** @throws WheelhouseError `unwritable`. */
export function writeWords(scope: string, session: string, words: Words): void {
  put(scope, wordsFile(scope, session), JSON.stringify(words));
  const all = quietly(() => readdirSync(join(folderOf(scope), WORDS))) ?? [];
  if (all.length <= MOST_KEPT) return;
  const alive = new Set([...checkpointsIn(scope)].map((checkpoint) => `${checkpoint.session}.json`));
  for (const name of all) if (name !== `${session}.json` && !alive.has(name)) rmSync(join(folderOf(scope), WORDS, name), { force: true });
}

function readCheckpoint(id: string, path: string): Checkpoint | undefined {
  const note = parseNote(path, readFileSync(path, 'utf8'));
  const [own] = notesIn(note, path, () => false, 'public');
  if (own === undefined) return undefined;
  return { id, path, at: timeOfId(id) ?? 0, title: own.section.title, text: bodyOf(textOf(note.text, own)).replace(/^# .*\n+/, '').trim(), ...headOf(own.section.properties) };
}

/** The last one first. */
function idsIn(scope: string): string[] {
  const names = quietly(() => readdirSync(folderOf(scope))) ?? [];
  return names.flatMap((name) => (name.endsWith('.md') && timeOfId(name.slice(0, -3)) !== undefined ? [name.slice(0, -3)] : [])).sort().reverse();
}

function folderOf(scope: string): string {
  return join(scope, 'checkpoints');
}

function wordsFile(scope: string, session: string): string {
  return join(folderOf(scope), WORDS, `${session.replace(/[^A-Za-z0-9_-]/g, '')}.json`);
}

/** They hold prompts and commands, so they are the user's alone. */
function put(scope: string, path: string, text: string): void {
  const temporary = `${path}.${systemRandom.base32(8)}.tmp`;
  try {
    mkdirSync(join(folderOf(scope), WORDS), { recursive: true });
    chmodSync(folderOf(scope), 0o700);
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600, flush: true });
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw unwritable(path, error);
  }
}

function localTime(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
