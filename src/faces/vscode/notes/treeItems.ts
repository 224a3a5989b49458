/** The lines of the tree. */
import * as vscode from 'vscode';
import * as core from '../../../core/notes/index.ts';
import type { CommandId } from '../contributions.ts';
import { plain } from '../review/markdown.ts';
import { ageText, count, exactTime, factsOf, iconOf, lineOf, placeOf, topics, visibilityOf } from './noteText.ts';
import type { NoteNode } from './notesView.ts';

const open: CommandId = 'wheelhouse.notes.open';
const showMore: CommandId = 'wheelhouse.notes.showMore';

export interface NoteLook {
  /** Makes the line another one than that of the same note elsewhere in the tree. */
  readonly under: string;
  readonly index: core.NoteIndex;
  readonly folders: readonly string[];
  /** What stands behind the title in place of the age. */
  readonly description?: string;
}

export function noteNode(note: core.NoteEntry, look: NoteLook): NoteNode {
  const { id, path } = note;
  return {
    id, path,
    item: () => {
      const item = new vscode.TreeItem(lineOf(note.title) || id);
      const now = Date.now();
      item.id = `${look.under} ${note.key} ${path} ${note.start}`;
      item.description = look.description ?? factsOf(note, now);
      item.iconPath = new vscode.ThemeIcon(iconOf(note), new vscode.ThemeColor(note.isPublic ? 'charts.blue' : 'descriptionForeground'));
      item.contextValue = `note ${note.kind} ${note.isPublic ? 'public' : 'private'}`;
      item.command = { command: open, title: 'Open Note', arguments: [{ id, path }] };
      item.accessibilityInformation = { label: `${note.title}, ${note.isPublic ? 'PUBLIC' : 'private'}, ${ageText(note.modifiedAt, now)}` };
      return item;
    },
    resolve: (item) => {
      item.tooltip = tooltip(note, look);
      return item;
    },
  };
}

function tooltip(note: core.NoteEntry, { index, folders }: NoteLook): vscode.MarkdownString {
  const { links, backlinks } = core.countsOf(index, note);
  const about = topics(note.tags);
  const lines = [
    `**${plain(lineOf(note.title))}**`,
    `$(${iconOf(note)}) ${visibilityOf(note)}`,
    ...(about.length > 0 ? [plain(about.map((tag) => `#${tag}`).join(' '))] : []),
    `${count(links, 'link')} · ${count(backlinks, 'backlink')} · changed ${exactTime(note.modifiedAt)}`,
    plain(`${placeOf(note.path, folders)}${note.kind === 'heading' ? ', a headline' : ''} · ${note.id}`),
  ];
  return new vscode.MarkdownString(lines.join('\n\n'), true);
}

export interface Fold {
  /** The same as long as it is the same fold: VS Code keeps it open by this. */
  readonly key: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon?: string;
  readonly isOpen?: boolean;
}

export function foldNode({ key, label, description, tooltip, icon, isOpen = false }: Fold, children: NonNullable<NoteNode['children']>): NoteNode {
  return {
    children,
    item: () => {
      const item = new vscode.TreeItem(label, isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
      item.id = `fold ${key}`;
      item.contextValue = 'fold';
      if (description !== undefined) item.description = description;
      if (icon !== undefined) item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor('descriptionForeground'));
      item.tooltip = tooltip ?? label;
      return item;
    },
  };
}

/** The last line of a long list; a click makes it longer. */
export function moreNode(of: string, left: number): NoteNode {
  return {
    item: () => {
      const item = new vscode.TreeItem(`${left.toLocaleString('en')} more`);
      item.id = `more ${of}`;
      item.iconPath = new vscode.ThemeIcon('ellipsis');
      item.tooltip = 'Show more of them';
      item.contextValue = 'more';
      item.command = { command: showMore, title: 'Show More', arguments: [{ of }] };
      return item;
    },
  };
}

/** A line that opens a file, such as one that could not be read. */
export function fileNode(key: string, path: string, label: string, description: string, icon: string): NoteNode {
  return {
    item: () => {
      const uri = vscode.Uri.file(path);
      const item = new vscode.TreeItem(lineOf(label));
      item.id = `file ${key} ${path}`;
      item.description = lineOf(description);
      item.tooltip = `${path}\n${description}`;
      item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor('charts.orange'));
      item.contextValue = 'file';
      item.command = { command: 'vscode.open', title: 'Open File', arguments: [uri] };
      return item;
    },
  };
}
