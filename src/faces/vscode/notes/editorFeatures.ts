/** In editors of notes: completion after `[[`, hover, go to definition, F2. */
import nodePath from 'node:path';
import * as vscode from 'vscode';
import type { Notes } from '../../../adapters/node/notes/notes.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import * as core from '../../../core/notes/index.ts';
import type { NotesFace } from './face.ts';
import { hoverOf } from './hover.ts';
import { linkTo } from './links.ts';
import { factsOf, lineOf } from './noteText.ts';
import { openLink } from './openLink.ts';
import { startIn } from './openNote.ts';
import { NoteRename } from './renameProvider.ts';

/** By file name: org has no language of its own in many an editor. */
const NOTE_FILES: vscode.DocumentSelector = { scheme: 'file', pattern: '**/*.{org,md,markdown}' };
/** The list is asked for again with every letter. */
const OFFERED = 50;

export function editorFeatures(face: NotesFace): Disposable {
  const owned = new DisposableStore();
  const quietly = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      face.services.errors.log(error);
      return undefined;
    }
  };
  owned.add(vscode.languages.registerCompletionItemProvider(NOTE_FILES, { provideCompletionItems: (document, position) => quietly(() => completions(face, document, position)) }, '[', ':', '#'));
  owned.add(vscode.languages.registerHoverProvider(NOTE_FILES, { provideHover: (document, position) => quietly(() => hover(face, document, position)) }));
  owned.add(vscode.languages.registerDefinitionProvider(NOTE_FILES, { provideDefinition: (document, position) => quietly(() => definition(face, document, position)) }));
  owned.add(vscode.languages.registerRenameProvider(NOTE_FILES, new NoteRename(face)));
  return owned;
}

async function completions(face: NotesFace, document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionList | undefined> {
  const path = face.pathOf(document.uri);
  if (path === undefined) return undefined;
  const line = document.lineAt(position.line).text;
  const open = openLink(line.slice(0, position.character), line.slice(position.character));
  if (!open) return undefined;
  const notes = await face.notes();
  const inside = core.formatOf(path) === 'markdown' ? headings(notes, path, document.getText(), open.typed) : undefined;
  const range = new vscode.Range(position.line, open.from, position.line, position.character + open.closing);
  const typed = line.slice(open.from, position.character);
  const describes = core.describesLinks(notes.index);
  const now = Date.now();
  if (inside) return new vscode.CompletionList(inside.map(({ title, link }) => Object.assign(new vscode.CompletionItem(title, vscode.CompletionItemKind.Reference), { insertText: link, range, filterText: link })));
  const items = core.notesNamed(notes.index, open.typed, OFFERED).filter((note) => note.path !== path || note.kind === 'heading').map((note, at) => {
    const item = new vscode.CompletionItem({ label: lineOf(note.title) || note.id, description: note.isPublic ? 'PUBLIC' : 'private' }, vscode.CompletionItemKind.Reference);
    item.insertText = linkTo(notes, note, core.formatOf(path), nodePath.dirname(path), describes);
    item.range = range;
    item.filterText = typed;
    item.sortText = String(at).padStart(4, '0');
    item.detail = `${note.id} · ${factsOf(note, now)}`;
    return item;
  });
  return new vscode.CompletionList(items, true);
}

/** `[[note#`: what can be linked to inside of a note, with the whole link; undefined when no `#` is typed, or no note has that name. */
function headings(notes: Notes, path: string, text: string, typed: string): { title: string; link: string }[] | undefined {
  const [name = '', ...rest] = typed.split('#');
  if (rest.length === 0) return undefined;
  const link = core.linkAt('markdown', `[[${name}]]`, 2);
  const note = link && core.leadsTo(notes.index, path, link);
  if (name !== '' && !note) return undefined;
  const content = note ? notes.index.contentOf(note) : text;
  // What ends a link cannot be written in one.
  const titles = core.headingsOf(note?.path ?? path, content).map(({ title }) => title).filter((title) => title !== '' && !/[#^|[\]]/.test(title));
  return [...new Set(titles)].map((title) => ({ title: lineOf(title), link: `[[${name}#${title}]]` }));
}

interface Linked {
  readonly link: core.LinkSpan;
  /** The note that it leads to. */
  readonly note: core.NoteEntry | undefined;
  /** The place in that note which it names, as it is written; empty for the note. */
  readonly place: string;
}

/** The link under the cursor. */
async function linkedNote(face: NotesFace, document: vscode.TextDocument, position: vscode.Position): Promise<Linked | undefined> {
  const path = face.pathOf(document.uri);
  if (path === undefined || !document.lineAt(position.line).text.includes(']')) return undefined;
  const [format, text] = [core.formatOf(path), document.getText()];
  const link = core.linkAt(format, text, document.offsetAt(position));
  return link && { link, note: core.leadsTo((await face.notes()).index, path, link), place: core.placeNamed(format, text, link) };
}

async function hover(face: NotesFace, document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
  const found = await linkedNote(face, document, position);
  if (!found) return undefined;
  const range = new vscode.Range(document.positionAt(found.link.start), document.positionAt(found.link.end));
  const { index } = await face.notes();
  const content = found.note && index.contentOf(found.note);
  const shown = found.note && content?.slice(core.placeIn(found.note.path, content, found.place) ?? 0);
  return new vscode.Hover(hoverOf(found.link, found.note, shown, Date.now()), range);
}

async function definition(face: NotesFace, document: vscode.TextDocument, position: vscode.Position): Promise<vscode.LocationLink[] | undefined> {
  const found = await linkedNote(face, document, position);
  if (!found) return definitionHere(face, document, position);
  if (!found.note) return undefined;
  const target = await vscode.workspace.openTextDocument(vscode.Uri.file(found.note.path));
  const at = target.positionAt(core.placeIn(found.note.path, target.getText(), found.place) ?? startIn(target, found.note));
  return [{ originSelectionRange: new vscode.Range(document.positionAt(found.link.start), document.positionAt(found.link.end)), targetUri: target.uri, targetRange: new vscode.Range(at, at) }];
}

function definitionHere(face: NotesFace, document: vscode.TextDocument, { line, character }: vscode.Position): vscode.LocationLink[] | undefined {
  const path = face.pathOf(document.uri);
  const link = path === undefined ? undefined : core.localLinkAt(document.lineAt(line).text, character);
  const place = path === undefined || !link ? undefined : core.placeIn(path, document.getText(), link.named);
  if (!link || place === undefined) return undefined;
  const at = document.positionAt(place);
  return [{ originSelectionRange: new vscode.Range(line, link.start, line, link.end), targetUri: document.uri, targetRange: new vscode.Range(at, at) }];
}
