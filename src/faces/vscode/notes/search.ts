import * as vscode from 'vscode';
import type { Argument, Result } from '../support/commands.ts';
import type { NotesFace } from './face.ts';
import { findNote, SHOWN } from './findNote.ts';
import { jsonOf, showNote } from './openNote.ts';

/** With a text, what is found; without, the user searches, and what they choose is opened at the hit. */
export async function search(face: NotesFace, argument: Argument<'wheelhouse.notes.search'> | undefined): Promise<Result<'wheelhouse.notes.search'>> {
  if (typeof argument?.text === 'string') {
    const { notes } = await (await face.notes()).search(argument.text, typeof argument.limit === 'number' ? argument.limit : SHOWN);
    return Promise.all(notes.map((note) => jsonOf(face, note)));
  }
  const chosen = await findNote(face, 'Search Notes');
  if (!chosen) return undefined;
  await showNote(chosen.note, chosen.offset, chosen.isBeside ? { viewColumn: vscode.ViewColumn.Beside } : {});
  return [await jsonOf(face, chosen.note)];
}
