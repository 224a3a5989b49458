import * as vscode from 'vscode';
import { processUsage } from '../../../adapters/node/sessions/process-usage.ts';
import type { CommandId, SessionGrouping } from '../contributions.ts';
import { stateLooks, type Notice, type Row, type RowDetail, type RowGroup } from './rows.ts';
import { tooltipMarkdown } from './texts.ts';
import type { TreeNode } from './treeView.ts';

const jump: CommandId = 'wheelhouse.sessions.jump';
const openClaimed: CommandId = 'wheelhouse.coordination.openClaimed';
const openPage: CommandId = 'wheelhouse.coordination.open';

/** The lines of the tree as the view wants them. */
export function treeNodes(groups: readonly RowGroup[], by: SessionGrouping, notices: readonly Notice[] = []): readonly TreeNode[] {
  const isOf = ({ key }: RowGroup) => ({ project }: Notice) => by === 'project' && project === key;
  const first = notices.filter((notice) => !groups.some((group) => isOf(group)(notice))).map((notice) => noticeNode(notice, undefined));
  if (by === 'none') return [...first, ...groups.flatMap(({ rows }) => rows.map((row) => rowNode(row, undefined)))];
  const nodes = groups.map((group) => {
    const children: TreeNode[] = [];
    const node: TreeNode = { parent: undefined, children, item: () => groupItem(group, by) };
    // What waits for the user comes before a hint.
    children.push(...group.rows.map((row) => rowNode(row, node)), ...notices.filter(isOf(group)).map((notice) => noticeNode(notice, node)));
    return node;
  });
  return [...first, ...nodes];
}

function noticeNode({ key, icon, text, more, tooltip, words, command, about }: Notice, parent: TreeNode | undefined): TreeNode {
  return {
    about,
    parent,
    children: [],
    item: () => {
      const item = new vscode.TreeItem(text);
      item.id = `notice ${key}`;
      item.description = more;
      item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor('descriptionForeground'));
      item.tooltip = tooltip;
      item.accessibilityInformation = { label: `${text}, ${more}. ${tooltip}` };
      item.contextValue = words;
      item.command = { command, title: text, arguments: [{ about }] };
      return item;
    },
  };
}

function groupItem({ key, label, description, tooltip, rows }: RowGroup, by: SessionGrouping): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${by} ${key}`;
  item.contextValue = 'group';
  item.description = description;
  item.tooltip = tooltip === '' ? label : tooltip;
  item.accessibilityInformation = { label: `${label}, ${rows.length} ${rows.length === 1 ? 'session' : 'sessions'}${description === '' ? '' : `, ${description}`}` };
  return item;
}

function rowNode(row: Row, parent: TreeNode | undefined): TreeNode {
  const children: TreeNode[] = [];
  const node: TreeNode = { id: row.session.id, parent, children, item: () => rowItem(row), resolve: (item) => resolved(item, row) };
  children.push(...row.details.map((detail): TreeNode => ({ ...(detail.about && { about: detail.about }), parent: node, children: [], item: () => detailItem(row, detail) })));
  return node;
}

function rowItem({ session, label, description, words, spoken, details }: Row): vscode.TreeItem {
  const { icon, color } = stateLooks[session.verdict.state];
  const item = new vscode.TreeItem(label, details.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  item.id = `session ${session.key}`;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
  item.contextValue = words;
  item.command = { command: jump, title: 'Jump to Session', arguments: [{ id: session.id }] };
  item.accessibilityInformation = { label: spoken };
  return item;
}

function detailItem({ session }: Row, { key, icon, text, more, kind, words, about, file }: RowDetail): vscode.TreeItem {
  const item = new vscode.TreeItem(text);
  item.id = `session ${session.key} ${key}`;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor('descriptionForeground'));
  item.tooltip = [`${kind}: ${text}`, ...(more === undefined || more === '' ? [] : [more])].join('\n');
  item.accessibilityInformation = { label: [`${kind}: ${text}`, ...(more === undefined || more === '' ? [] : [more])].join(', ') };
  if (more !== undefined) item.description = more;
  item.contextValue = words ?? 'detail';
  if (file !== undefined) item.command = { command: openClaimed, title: 'Open', arguments: [{ about: file }] };
  else if (about !== undefined) item.command = { command: openPage, title: 'Open Coordination', arguments: [{ about }] };
  return item;
}

/** Memory and processor time are asked for only when somebody looks. */
async function resolved(item: vscode.TreeItem, { session }: Row): Promise<vscode.TreeItem> {
  const { pid } = session.facts;
  const usage = pid === undefined || session.verdict.state === 'ended' ? undefined : await processUsage(pid);
  item.tooltip = new vscode.MarkdownString(tooltipMarkdown(session, Date.now(), usage));
  return item;
}
