/** What is copied of a note, and where its file is shown. */
import nodePath from 'node:path';
import * as vscode from 'vscode';
import type { Notes } from '../../../adapters/node/notes/notes.ts';
import * as core from '../../../core/notes/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import type { NotesFace } from './face.ts';
import { chooseNote } from './findNote.ts';

/** A link to a note as a file of the given format and place has it. */
export function linkTo(notes: Notes, note: core.NoteEntry, format: core.NoteFormat, fromFolder: string, describes: boolean): string {
  const relative = nodePath.relative(fromFolder, note.path).split(nodePath.sep).join('/');
  // Org links by id; a file without an ID of its own is known to Org by its path only.
  const hasOwnId = note.kind === 'heading' || core.parseNote(note.path, notes.index.contentOf(note)).sections[0].id !== undefined;
  // Where another file has the same name, only the folder tells them apart.
  const leadsElsewhere = core.leadsTo(notes.index, nodePath.join(fromFolder, 'x.md'), { kind: 'title', target: core.stemOf(note.path) })?.path !== note.path;
  const folder = leadsElsewhere && note.kind === 'file' ? nodePath.basename(nodePath.dirname(note.path)) : undefined;
  return core.linkText(format, note, { hasOwnId, describes, ...(folder !== undefined && { folder }) }, /^\.{0,2}\//.test(relative) ? relative : `./${relative}`);
}

export async function copyLink(face: NotesFace, argument: Argument<'wheelhouse.notes.copyLink'> | undefined): Promise<Result<'wheelhouse.notes.copyLink'>> {
  const note = await wanted(face, argument, 'Copy Link to Note');
  if (!note) return undefined;
  const notes = await face.notes();
  const format = argument?.format ?? core.formatOf(note.path);
  const text = linkTo(notes, note, format, nodePath.dirname(note.path), core.describesLinks(notes.index));
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('Link copied', 2000);
  return text;
}

export async function copyId(face: NotesFace, argument: Argument<'wheelhouse.notes.copyId'> | undefined): Promise<Result<'wheelhouse.notes.copyId'>> {
  const note = await wanted(face, argument, 'Copy Id of Note');
  if (!note) return undefined;
  await vscode.env.clipboard.writeText(note.id);
  vscode.window.setStatusBarMessage('Id copied', 2000);
  return note.id;
}

export async function reveal(face: NotesFace, argument: Argument<'wheelhouse.notes.reveal'> | undefined): Promise<undefined> {
  const note = await wanted(face, argument, 'Reveal Note');
  if (note) await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(note.path));
}

async function wanted(face: NotesFace, argument: { readonly id?: string; readonly path?: string } | undefined, title: string): Promise<core.NoteEntry | undefined> {
  return (await face.named(argument)) ?? (await face.active())?.[0] ?? (await chooseNote(face, title));
}
