/** What the commands, the view and the editor features of notes work with. */
import { realpathSync, statSync } from 'node:fs';
import nodePath from 'node:path';
import * as vscode from 'vscode';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { closeNotes, openNotes, type Notes } from '../../../adapters/node/notes/notes.ts';
import { noteFolders } from '../../../adapters/node/notes/settings.ts';
import type { UserData } from '../../../adapters/node/user-data.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/notes/index.ts';
import type { Services } from '../services/services.ts';
import { delayed } from '../support/debounce.ts';
import { onSettingChange } from '../support/settings.ts';

/** So long several changes are waited for, to tell of them once. */
const gatherMs = 80;

/** The user's notes in this window. The folders are known from the start; the notes are read when they are first asked for. */
export class NotesFace implements vscode.Disposable {
  readonly services: Services;
  readonly user: UserData;
  readonly #owned = new DisposableStore();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #tell = this.#owned.add(delayed(() => this.#changed.fire(), gatherMs));
  #folders: readonly string[] = [];
  #opening: Promise<Notes> | undefined;
  #notes: Notes | undefined;
  #watch: Disposable | undefined;

  /** Notes, or the folders that they are in, are others than before. */
  readonly onDidChange = this.#changed.event;

  private constructor(services: Services, user: UserData) {
    this.services = services;
    this.user = user;
    this.#owned.add(this.#changed);
    this.#owned.add(onSettingChange(['wheelhouse.notes.folders'], () => void services.errors.guard(() => this.reopen())));
  }

  static async open(services: Services): Promise<NotesFace> {
    const face = new NotesFace(services, await services.user.open());
    await face.#readFolders();
    return face;
  }

  async #readFolders(): Promise<void> {
    await this.services.user.shareNoteFolders(this.user);
    this.#folders = await noteFolders(nodeFiles, this.user);
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  get hasFolder(): boolean {
    return this.#folders.some((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true);
  }

  /** The notes if they have been read already. */
  get current(): Notes | undefined {
    return this.#notes;
  }

  /** All notes, watched. */
  notes(): Promise<Notes> {
    if (this.#opening) return this.#opening;
    const opening = openNotes(this.user, { view: 'all', watch: true });
    this.#opening = opening;
    opening.then(
      (notes) => {
        if (this.#opening !== opening) return;
        this.#notes = notes;
        this.#watch = notes.watch(() => this.#tell.schedule());
        this.#tell.schedule();
      },
      () => {
        if (this.#opening === opening) this.#opening = undefined;
      },
    );
    return opening;
  }

  /** The path that the notes know a document by; undefined for one that is no note. */
  pathOf({ scheme, fsPath }: vscode.Uri): string | undefined {
    if (scheme !== 'file' || !core.isNoteFile(nodePath.basename(fsPath))) return undefined;
    let folder = nodePath.dirname(fsPath);
    try {
      folder = realpathSync(folder);
    } catch {
      // A folder that is not there yet is what it is called.
    }
    return this.#folders.some((root) => (folder + nodePath.sep).startsWith(root + nodePath.sep)) ? nodePath.join(folder, nodePath.basename(fsPath)) : undefined;
  }

  /** The open document of a note's file. */
  documentOf(path: string): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && this.pathOf(uri) === path);
  }

  /** The note that a menu or another extension names. @throws WheelhouseError `not-found`, `conflict` when several have the id. */
  async named(argument: { readonly id?: unknown; readonly path?: unknown } | undefined): Promise<core.NoteEntry | undefined> {
    if (typeof argument?.id !== 'string') return undefined;
    const { id, path } = argument;
    const notes = await this.notes();
    await notes.files.refresh();
    const found = notes.index.find(id).filter((note) => path === undefined || note.path === path);
    const [note, ...more] = found;
    if (note === undefined) throw new WheelhouseError('not-found', core.noSuchNote(id));
    if (more.length > 0) throw new WheelhouseError('conflict', `${found.length} notes have the id ${JSON.stringify(id)}. Give each its own: ${found.map((each) => each.path).join(', ')}.`);
    return note;
  }

  /** The notes of the active editor's file, the file first; undefined when it is none. */
  async active(): Promise<readonly core.NoteEntry[] | undefined> {
    const editor = vscode.window.activeTextEditor;
    const path = editor && this.pathOf(editor.document.uri);
    if (path === undefined) return undefined;
    const notes = await this.notes();
    return core.notesInFile(notes.index, path);
  }

  /** Reads the folders anew, as they are set now. */
  async reopen(): Promise<void> {
    const wasOpen = this.#opening !== undefined;
    this.#watch?.dispose();
    [this.#watch, this.#notes, this.#opening] = [undefined, undefined, undefined];
    await closeNotes(this.user, 'all');
    await this.#readFolders();
    if (wasOpen) await this.notes();
    this.#tell.schedule();
  }

  dispose(): void {
    this.#watch?.dispose();
    this.#owned.dispose();
  }
}
