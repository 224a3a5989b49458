/** From a note to its place in an editor. */
import * as vscode from 'vscode';
import * as core from '../../../core/notes/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import type { NotesFace } from './face.ts';
import { chooseNote } from './findNote.ts';

/**
 * Shows a note, at its beginning or at an offset in its text.
 * @param offset In the text of the note, as the index has it.
 */
export async function showNote(note: core.NoteEntry, offset = 0, options: vscode.TextDocumentShowOptions = {}): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(note.path));
  const at = document.positionAt(startIn(document, note) + offset);
  // A file opens where the user left it; a headline or a hit is a place of its own.
  const place = note.kind === 'file' && offset === 0 ? {} : { selection: new vscode.Range(at, at) };
  return vscode.window.showTextDocument(document, { preview: true, ...options, ...place });
}

/** Where the note begins in what the editor has, which may be newer than the index. VS Code counts a line break as the document's. */
export function startIn(document: vscode.TextDocument, { kind, id, start, path }: core.NoteEntry): number {
  if (kind === 'file') return 0;
  return core.parseNote(path, document.getText()).sections.find((section) => section.id === id)?.start ?? start;
}

export async function openNote(face: NotesFace, argument: Argument<'wheelhouse.notes.open'> | undefined): Promise<Result<'wheelhouse.notes.open'>> {
  const note = (await face.named(argument)) ?? (await chooseNote(face, 'Open Note'));
  if (!note) return undefined;
  await showNote(note);
  return jsonOf(face, note);
}

export async function jsonOf(face: NotesFace, note: core.NoteEntry): Promise<core.NoteJson> {
  return core.noteJson(note, core.countsOf((await face.notes()).index, note));
}
