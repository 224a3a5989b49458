/** What lies in a folder of notes. Symbolic links are not followed: they may lead out of it. */
import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { isNoteFile } from '../../../core/notes/index.ts';
import { isSkipped, UNSURE_MS } from './file-states.ts';

export interface Stamped {
  readonly stamp: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Whether an equal stamp does not yet mean equal content. */
  readonly isUnsure: boolean;
}

/** The state of a regular file; undefined when there is none, or something else. */
export function stampOf(path: string): Stamped | undefined {
  try {
    const found = lstatSync(path, { bigint: true });
    if (!found.isFile()) return undefined;
    const at = Number(found.ctimeNs / 1_000_000n);
    const isUnsure = Math.abs(Date.now() - at) < UNSURE_MS;
    // A file of the user's that turns into another one has another inode or change time, even if its size and time were set.
    return { stamp: `${found.size}:${found.mtimeNs}:${found.ctimeNs}:${found.ino}`, modifiedAt: Number(found.mtimeNs / 1_000_000n), isUnsure };
  } catch {
    return undefined;
  }
}

/** Changes whenever a name is added to the folder, removed from it or renamed; undefined when it is not there. */
export function folderStamp(path: string): string | undefined {
  try {
    const found = lstatSync(path, { bigint: true });
    if (!found.isDirectory()) return undefined;
    const isUnsure = Math.abs(Date.now() - Number(found.ctimeNs / 1_000_000n)) < UNSURE_MS;
    return `${found.mtimeNs}:${found.ctimeNs}:${found.ino}${isUnsure ? `?${process.hrtime.bigint()}` : ''}`;
  } catch {
    return undefined;
  }
}

export interface Listed {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Symbolic links with the name of a note. */
  readonly links: readonly string[];
}

/** One folder's notes and folders, absolute and sorted; empty when it cannot be read. */
export function listFolder(folder: string): Listed {
  const [files, folders, links]: [string[], string[], string[]] = [[], [], []];
  let entries: Dirent[] = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // It went away, or may not be read: there are no notes in it.
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isSkipped(folder, entry.name)) folders.push(path);
    } else if (isNoteFile(entry.name)) {
      if (entry.isFile()) files.push(path);
      else if (entry.isSymbolicLink()) links.push(path);
    }
  }
  return { files, folders, links };
}
