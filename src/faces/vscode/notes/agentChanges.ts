/** What agents changed in the notes: a list, each change as a difference, and taking it back. */
import nodePath from 'node:path';
import * as vscode from 'vscode';
import { agentChanges, textsOf, undoAgentChange, type AgentChange } from '../../../adapters/node/notes/agent-changes.ts';
import { nodeProcesses } from '../../../adapters/node/processes.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { createGit } from '../../../core/git/git.ts';
import type { Argument, Result } from '../support/commands.ts';
import { directory } from '../sessions/directory.ts';
import { changeText, comparisonTitle } from './agentChangeText.ts';
import type { NotesFace } from './face.ts';
import { lineOf } from './noteText.ts';

/** The texts before and after a change are documents of this scheme, so that they can be compared. */
export const CHANGE_SCHEME = 'wheelhouse-note';

const SHOWN = 200;
const git = createGit(nodeProcesses());
const undoButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('discard'), tooltip: 'Undo This Change' };
const noteButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: 'Open the Note as It Is Now' };

interface Item extends vscode.QuickPickItem {
  readonly change: AgentChange;
}

export async function showAgentChanges(face: NotesFace, argument: Argument<'wheelhouse.notes.showAgentChanges'> | undefined): Promise<Result<'wheelhouse.notes.showAgentChanges'>> {
  const { changes, unrecorded } = await agentChanges(git, face.folders, argument?.limit ?? SHOWN);
  if (typeof argument?.limit === 'number') return changes.map(jsonOf);
  if (changes.length === 0) {
    const why = unrecorded.length === 0 ? 'No agent has changed a note yet.' : `What agents change is recorded where the folder of notes is a git repository, and ${unrecorded.map((folder) => lineOf(folder)).join(', ')} is none. “git init” in it makes it one.`;
    void vscode.window.showInformationMessage(why);
    return [];
  }
  await pick(face, changes, unrecorded);
  return changes.map(jsonOf);
}

function pick(face: NotesFace, changes: readonly AgentChange[], unrecorded: readonly string[]): Promise<void> {
  const list = vscode.window.createQuickPick<Item>();
  list.title = 'Changes by Agents';
  list.placeholder = `Enter shows what was changed${unrecorded.length > 0 ? `; nothing is recorded in ${unrecorded.map((folder) => nodePath.basename(folder)).join(', ')}, which is no git repository` : ''}`;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  const shown = { sessions: directory.list(), folders: face.folders, now: Date.now() };
  list.items = changes.map((change) => ({
    ...changeText(change, shown),
    buttons: change.isUndone ? [noteButton] : [undoButton, noteButton],
    change,
  }));
  return new Promise((resolve) => {
    list.onDidTriggerItemButton(({ item, button }) => {
      list.hide();
      void face.services.errors.guard(() => (button === undoButton ? undo(face, item.change) : Promise.resolve(vscode.commands.executeCommand('vscode.open', vscode.Uri.file(item.change.path)))));
    });
    list.onDidAccept(() => {
      const change = list.selectedItems[0]?.change;
      list.hide();
      if (change) void face.services.errors.guard(() => compare(change));
    });
    list.onDidHide(() => {
      list.dispose();
      resolve();
    });
    list.show();
  });
}

async function compare(change: AgentChange): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', uriOf(change, 'before'), uriOf(change, 'after'), comparisonTitle(change, directory.list()), { preview: true });
}

/** Takes a change back: the one that is named, or the one that the active comparison shows. */
export async function undoNamed(face: NotesFace, argument: unknown): Promise<Result<'wheelhouse.notes.undoAgentChange'>> {
  const given = (argument ?? {}) as { readonly commit?: unknown; readonly path?: unknown; readonly scheme?: unknown; readonly query?: unknown };
  const { commit, path } = given.scheme === CHANGE_SCHEME ? (JSON.parse(String(given.query)) as { commit?: unknown; path?: unknown }) : given;
  const { changes } = await agentChanges(git, face.folders, 10_000);
  const change = changes.find((each) => each.commit === commit && (path === undefined || each.path === path));
  if (!change) throw new WheelhouseError('not-found', 'This change is not in the history of the notes. Choose it in “Show Changes by Agents”.');
  return undo(face, change);
}

async function undo(face: NotesFace, change: AgentChange): Promise<{ readonly path: string; readonly merged: boolean }> {
  if (face.documentOf(change.path)?.isDirty === true) throw new WheelhouseError('conflict', `${nodePath.basename(change.path)} has changes that are not saved. Save or revert them first.`);
  const toTrash = async (path: string) => vscode.workspace.fs.delete(vscode.Uri.file(path), { useTrash: true }).then(undefined, () => vscode.workspace.fs.delete(vscode.Uri.file(path)));
  const { merged } = await undoAgentChange(await face.notes(), git, change, toTrash);
  vscode.window.setStatusBarMessage(`Undone: ${lineOf(change.subject, 60)}${merged ? '; what was written since is kept' : ''}`, 4000);
  return { path: change.path, merged };
}

/** The documents of `CHANGE_SCHEME`. */
export function changeTexts(face: NotesFace): vscode.TextDocumentContentProvider {
  return {
    provideTextDocumentContent: async ({ query }) => {
      const { commit, path, side } = JSON.parse(query) as Record<string, unknown>;
      const { changes } = await agentChanges(git, face.folders, 10_000);
      const change = changes.find((each) => each.commit === commit && each.path === path);
      if (!change) return '';
      const { before, after } = await textsOf(git, change);
      return side === 'before' ? before : after;
    },
  };
}

function uriOf({ commit, path }: AgentChange, side: 'before' | 'after'): vscode.Uri {
  return vscode.Uri.from({ scheme: CHANGE_SCHEME, path: `/${nodePath.basename(path)}`, query: JSON.stringify({ commit, path, side }) });
}

function jsonOf({ commit, path, session, at, subject, isUndone }: AgentChange) {
  return { commit, path, session, at, subject, undone: isUndone };
}
