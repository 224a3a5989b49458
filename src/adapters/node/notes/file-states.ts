/** All files in the folders of notes with their states, found as fast as can be: a hook waits for it. */
import { lstatSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { isNoteFile } from '../../../core/notes/index.ts';
import { namesIn } from '../names-in.ts';
import { numbersBelow, signatureOf } from './quick-hash.ts';

/** A file changed so shortly before it was looked at may change again without its state showing it (the clock of the file system has steps). */
export const UNSURE_MS = 50;

export interface FileStates {
  /** Absolute, in an order that is the same as long as the folders are. */
  readonly paths: readonly string[];
  /**
   * `STATE` numbers for each of the paths, one file after the other: they stand for its path, size, time of the
   * content, time of the file, and inode. A file that becomes another one has another of these. (Flat, for ten
   * thousand small arrays cost more than to look at the files.)
   */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** Equal signatures: the same files under the same names, all unchanged. */
  readonly signature: string;
  /** Whether an equal signature does not yet mean equal content. */
  readonly isUnsure: boolean;
}

/** How many numbers there are for a file. */
export const STATE = 5;
const CHANGED = 3;
const AT_FIRST = 1024 * STATE;

/** Whether a folder holds no notes: hidden ones, and old copies that Logseq keeps, which may be PUBLIC when the note no longer is. */
export function isSkipped(parent: string, name: string): boolean {
  return name.startsWith('.') || name === 'node_modules' || (name === 'bak' && basename(parent) === 'logseq');
}

/** Regular files only: a symbolic link may lead out of the folders. */
export function fileStates(folders: readonly string[]): FileStates {
  const paths: string[] = [];
  let numbers = new Float64Array(AT_FIRST);
  let end = 0;
  const now = Date.now();
  let isVague = false;
  const queue = [...folders].reverse();
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    const prefix = `${folder}${sep}`;
    const numberOf = numbersBelow(prefix);
    // Not sorted: a file system gives the names of a folder in one order until the folder changes. If one did not, files would only be compared one by one.
    for (const name of namesIn(folder)) {
      if (isSkipped(folder, name)) continue;
      const path = prefix + name;
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found === undefined) continue;
      if (found.isDirectory()) queue.push(path);
      else if (found.isFile() && isNoteFile(name)) {
        if (end === numbers.length) numbers = doubled(numbers);
        numbers[end++] = numberOf(name);
        numbers[end++] = found.size;
        numbers[end++] = found.mtimeMs;
        numbers[end++] = found.ctimeMs;
        numbers[end++] = found.ino;
        paths.push(path);
        isVague ||= Math.abs(now - found.ctimeMs) < UNSURE_MS;
      }
    }
  }
  numbers = numbers.slice(0, end);
  return { paths, numbers, signature: signatureOf(numbers), isUnsure: isVague };
}

/** Whether a file that has been looked at now may change once more without its state showing it. */
export function isUnsure(numbers: Float64Array, index: number, now: number): boolean {
  return Math.abs(now - (numbers[index * STATE + CHANGED] ?? now)) < UNSURE_MS;
}

/** Whether two files, each of its own list, are one in the same state. */
export function isSame(a: Float64Array, indexA: number, b: Float64Array, indexB: number): boolean {
  for (let i = 0; i < STATE; i++) if (a[indexA * STATE + i] !== b[indexB * STATE + i]) return false;
  return true;
}

function doubled(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const twice = new Float64Array(numbers.length * 2);
  twice.set(numbers);
  return twice;
}
