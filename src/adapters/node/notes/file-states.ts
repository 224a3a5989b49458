/** All files in the folders of notes with their states, found as fast as can be: a hook waits for it. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { isNoteFile } from '../../../core/notes/index.ts';

/** A file changed so shortly before may change again without its state showing it. */
const UNSURE_MS = 50;

export interface FileStates {
  /** Absolute, in an order that is the same as long as the folders are. */
  readonly paths: readonly string[];
  /** By the index of the path. */
  readonly stateOf: (index: number) => FileState;
  /** Equal signatures: the same files under the same names, all unchanged. */
  readonly signature: string;
  /** Whether an equal signature does not yet mean equal content. */
  readonly isUnsure: boolean;
}

/** Size, time of the content, time of the file, and inode: a file that becomes another one has another of these. */
export type FileState = readonly [size: number, modified: number, changed: number, inode: number];

/** Regular files only: a symbolic link may lead out of the folders. */
export function fileStates(folders: readonly string[]): FileStates {
  const paths: string[] = [];
  // Flat, for ten thousand small arrays cost more than to look at the files.
  const numbers: number[] = [];
  const now = Date.now();
  let isVague = false;
  const queue = [...folders].reverse();
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    for (const name of namesIn(folder)) {
      if (name.startsWith('.') || name === 'node_modules') continue;
      const path = `${folder}${sep}${name}`;
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found === undefined) continue;
      if (found.isDirectory()) queue.push(path);
      else if (found.isFile() && isNoteFile(name)) {
        paths.push(path);
        numbers.push(found.size, found.mtimeMs, found.ctimeMs, found.ino);
        isVague ||= Math.abs(now - found.ctimeMs) < UNSURE_MS;
      }
    }
  }
  const signature = createHash('sha256').update(paths.join('\0')).update(Float64Array.from(numbers)).digest('hex');
  return { paths, signature, isUnsure: isVague, stateOf: (index) => [numbers[index * 4] ?? 0, numbers[index * 4 + 1] ?? 0, numbers[index * 4 + 2] ?? 0, numbers[index * 4 + 3] ?? 0] };
}

export function isUnsure([, , changed]: FileState, now: number): boolean {
  return Math.abs(now - changed) < UNSURE_MS;
}

export function isSame(a: FileState, b: FileState): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // It went away, or may not be read: there are no notes in it.
    return [];
  }
}
