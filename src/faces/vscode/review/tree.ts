import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import { groupings, type Filter, type Grouping } from '../contributions.ts';
import type { Feature, Services } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { delayed } from '../support/debounce.ts';
import { changedFiles } from './changedFiles.ts';
import { commentItem, groupItem, type CommentNode, type GroupNode, type TreeNode } from './treeItems.ts';
import { groupItems, isFiltered } from './treeModel.ts';
import { commentMarkdown } from './hover.ts';
import { count } from './wording.ts';

const filterNames: Readonly<Record<Filter, { label: string; detail: string; message: string }>> = {
  none: { label: 'What Needs Attention', detail: 'Open comments, and done ones that no smoke test has shown yet', message: '' },
  open: { label: 'Open Only', detail: 'Comments that wait to be fixed', message: 'Open comments only.' },
  currentFile: { label: 'Current File', detail: 'Comments in the file that is being edited', message: 'Comments in the current file only.' },
  changedFiles: { label: 'Changed Files', detail: 'Comments in files that differ from the last commit', message: 'Comments in changed files only.' },
  all: { label: 'Everything', detail: 'Closed comments too', message: '' },
};
const filterOrder: readonly Filter[] = ['none', 'open', 'currentFile', 'changedFiles', 'all'];
const groupingNames: Readonly<Record<Grouping, string>> = { file: 'File', state: 'State', severity: 'Severity', age: 'Age' };

/** The view "Review Comments". */
export const tree: Feature = (services) => {
  const owned = new DisposableStore();
  const view = owned.add(new ReviewTree(services));
  owned.add(registerCommand(services.errors, 'wheelhouse.review.refresh', async () => {
    await services.model.refresh();
    return undefined;
  }));
  owned.add(registerCommand(services.errors, 'wheelhouse.review.groupBy', async (argument) => {
    const by = argument?.by ?? (await pick('Group review comments by', groupings, view.by, (value) => ({ label: groupingNames[value] })));
    if (by !== undefined && groupings.includes(by)) await view.setGrouping(by);
    return by;
  }));
  owned.add(registerCommand(services.errors, 'wheelhouse.review.filter', async (argument) => {
    const filter = argument?.filter ?? (await pick('Show review comments', filterOrder, view.filter, (value) => filterNames[value]));
    if (filter !== undefined && filterOrder.includes(filter)) await view.setFilter(filter);
    return filter;
  }));
  return new vscode.Disposable(() => owned.dispose());
};

async function pick<T extends string>(title: string, values: readonly T[], current: T, describe: (value: T) => { label: string; detail?: string }): Promise<T | undefined> {
  const entries = values.map((value) => ({ value, ...describe(value), ...(value === current && { description: 'now' }) }));
  return (await vscode.window.showQuickPick(entries, { title, matchOnDetail: true }))?.value;
}

class ReviewTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #services: Services;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<undefined>());
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #soon = this.#owned.add(delayed(() => this.#show(), 100));
  #groups: readonly GroupNode[] = [];
  #changedFiles: ReadonlySet<string> = new Set();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    this.#view = this.#owned.add(vscode.window.createTreeView<TreeNode>('wheelhouse.review', { treeDataProvider: this, showCollapseAll: true }));
    this.#owned.add(this.#view.onDidChangeSelection(({ selection: [node] }) => (services.selected.comment = node?.kind === 'comment' ? node.id : undefined)));
    this.#owned.add(services.model.onDidChange(({ kind }) => (kind === 'refreshed' ? void this.#update() : this.#soon.schedule())));
    this.#owned.add(vscode.window.onDidChangeActiveTextEditor(() => this.filter === 'currentFile' && this.#soon.schedule()));
    // Ages grow while nothing happens.
    const clock = setInterval(() => this.#view.visible && this.#show(), 60_000);
    this.#owned.add({ dispose: () => clearInterval(clock) });
    services.contextKeys.set('wheelhouse.review.filtered', isFiltered(this.filter));
  }

  get by(): Grouping {
    return this.#services.extension.workspaceState.get<Grouping>('review.groupBy', 'file');
  }

  get filter(): Filter {
    return this.#services.extension.workspaceState.get<Filter>('review.filter', 'none');
  }

  async setGrouping(by: Grouping): Promise<void> {
    await this.#services.extension.workspaceState.update('review.groupBy', by);
    this.#show();
  }

  async setFilter(filter: Filter): Promise<void> {
    await this.#services.extension.workspaceState.update('review.filter', filter);
    this.#services.contextKeys.set('wheelhouse.review.filtered', isFiltered(filter));
    await this.#update();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node) return node.kind === 'group' ? [...node.children] : [];
    await this.#services.model.ready;
    return [...this.#groups];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const { extension, model } = this.#services;
    return node.kind === 'group' ? groupItem(node, (item) => model.uriOf(item)) : commentItem(node, this.by, new Date(), extension.extensionUri);
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    if (node.kind === 'comment') item.tooltip = commentMarkdown([{ item: node.item }], { language: '', withPlace: true });
    return item;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === 'comment' ? node.parent : undefined;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #update(): Promise<void> {
    if (this.filter === 'changedFiles') this.#changedFiles = await changedFiles(await this.#services.repositories.all());
    this.#show();
  }

  #show(): void {
    const { model, repositories, contextKeys } = this.#services;
    const active = vscode.window.activeTextEditor?.document.uri;
    const { by, filter } = this;
    this.#groups = groupItems(model.items, { by, filter, now: new Date(), currentFile: active && repositories.pathOf(active), changedFiles: this.#changedFiles }).map(toNode);
    const open = new Set(model.items.filter(({ state }) => state === 'todo').map(({ id }) => id)).size;
    contextKeys.set('wheelhouse.review.pending', open > 0);
    this.#view.badge = open === 0 ? undefined : { value: open, tooltip: `${count(open, 'review comment')} ${open === 1 ? 'is' : 'are'} open` };
    // With a message, VS Code would not show what the manifest has for an empty view.
    this.#view.message = this.#groups.length > 0 && isFiltered(filter) ? filterNames[filter].message : '';
    this.#changed.fire(undefined);
  }
}

function toNode(group: ReturnType<typeof groupItems>[number]): GroupNode {
  const children: CommentNode[] = [];
  const node: GroupNode = { kind: 'group', group, children };
  for (const item of group.items) children.push({ kind: 'comment', id: item.id, item, parent: node });
  return node;
}
