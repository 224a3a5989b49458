import * as vscode from 'vscode';
import type { ViewId } from '../contributions.ts';

/** A line of the tree. Menus pass it to the commands, which look for `id` and `path`. */
export interface NoteNode {
  readonly id?: string;
  readonly path?: string;
  /** Asked when it is opened; undefined for a line that cannot be. */
  readonly children?: () => Promise<readonly NoteNode[]> | readonly NoteNode[];
  readonly item: () => vscode.TreeItem;
  /** Completes the item when the mouse rests on it. */
  readonly resolve?: (item: vscode.TreeItem) => Promise<vscode.TreeItem> | vscode.TreeItem;
}

const id: ViewId = 'wheelhouse.notes';

/** The view itself. It asks whoever has the notes, and knows nothing of them, so that it can be there from the start. */
export class NotesView implements vscode.TreeDataProvider<NoteNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<NoteNode>;
  readonly #first: Promise<void>;
  readonly #onError: (error: unknown) => void;
  #ready!: () => void;
  #roots: () => Promise<readonly NoteNode[]> = () => Promise.resolve([]);

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
    this.#first = new Promise((resolve) => (this.#ready = resolve));
    this.#view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  get selected(): NoteNode | undefined {
    return this.#view.selection[0];
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  /** From now on, `roots` is asked for what the view shows. */
  show(roots: () => Promise<readonly NoteNode[]>): void {
    this.#roots = roots;
    this.#ready();
    this.#changed.fire(undefined);
  }

  /** Asks again. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: NoteNode): Promise<NoteNode[]> {
    // Until something is known, VS Code shows its progress bar instead of what stands for an empty view.
    if (!node) await this.#first;
    try {
      return [...(node ? ((await node.children?.()) ?? []) : await this.#roots())];
    } catch (error) {
      this.#onError(error);
      return [];
    }
  }

  getTreeItem(node: NoteNode): vscode.TreeItem {
    return node.item();
  }

  async resolveTreeItem(item: vscode.TreeItem, node: NoteNode): Promise<vscode.TreeItem> {
    return node.resolve ? node.resolve(item) : item;
  }

  dispose(): void {
    this.#ready();
    this.#view.dispose();
    this.#changed.dispose();
  }
}
