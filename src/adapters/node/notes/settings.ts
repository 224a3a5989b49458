/** Where the notes are. */
import { realpathSync, statSync } from 'node:fs';
import nodePath from 'node:path';
import type { Files } from '../../../core/ports/files.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { expandHome } from '../../../core/ports/paths.ts';
import { realPathOf } from '../coordination/repository.ts';
import { nodeFiles } from '../files.ts';
import type { UserData } from '../user-data.ts';
import { readUserSettings } from '../user-settings.ts';

/**
 * The folders of notes, absolute, links resolved where they exist; one inside another counts once.
 * By default `~/.roam` if it is there, else `~/notes`, which need not exist.
 */
export async function noteFolders(files: Files, { folder, home }: Pick<UserData, 'folder' | 'home'>): Promise<readonly string[]> {
  const roam = nodePath.join(home, '.roam');
  const set = (await readUserSettings(files, folder)).notesFolders ?? [isFolder(roam) ? roam : nodePath.join(home, 'notes')];
  const real = [...new Set(set.map((path) => resolved(nodePath.resolve(home, expandHome(nodePath, home, path)))))];
  return real.filter((path) => !real.some((other) => other !== path && `${path}${nodePath.sep}`.startsWith(`${other}${nodePath.sep}`)));
}

/**
 * For tools of language models that take files: those in the folders of notes are read and written with
 * the tools for notes only, which know what may be read. Whether there is such a file makes no difference.
 * @param path Absolute. @throws WheelhouseError `refused`.
 */
export async function refuseNotes(user: Pick<UserData, 'folder' | 'home'>, path: string): Promise<void> {
  const real = realPathOf(path);
  if ((await noteFolders(nodeFiles, user)).some((folder) => `${real}${nodePath.sep}`.startsWith(`${folder}${nodePath.sep}`))) {
    throw new WheelhouseError('refused', 'This is in the folder of notes. Read notes with note_get, and write them with note_create and note_update.');
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
