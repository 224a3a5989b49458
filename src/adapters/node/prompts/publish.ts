/** A prompt becomes a note: one of the user's notes where the folder is one of them, else a file. */
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { isNewId } from '../../../core/notes/index.ts';
import { noteFile, noteFormatOf, publishToFolder, type PromptNote } from '../../../core/prompts/index.ts';
import { isAgentRun } from '../agent-run.ts';
import { nodeFiles } from '../files.ts';
import { openNotes } from '../notes/notes.ts';
import type { UserData } from '../user-data.ts';

/**
 * Writes the note. In a folder of notes it is at once found under its id, which no other note there may have.
 * @param format By default the one that the folder has.
 * @returns The path of the note.
 * @throws WheelhouseError `conflict` when there is a note of that name; `refused` when an agent gives it a mark of visibility; `unwritable`.
 */
export async function publishInto(user: UserData, folder: string, note: PromptNote, format?: 'org' | 'markdown'): Promise<string> {
  if (isAgentRun(user.env) && note.tags.some((tag) => /^public$/i.test(tag))) throw new WheelhouseError('refused', 'Who may read a note is the user\'s to say: publish it without the tag PUBLIC. The user makes it readable with: wheelhouse notes publish ID');
  const target = resolve(folder);
  const notes = await openNotes(user, { view: 'all' });
  const real = (await nodeFiles.realPath(target)) ?? target;
  // Ids that the notes do not take, with dots or letters of other alphabets, are names of files all the same.
  if (!notes.folders.some((each) => isIn(each, real)) || !isNewId(note.id)) return publishToFolder({ files: nodeFiles, paths: { join } }, target, note, format);
  const chosen = format ?? noteFormatOf(await nodeFiles.list(real));
  // The file has its id, title and tags.
  const made = await notes.create({ id: note.id, title: note.title, tags: [], content: noteFile(note, chosen).text, format: chosen, folder: real });
  await notes.refreshIndexNote();
  return made.path;
}

function isIn(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
