import * as vscode from 'vscode';
import type { CoordinationArgument, ViewId } from '../contributions.ts';

/** A line of the tree. Menus pass it to the commands, which look for `id`. */
export interface TreeNode {
  /** Of sessions only. */
  readonly id?: string;
  /** What commands on claims, barriers, blockers and notices are about. */
  readonly about?: CoordinationArgument;
  readonly parent: TreeNode | undefined;
  readonly children: readonly TreeNode[];
  readonly item: () => vscode.TreeItem;
  /** Completes the item when the mouse rests on it. */
  readonly resolve?: (item: vscode.TreeItem) => Promise<vscode.TreeItem>;
}

const id: ViewId = 'wheelhouse.sessions';

/** The view itself. It shows what it is given, and knows nothing of sessions, so that it can be there from the start. */
export class SessionsView implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #first: Promise<void>;
  #shown!: () => void;
  #roots: readonly TreeNode[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor() {
    this.#first = new Promise((resolve) => (this.#shown = resolve));
    this.#view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  /** @param waiting For the badge. */
  show(roots: readonly TreeNode[], waiting: number): void {
    this.#roots = roots;
    const value = waiting === 0 ? undefined : { value: waiting, tooltip: `${waiting} ${waiting === 1 ? 'session waits' : 'sessions wait'} for you` };
    if (this.#view.badge?.value !== value?.value) this.#view.badge = value;
    this.#shown();
    this.#changed.fire(undefined);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node) return [...node.children];
    // Until something is known, VS Code shows its progress bar instead of what stands for an empty view.
    await this.#first;
    return [...this.#roots];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.item();
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    return node.resolve ? node.resolve(item) : item;
  }

  dispose(): void {
    this.#shown();
    this.#view.dispose();
    this.#changed.dispose();
  }
}
