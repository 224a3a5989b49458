/**
 * Renaming a note with all links to it. A plan of replacements is made from the texts as they are, in
 * editors or else on the disk; it is carried out as one edit of the workspace, which one undo takes
 * back and which fails as a whole when a text is another one by then. More files than an editor
 * should open are written one by one instead, each by compare and set.
 */
import nodePath from 'node:path';
import * as vscode from 'vscode';
import { applyRename, planHeading, planRename, type NewNoteNames, type RenamePlan } from '../../../adapters/node/notes/rename-note.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/notes/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import type { NotesFace } from './face.ts';
import { count, lineOf } from './noteText.ts';
import { jsonOf } from './openNote.ts';
import { chooseNote } from './findNote.ts';

/** Each is opened as a document for a moment. */
const MOST_OPENED = 200;

export async function renameNote(face: NotesFace, argument: Argument<'wheelhouse.notes.rename'> | undefined): Promise<Result<'wheelhouse.notes.rename'>> {
  const note = (await face.named(argument)) ?? (await face.active())?.[0] ?? (await chooseNote(face, 'Rename Note'));
  if (!note) return undefined;
  const names = argument?.title !== undefined || argument?.newId !== undefined ? { ...(argument.title !== undefined && { title: argument.title }), ...(argument.newId !== undefined && { id: argument.newId }) } : await askForNames(note);
  if (!names) return undefined;
  const notes = await face.notes();
  const plan = await planFor(face, note, names);
  const files = plan.files.length;
  if (files > MOST_OPENED) {
    const rename = `Rename in ${count(files, 'File')}`;
    if ((await vscode.window.showWarningMessage(`${count(files - 1, 'note')} link to “${lineOf(note.title, 60)}”. The files are written at once; undo is renaming it back.`, { modal: true }, rename)) !== rename) return undefined;
    await saveAll(face, plan);
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: 'Renaming links' }, (progress) => applyRename(notes, plan, (done) => done % 100 === 0 && progress.report({ message: `${done} of ${files}`, increment: 10_000 / files })));
  } else {
    const edit = await editOf(face, plan);
    if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) throw new WheelhouseError('conflict', 'A note was changed at the same moment, and nothing was renamed. Try again.');
    await saveAll(face, plan);
  }
  await notes.files.refresh();
  await notes.files.confirm(plan.files.map(({ path }) => (path === note.path && plan.move ? plan.move.to : path)));
  await notes.refreshIndexNote();
  const after = core.notesInFile(notes.index, plan.move?.to ?? note.path).find(({ id, title }) => (names.title === undefined || title === names.title) && (plan.names.id === undefined || id === plan.names.id.to)) ?? note;
  vscode.window.setStatusBarMessage(`Renamed in ${count(files, 'file')}`, 4000);
  return { note: await jsonOf(face, after), files };
}

export async function planFor(face: NotesFace, note: core.NoteEntry, names: NewNoteNames): Promise<RenamePlan> {
  return planRename(await face.notes(), note, names, (path) => face.documentOf(path)?.getText());
}

export async function planForHeading(face: NotesFace, path: string, offset: number, title: string): Promise<RenamePlan> {
  return planHeading(await face.notes(), path, offset, title, (file) => face.documentOf(file)?.getText());
}

/** The plan as one edit. @throws WheelhouseError `refused` for too many files, `conflict` when a text has changed since. */
export async function editOf(face: NotesFace, plan: RenamePlan): Promise<vscode.WorkspaceEdit> {
  if (plan.files.length > MOST_OPENED) throw new WheelhouseError('refused', `${count(plan.files.length - 1, 'note')} link to this one: too many to open. Use “Rename Note” instead, which writes the files.`);
  const edit = new vscode.WorkspaceEdit();
  for (const { path, before, replacements } of plan.files) {
    const document = face.documentOf(path) ?? (await vscode.workspace.openTextDocument(vscode.Uri.file(path)));
    const text = document.getText();
    // A document has line breaks of one kind only; offsets in a file with both would be wrong.
    if (text !== before.replace(/^\ufeff/, '')) throw new WheelhouseError('conflict', `${nodePath.basename(path)} is another one in the editor than on the disk. Save or close it, and try again.`);
    const shift = before.length - text.length;
    for (const { start, end, text: put } of replacements) edit.replace(document.uri, new vscode.Range(document.positionAt(start - shift), document.positionAt(end - shift)), put);
  }
  if (plan.move) edit.renameFile((face.documentOf(plan.move.from)?.uri ?? vscode.Uri.file(plan.move.from)), vscode.Uri.file(plan.move.to));
  return edit;
}

async function askForNames(note: core.NoteEntry): Promise<NewNoteNames | undefined> {
  const title = 'Rename Note';
  const byTitle = { label: 'Title', description: lineOf(note.title), key: 'title' as const };
  const byId = { label: 'Id', description: lineOf(note.id), key: 'id' as const };
  const chosen = await vscode.window.showQuickPick([byTitle, byId], { title, placeHolder: 'What of it? Links to it follow.' });
  if (!chosen) return undefined;
  const old = chosen.key === 'title' ? note.title : note.id;
  const name = (await vscode.window.showInputBox({ title, value: old, prompt: `The new ${chosen.label.toLowerCase()}. Links to it in all notes follow.` }))?.trim();
  return name === undefined || name === '' || name === old ? undefined : { [chosen.key]: name };
}

async function saveAll(face: NotesFace, plan: RenamePlan): Promise<void> {
  for (const { path } of plan.files) await face.documentOf(path === plan.move?.from ? plan.move.to : path)?.save();
}
