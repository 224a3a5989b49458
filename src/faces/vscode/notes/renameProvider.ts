/** F2 on a link to a note, on a note's own title or id, or on a heading in it. */
import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/notes/index.ts';
import type { NotesFace } from './face.ts';
import { editOf, planFor, planForHeading } from './rename.ts';

interface Target {
  /** Of a heading, the note that it is in. */
  readonly note: core.NoteEntry;
  readonly what: 'title' | 'id' | 'heading';
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

export class NoteRename implements vscode.RenameProvider {
  readonly #face: NotesFace;

  constructor(face: NotesFace) {
    this.#face = face;
  }

  async prepareRename(document: vscode.TextDocument, position: vscode.Position): Promise<{ range: vscode.Range; placeholder: string } | undefined> {
    const target = await targetAt(this.#face, document, position);
    // Others, such as VS Code's own Markdown support, may know more about this place.
    if (!target) throw new Error('There is no link to a note here, and no name of one.');
    return { range: new vscode.Range(document.positionAt(target.start), document.positionAt(target.end)), placeholder: target.name };
  }

  async provideRenameEdits(document: vscode.TextDocument, position: vscode.Position, newName: string): Promise<vscode.WorkspaceEdit | undefined> {
    const target = await targetAt(this.#face, document, position);
    if (!target) return undefined;
    const name = newName.trim();
    if (name === '') throw new WheelhouseError('invalid-input', 'A note needs a name.');
    if (target.what === 'heading') return editOf(this.#face, await planForHeading(this.#face, target.note.path, target.start, name));
    return editOf(this.#face, await planFor(this.#face, target.note, { [target.what]: name }));
  }
}

async function targetAt(face: NotesFace, document: vscode.TextDocument, position: vscode.Position): Promise<Target | undefined> {
  const path = face.pathOf(document.uri);
  if (path === undefined) return undefined;
  const { index } = await face.notes();
  const text = document.getText();
  const offset = document.offsetAt(position);
  const link = core.linkAt(core.formatOf(path), text, offset);
  const note = link && core.leadsTo(index, path, link);
  if (link && note) return linkTarget(text, link, note, offset);
  const parsed = core.parseNote(path, text);
  for (const { id, section } of core.notesIn(parsed, path, index.duplicatesIn(parsed, path), 'all')) {
    const own = core.notesInFile(index, path).find((each) => each.id === id && (each.kind === 'file') === (section.level === 0));
    if (!own) continue;
    const places = core.namePlaces(parsed, section);
    for (const [what, place, name] of [['title', places.title, section.title], ['id', places.id, id]] as const) {
      if (place && offset >= place.start && offset <= place.end) return { note: own, what, name, ...place };
    }
  }
  const heading = core.headingAt(path, text, offset);
  const [file] = heading ? core.notesInFile(index, path) : [];
  return heading && file && { note: file, what: 'heading', name: heading.title, start: heading.titleStart, end: heading.titleStart + heading.title.length };
}

/** On a description that is the title, or on a name that is, the title is meant; else the id or the file's name. */
function linkTarget(text: string, link: core.LinkSpan, note: core.NoteEntry, offset: number): Target {
  const { descriptionStart: start, descriptionEnd: end } = link;
  if (start !== undefined && end !== undefined && offset >= start && link.description === note.title) return { note, what: 'title', start, end, name: note.title };
  const place = { start: link.nameStart, end: link.nameEnd };
  const written = text.slice(place.start, place.end);
  if (link.kind === 'title' && core.slugOf(link.target) !== core.slugOf(core.stemOf(note.path)) && core.slugOf(link.target) === core.slugOf(note.title)) return { note, what: 'title', ...place, name: note.title };
  return { note, what: 'id', ...place, name: link.kind === 'id' ? note.id : link.kind === 'file' ? core.stemOf(note.path) : written };
}
