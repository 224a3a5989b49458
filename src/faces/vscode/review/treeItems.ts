import * as vscode from 'vscode';
import type { ReviewItem } from '../../../core/review/index.ts';
import type { Grouping } from '../contributions.ts';
import { formatAge } from './age.ts';
import { contextWords, describeItem, type Group } from './treeModel.ts';
import { count, firstLine, iconOf, placeOf, severityNames, stateName } from './wording.ts';

export interface GroupNode {
  readonly kind: 'group';
  readonly group: Group;
  readonly children: readonly CommentNode[];
}

/** Menus pass it to the commands, which look for `id`. */
export interface CommentNode {
  readonly kind: 'comment';
  readonly id: string;
  readonly item: ReviewItem;
  readonly parent: GroupNode;
}

export type TreeNode = GroupNode | CommentNode;

export function groupItem({ group }: GroupNode, uriOf: (item: ReviewItem) => vscode.Uri): vscode.TreeItem {
  const { key, label, items } = group;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group ${key}`;
  item.contextValue = 'group';
  const [first] = items;
  if (group.path !== undefined && first) {
    item.resourceUri = uriOf(first);
    item.iconPath = vscode.ThemeIcon.File;
    // With the name of the folder where several are open.
    item.description = vscode.workspace.asRelativePath(item.resourceUri).split('/').slice(0, -1).join('/');
  } else {
    item.description = String(items.length);
  }
  item.tooltip = `${group.path ?? label}: ${count(items.length, 'comment')}`;
  item.accessibilityInformation = { label: `${label}, ${count(items.length, 'comment')}` };
  return item;
}

export function commentItem({ item, id }: CommentNode, by: Grouping, now: Date, extension: vscode.Uri): vscode.TreeItem {
  const result = new vscode.TreeItem(firstLine(item.text, 200));
  const icon = (theme: string) => vscode.Uri.joinPath(extension, 'media', 'icons', `${iconOf(item)}-${theme}.svg`);
  result.id = `comment ${id}`;
  result.contextValue = contextWords(item);
  result.description = describeItem(item, by, now);
  result.iconPath = { light: icon('light'), dark: icon('dark') };
  result.command = { command: 'wheelhouse.review.show', title: 'Go to Review Comment', arguments: [{ id }] };
  const age = item.created ? `, ${formatAge(item.created, now)}` : '';
  result.accessibilityInformation = { label: `${severityNames[item.severity]}, ${stateName(item)}: ${firstLine(item.text, 200)}. ${placeOf(item)}${age}` };
  return result;
}
