/** What the view shows: groups of notes, what links to the active one, and what is wrong. Every list is a page of a query. */
import nodePath from 'node:path';
import type { Notes } from '../../../adapters/node/notes/notes.ts';
import * as core from '../../../core/notes/index.ts';
import type { NoteGrouping } from '../contributions.ts';
import { count, lineOf } from './noteText.ts';
import type { NoteNode } from './notesView.ts';
import type { Problems } from './problems.ts';
import { timeGroups } from './timeGroups.ts';
import { fileNode, foldNode, moreNode, noteNode } from './treeItems.ts';

/** So many lines a list has at first, and so many more each time that it is asked for. */
export const PAGE = 200;

export interface TreeQuestion {
  readonly notes: Notes;
  readonly by: NoteGrouping;
  /** The notes of the active editor's file. */
  readonly active: readonly core.NoteEntry[] | undefined;
  readonly problems: Problems | undefined;
  /** How long a list is by now. */
  readonly lengthOf: (key: string) => number;
  readonly now: Date;
}

export function treeRoots(question: TreeQuestion): NoteNode[] {
  const { notes, by } = question;
  if (core.countOf(notes.index, { by: 'all' }) === 0) return problemsFold(question);
  const groups = by === 'recency' ? byTime(question) : by === 'tag' ? byTag(question) : notes.folders.length === 1 ? inFolder(question, notes.folders[0] ?? '') : notes.folders.map((folder) => folderFold(question, folder, folder));
  return [...backlinksFold(question), ...groups, ...problemsFold(question)];
}

function byTime(question: TreeQuestion): NoteNode[] {
  const { index } = question.notes;
  const groups = timeGroups(question.now, core.oldestOf(index) ?? question.now.getTime());
  const counts = core.countsSince(index, groups.map(({ from }) => from));
  const first = groups.findIndex((_, at) => (counts[at] ?? 0) > 0);
  return groups.flatMap(({ key, label, from, before }, at) => {
    const found = counts[at] ?? 0;
    const scope = { by: 'time', from, before: Math.min(before, Number.MAX_SAFE_INTEGER) } as const;
    return found === 0 ? [] : [foldNode({ key: `time ${key}`, label, description: String(found), isOpen: at === first }, () => page(question, `time ${key}`, scope))];
  });
}

function byTag(question: TreeQuestion): NoteNode[] {
  const { index } = question.notes;
  const folds = core.topicsOf(index).map(({ tag, notes }) => foldNode({ key: `tag ${tag}`, label: lineOf(tag), description: String(notes), icon: 'tag' }, () => page(question, `tag ${tag}`, { by: 'tag', tag })));
  const rest = core.countOf(index, { by: 'tag', tag: undefined });
  return rest === 0 ? folds : [...folds, foldNode({ key: 'untagged', label: 'No tag', description: String(rest) }, () => page(question, 'untagged', { by: 'tag', tag: undefined }))];
}

function folderFold(question: TreeQuestion, folder: string, label: string): NoteNode {
  return foldNode({ key: `folder ${folder}`, label: lineOf(label), icon: 'folder', tooltip: folder }, () => inFolder(question, folder));
}

/** The folders below one, and then the notes in it. */
function inFolder(question: TreeQuestion, folder: string): NoteNode[] {
  const start = folder + nodePath.sep;
  const below = new Set<string>();
  for (const path of question.notes.files.paths) {
    const end = path.startsWith(start) ? path.indexOf(nodePath.sep, start.length) : -1;
    if (end > 0) below.add(path.slice(start.length, end));
  }
  return [...[...below].sort().map((name) => folderFold(question, start + name, name)), ...page(question, `folder ${folder}`, { by: 'folder', folder, separator: nodePath.sep })];
}

function page(question: TreeQuestion, key: string, scope: core.NoteScope): NoteNode[] {
  const { index, folders } = question.notes;
  const length = question.lengthOf(key);
  const nodes = core.pageOf(index, scope, length).map((note) => noteNode(note, { under: key, index, folders }));
  if (nodes.length < length) return nodes;
  const left = core.countOf(index, scope) - nodes.length;
  return left > 0 ? [...nodes, moreNode(key, left)] : nodes;
}

/** The first lines of a list that is there already. */
function cut<T>(question: TreeQuestion, key: string, all: readonly T[], line: (one: T) => NoteNode): NoteNode[] {
  const length = question.lengthOf(key);
  return [...all.slice(0, length).map(line), ...(all.length > length ? [moreNode(key, all.length - length)] : [])];
}

function backlinksFold(question: TreeQuestion): NoteNode[] {
  const { active, notes } = question;
  const [file] = active ?? [];
  if (!active || !file) return [];
  const { index, folders } = notes;
  const found = active.reduce((sum, note) => sum + core.countsOf(index, note).backlinks, 0);
  if (found === 0) return [];
  const label = `Backlinks of ${lineOf(file.title, 40)}`;
  return [
    foldNode({ key: 'backlinks', label, description: String(found), icon: 'references', tooltip: `${count(found, 'note')} ${found === 1 ? 'links' : 'link'} to ${lineOf(file.title)}` }, () => {
      const linking = new Map(active.flatMap((note) => index.backlinksOf(note)).map((note) => [note.key, note]));
      return cut(question, 'backlinks', [...linking.values()].sort((a, b) => b.modifiedAt - a.modifiedAt), (note) => noteNode(note, { under: 'backlinks', index, folders }));
    }),
  ];
}

function problemsFold(question: TreeQuestion): NoteNode[] {
  const { problems, notes } = question;
  if (!problems) return [];
  const { broken, orphans, doubles, unreadable } = problems;
  const { index, folders } = notes;
  const list = <T>(key: string, label: string, tooltip: string, icon: string, all: readonly T[], line: (one: T) => NoteNode): NoteNode[] =>
    all.length === 0 ? [] : [foldNode({ key, label, description: String(all.length), tooltip, icon }, () => cut(question, key, all, line))];
  const children = [
    ...list('unreadable', 'Not read for certain', 'Their whole text stays private', 'warning', unreadable, ({ path, problem }) => fileNode('unreadable', path, nodePath.basename(path), problem, 'warning')),
    ...list('doubles', 'Same id', 'Notes that share an id are private until each has its own', 'warning', doubles, (note) => noteNode(note, { under: 'doubles', index, folders, description: `${note.id} · ${nodePath.basename(note.path)}` })),
    ...list('broken', 'Broken links', 'Links that lead to no note', 'debug-disconnect', broken, ({ note, target }) => ({ ...noteNode(note, { under: `broken ${target}`, index, folders, description: `to ${lineOf(target, 60)}` }) })),
    ...list('orphans', 'Orphans', 'Notes without any link, in or out', 'circle-outline', orphans, (note) => noteNode(note, { under: 'orphans', index, folders })),
  ];
  if (children.length === 0) return [];
  const serious = unreadable.length + doubles.length + broken.length;
  return [foldNode({ key: 'problems', label: 'Problems', icon: 'checklist', description: serious > 0 ? String(serious) : count(orphans.length, 'orphan'), tooltip: 'Files that are not read for certain, ids that are not unique, broken links, orphans' }, () => children)];
}
