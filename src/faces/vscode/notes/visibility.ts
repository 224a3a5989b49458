/** Publishing a note to agents and taking that back: the user's alone. */
import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type * as core from '../../../core/notes/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import type { NotesFace } from './face.ts';
import { lineOf } from './noteText.ts';
import { jsonOf } from './openNote.ts';
import { chooseNote } from './findNote.ts';

const explainedKey = 'notes.publishExplained';

export async function setVisibility(face: NotesFace, argument: Argument<'wheelhouse.notes.publish'> | undefined, wanted: boolean | 'other'): Promise<Result<'wheelhouse.notes.publish'>> {
  const note = (await face.named(argument)) ?? (await face.active())?.[0] ?? (await chooseNote(face, wanted === true ? 'Publish Note' : wanted === false ? 'Make Note Private' : 'Toggle Visibility of Note'));
  if (!note) return undefined;
  const toPublic = wanted === 'other' ? !note.isPublic : wanted;
  if (toPublic && argument?.confirmed !== true && !(await explained(face, note))) return undefined;
  await save(face, note);
  const notes = await face.notes();
  const { note: after, stillPublic } = await notes.setPublic(note.id, toPublic, { isSure: typeof argument?.id !== 'string' || argument.path !== undefined });
  tell(after, stillPublic);
  return jsonOf(face, after);
}

/** Says once what publishing means; afterwards it happens at a click. */
async function explained({ services: { extension } }: NotesFace, note: core.NoteEntry): Promise<boolean> {
  if (extension.globalState.get(explainedKey) === true) return true;
  const publish = 'Publish';
  const detail = 'Every coding agent that uses these notes can then find this note, read it and change its text, with the headlines in it that are not marked private. What an agent has read, it may have sent to its model. “Make Note Private” takes it back for the future. Only you can publish a note; an agent cannot.';
  if ((await vscode.window.showInformationMessage(`Let agents read “${lineOf(note.title, 60)}”?`, { modal: true, detail }, publish)) !== publish) return false;
  await extension.globalState.update(explainedKey, true);
  return true;
}

/** The mark is written into the file, so what the editor has must be there first. */
async function save(face: NotesFace, note: core.NoteEntry): Promise<void> {
  const document = face.documentOf(note.path);
  if (document?.isDirty === true && !(await document.save())) throw new WheelhouseError('unwritable', 'The note has changes that could not be saved. Save it first.');
}

function tell(note: core.NoteEntry, stillPublic: readonly string[]): void {
  const title = `“${lineOf(note.title, 40)}”`;
  if (note.isPublic) vscode.window.setStatusBarMessage(`$(globe) ${title} is PUBLIC: agents can read it`, 4000);
  else if (stillPublic.length === 0) vscode.window.setStatusBarMessage(`$(lock) ${title} is private`, 4000);
  else void vscode.window.showWarningMessage(`${title} is private, but headlines in it have a PUBLIC mark of their own and agents can still read those: ${stillPublic.map((id) => lineOf(id, 60)).join(', ')}.`);
}
