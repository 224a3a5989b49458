import * as vscode from 'vscode';
import type { Workspace } from '../../../adapters/node/workspace.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Services } from '../services/services.ts';

/**
 * The repository that a command is about: the one of the active editor, else the only one, else the
 * one that the user picks. Repositories with the same `key` are the same for this purpose.
 * @returns undefined when the user picks none. @throws WheelhouseError `usage` when no folder is open.
 */
export async function chooseRepository({ repositories }: Pick<Services, 'repositories'>, title: string, key: (workspace: Workspace) => string = ({ review }) => review.repository.root): Promise<Workspace | undefined> {
  const byKey = new Map((await repositories.all()).map((workspace) => [key(workspace), workspace]));
  const [only, another] = byKey.values();
  if (!only) throw new WheelhouseError('usage', 'Open a folder first: review comments belong to its code.');
  if (!another) return only;
  const active = vscode.window.activeTextEditor;
  const path = active && repositories.pathOf(active.document.uri);
  const current = path === undefined ? undefined : repositories.find(path);
  if (current) return current;
  const entries = [...byKey.values()].map((workspace) => ({ label: workspace.review.paths.basename(workspace.review.repository.root), description: workspace.review.repository.root, workspace }));
  return (await vscode.window.showQuickPick(entries, { title, placeHolder: 'Which repository?' }))?.workspace;
}
