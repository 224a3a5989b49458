import * as vscode from 'vscode';
import type { ViewId } from '../contributions.ts';

/** A line of the tree. Menus pass it to the commands, which look for `deck` or `path`. */
export interface LearnNode {
  readonly deck?: string;
  readonly path?: string;
  readonly parent: LearnNode | undefined;
  readonly children: readonly LearnNode[];
  readonly item: () => vscode.TreeItem;
}

const id: ViewId = 'wheelhouse.learn';

/** The view itself. It shows what it is given, and knows nothing of cards, so that it can be there from the start. */
export class LearnView implements vscode.TreeDataProvider<LearnNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<LearnNode>;
  readonly #first: Promise<void>;
  #shown!: () => void;
  #roots: readonly LearnNode[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor() {
    this.#first = new Promise((resolve) => (this.#shown = resolve));
    this.#view = vscode.window.createTreeView(id, { treeDataProvider: this });
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  show(roots: readonly LearnNode[]): void {
    this.#roots = roots;
    this.#shown();
    this.#changed.fire(undefined);
  }

  async getChildren(node?: LearnNode): Promise<LearnNode[]> {
    if (node) return [...node.children];
    // Until something is known, VS Code shows its progress bar instead of what stands for an empty view.
    await this.#first;
    return [...this.#roots];
  }

  getTreeItem(node: LearnNode): vscode.TreeItem {
    return node.item();
  }

  getParent(node: LearnNode): LearnNode | undefined {
    return node.parent;
  }

  dispose(): void {
    this.#shown();
    this.#view.dispose();
    this.#changed.dispose();
  }
}
