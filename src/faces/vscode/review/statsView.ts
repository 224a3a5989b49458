import * as vscode from 'vscode';
import type { ViewId } from '../contributions.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { delayed } from '../support/debounce.ts';
import { statsSections, type StatsRow, type StatsSection } from './statsModel.ts';
import { readStats } from './statsSource.ts';

const viewId: ViewId = 'wheelhouse.reviewStats';
/** Several causes for reading the figures again are waited for, to do it once. */
const gatherMs = 300;

type Node = { readonly section: StatsSection } | { readonly row: StatsRow };

/** The figures of the review comments, read while they are looked at and only then. */
export const statsView: Feature = (services) => {
  const changed = new vscode.EventEmitter<void>();
  const view: vscode.TreeView<Node> = vscode.window.createTreeView<Node>(viewId, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: toTreeItem,
      async getChildren(node) {
        if (node) return 'section' in node ? node.section.rows.map((row) => ({ row })) : [];
        const stats = await services.errors.guard(() => readStats(services));
        view.message = stats ? '' : 'Figures appear here once a review comment is logged: how many, of what kind, how old, how long they took.';
        return stats ? statsSections(stats).map((section) => ({ section })) : [];
      },
    },
  });
  const soon = delayed(() => changed.fire(), gatherMs);
  let stale = false;
  return vscode.Disposable.from(
    changed,
    view,
    soon,
    services.model.onDidChange(({ kind }) => {
      if (kind !== 'refreshed') return;
      stale = !view.visible;
      if (view.visible) soon.schedule();
    }),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible && stale) soon.schedule();
      stale = false;
    }),
    registerCommand(services.errors, 'wheelhouse.review.showStats', async () => {
      await vscode.commands.executeCommand(`${viewId}.focus`);
      return undefined;
    }),
  );
};

function toTreeItem(node: Node): vscode.TreeItem {
  if ('section' in node) {
    const { title, open } = node.section;
    const item = new vscode.TreeItem(title, open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
    item.id = title;
    return item;
  }
  const { name, value } = node.row;
  const item = new vscode.TreeItem(value);
  item.description = name;
  item.tooltip = `${name}: ${value.trim()}`;
  item.accessibilityInformation = { label: `${name}: ${value.trim()}` };
  return item;
}
