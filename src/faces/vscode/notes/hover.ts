/** What is shown of a note when the mouse rests on a link to it: as text, with nothing in it that could be clicked. */
import * as vscode from 'vscode';
import type * as core from '../../../core/notes/index.ts';
import { plain } from '../review/markdown.ts';
import { factsOf, iconOf, lineOf, visibilityOf } from './noteText.ts';
import { beginning } from './preview.ts';

export function hoverOf(link: core.NoteLink, note: core.NoteEntry | undefined, content: string | undefined, now: number): vscode.MarkdownString {
  if (!note) return new vscode.MarkdownString(`$(debug-disconnect) No note is called ${plain(lineOf(link.target))}.`, true);
  const text = new vscode.MarkdownString('', true);
  text.appendMarkdown(`**${plain(lineOf(note.title))}**\n\n$(${iconOf(note)}) ${visibilityOf(note)} · ${plain(factsOf(note, now))}`);
  const shown = beginning(content ?? '', note.title);
  if (shown !== '') text.appendMarkdown(`\n\n---\n\n${plain(shown)}`);
  return text;
}
