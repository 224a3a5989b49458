/** Who may read the note in the active editor, in the status bar; a click changes it. */
import * as vscode from 'vscode';
import type * as core from '../../../core/notes/index.ts';
import type { CommandId } from '../contributions.ts';
import { count, visibilityOf } from './noteText.ts';

const toggle: CommandId = 'wheelhouse.notes.toggleVisibility';

export class VisibilityItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('wheelhouse.notes', vscode.StatusBarAlignment.Right, 91);

  constructor() {
    this.#item.name = 'Wheelhouse: Visibility of Note';
  }

  /** @param notes The notes of the active editor's file, the file first; undefined hides the item. */
  show(notes: readonly core.NoteEntry[] | undefined): void {
    const [file] = notes ?? [];
    if (!notes || !file) {
      this.#item.hide();
      return;
    }
    const open = notes.filter(({ isPublic }) => isPublic).length;
    const isMixed = !file.isPublic && open > 0;
    this.#item.text = file.isPublic ? '$(globe) PUBLIC' : isMixed ? '$(lock) Private, in part PUBLIC' : '$(lock) Private';
    this.#item.tooltip = `${visibilityOf(file)}.${isMixed ? ` ${count(open, 'headline')} in it ${open === 1 ? 'is' : 'are'} PUBLIC.` : ''} As it was saved last. Click to ${file.isPublic ? 'make it private' : 'publish it'}.`;
    this.#item.accessibilityInformation = { label: `Note: ${file.isPublic ? 'PUBLIC' : isMixed ? 'private, in part PUBLIC' : 'private'}` };
    this.#item.command = { command: toggle, title: 'Toggle Visibility', arguments: [{ id: file.id, path: file.path }] };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
