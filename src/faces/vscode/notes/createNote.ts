/** A new note, and the folders that notes are in. */
import { mkdir } from 'node:fs/promises';
import nodePath from 'node:path';
import * as vscode from 'vscode';
import { expandHome } from '../../../core/ports/paths.ts';
import * as core from '../../../core/notes/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import type { NotesFace } from './face.ts';
import { jsonOf, showNote } from './openNote.ts';

export async function newNote(face: NotesFace, argument: Argument<'wheelhouse.notes.new'> | undefined): Promise<Result<'wheelhouse.notes.new'>> {
  const title = (argument?.title ?? argument?.id ?? (await askForTitle(face)))?.trim();
  if (title === undefined || title === '') return undefined;
  const notes = await face.notes();
  const id = argument?.id ?? freeId(notes.index, title);
  const folder = typeof argument?.folder === 'string' ? nodePath.resolve(notes.folders[0] ?? '', expandHome(nodePath, face.user.home, argument.folder)) : undefined;
  await mkdir(folder ?? notes.folders[0] ?? '', { recursive: true });
  const note = await notes.create({ id, title, content: '', tags: argument?.tags ?? [], ...(folder !== undefined && { folder }) });
  const editor = await showNote(note, 0, { preview: false });
  const end = editor.document.positionAt(editor.document.getText().length);
  editor.selection = new vscode.Selection(end, end);
  return jsonOf(face, note);
}

function askForTitle(face: NotesFace): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'New Note',
    prompt: 'Its title. It is private until you publish it.',
    validateInput: (text) => {
      const index = face.current?.index;
      const taken = text.trim() !== '' && index ? core.leadsTo(index, '', { kind: 'title', target: text }) : undefined;
      return taken ? { message: `There is a note of that name: ${taken.title}`, severity: vscode.InputBoxValidationSeverity.Warning } : undefined;
    },
  });
}

/** The title as an id, with a number when that is taken. A title without letters of the id's alphabet gives the time. */
function freeId(index: core.NoteIndex, title: string): string {
  const plain = core.slugOf(title.normalize('NFKD').replace(/\p{M}/gu, '')).slice(0, 80).replace(/-$/, '');
  const slug = core.isNewId(plain) ? plain : `note-${new Date().toISOString().slice(0, 16).replace(/[^\d]/g, '')}`;
  for (let n = 1; ; n++) {
    const id = n === 1 ? slug : `${slug}-${n}`;
    if (!index.hasId(id)) return id;
  }
}

/** @returns the folders that are set now; undefined when the user left. */
export async function chooseFolders(face: NotesFace, argument: Argument<'wheelhouse.notes.chooseFolders'> | undefined): Promise<Result<'wheelhouse.notes.chooseFolders'>> {
  const given = argument?.folders?.filter((folder) => typeof folder === 'string' && folder.trim() !== '');
  const picked = given ?? (await vscode.window.showOpenDialog({ title: 'Folders of Notes', openLabel: 'Use for Notes', canSelectFiles: false, canSelectFolders: true, canSelectMany: true }))?.map(({ fsPath }) => fsPath);
  if (!picked || picked.length === 0) return undefined;
  const { home } = face.user;
  const folders = picked.map((path) => (path.startsWith(home + nodePath.sep) ? `~/${path.slice(home.length + 1).replaceAll('\\', '/')}` : path));
  await vscode.workspace.getConfiguration().update('wheelhouse.notes.folders', folders, vscode.ConfigurationTarget.Global);
  await face.reopen();
  return face.folders;
}
