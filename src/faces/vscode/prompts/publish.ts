/** A prompt as a note: into a folder of notes, or by an installed `memento`. */
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock, systemRandom } from '../../../adapters/node/clock.ts';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { nodeProcesses } from '../../../adapters/node/processes.ts';
import { publishInto } from '../../../adapters/node/prompts/publish.ts';
import { isWheelhouseError } from '../../../core/base/errors.ts';
import { planMemento, promptNote, publishWithMemento, type Prompt, type PromptNote } from '../../../core/prompts/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import { setting } from '../support/settings.ts';
import { choosePrompt } from './choosePrompt.ts';
import type { Face } from './face.ts';
import { absolute } from './paths.ts';

type Published = Result<'wheelhouse.prompts.publish'>;

/** Secrets are redacted. @throws WheelhouseError `conflict`, `unwritable`, `missing-program`, `refused`, `not-found`. */
export function publish(face: Face, argument: Argument<'wheelhouse.prompts.publish'> | undefined): Promise<Published> {
  return face.use(async (prompts) => {
    const id = await choosePrompt(prompts, argument?.id, 'Publish Prompt to Notes');
    if (id === undefined) return undefined;
    const prompt = await prompts.get(id);
    const note = promptNote(prompt, systemClock, { ...(argument?.noteId !== undefined && { id: argument.noteId }), ...(argument?.tags !== undefined && { tags: argument.tags }) });
    if (argument?.folder === undefined && setting('wheelhouse.prompts.publishWith') === 'memento') {
      const { home } = await face.user();
      await publishWithMemento({ processes: nodeProcesses(), files: nodeFiles }, planMemento(note, join(tmpdir(), `wheelhouse-${systemRandom.base32(16)}.org`)), home);
      vscode.window.setStatusBarMessage(`$(check) Published to memento as ${note.id}`, 4000);
      return { noteId: note.id };
    }
    const folder = argument?.folder ?? (await notesFolder(face));
    return folder === undefined ? undefined : intoFolder(face, folder, prompt, note, argument?.noteId === undefined && argument?.folder === undefined);
  });
}

/** The folder that the user chose; when they have not yet, they are asked once. */
export async function notesFolder(face: Face): Promise<string | undefined> {
  const { home } = await face.user();
  const chosen = setting('wheelhouse.prompts.notesFolder').trim();
  if (chosen !== '') return absolute(home, chosen);
  const [picked] = (await vscode.window.showOpenDialog({ title: 'Where are your notes?', canSelectFiles: false, canSelectFolders: true, openLabel: 'Publish Here', defaultUri: vscode.Uri.file(home) })) ?? [];
  if (!picked) return undefined;
  await vscode.workspace.getConfiguration().update('wheelhouse.prompts.notesFolder', picked.fsPath, vscode.ConfigurationTarget.Global);
  return picked.fsPath;
}

async function intoFolder(face: Face, folder: string, prompt: Prompt, note: PromptNote, mayAsk: boolean): Promise<Published> {
  let path: string;
  try {
    path = await publishInto(await face.user(), folder, note);
  } catch (error) {
    if (!mayAsk || !isWheelhouseError(error) || error.code !== 'conflict') throw error;
    const another = await freeName(folder, note.id);
    const save = `Save as ${another}`;
    const choice = await vscode.window.showWarningMessage(`There is a note ${note.id} already. It was left as it is.`, save);
    return choice === save ? intoFolder(face, folder, prompt, promptNote(prompt, systemClock, { id: another, tags: note.tags }), false) : undefined;
  }
  offerUndo(path, await nodeFiles.readText(path));
  return { noteId: note.id, path };
}

function offerUndo(path: string, written: string | undefined): void {
  const [open, undo] = ['Open Note', 'Undo'];
  void vscode.window.showInformationMessage(`Published as ${basename(path)}.`, open, undo).then(async (choice) => {
    if (choice === open) await vscode.window.showTextDocument(vscode.Uri.file(path));
    // What somebody has written into the note since stays.
    if (choice === undo && (await nodeFiles.readText(path)) === written) await nodeFiles.remove(path);
  });
}

async function freeName(folder: string, id: string): Promise<string> {
  const taken = new Set((await nodeFiles.list(folder)).map((name) => name.replace(/\.[^.]*$/, '')));
  let number = 2;
  while (taken.has(`${id}-${number}`)) number++;
  return `${id}-${number}`;
}
