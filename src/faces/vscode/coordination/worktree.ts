import * as vscode from 'vscode';
import type { AboutCoordination } from '../contributions.ts';
import { branchFrom } from '../sessions/worktree.ts';
import { executeCommand } from '../support/commands.ts';

/** Starts a session in a worktree of its own, beside those that share a checkout. */
export async function openWorktree({ about, branch }: AboutCoordination & { readonly branch?: string } = {}): Promise<{ terminal: string } | undefined> {
  const folder = about?.folder;
  if (folder === undefined) return executeCommand('wheelhouse.sessions.start', {});
  const worktree = branch ?? (await vscode.window.showInputBox({
    title: 'Open a Worktree',
    prompt: 'A running session cannot be moved. A new one starts in a folder and on a branch of its own: name the branch.',
    placeHolder: 'fix/login',
    ignoreFocusOut: true,
    validateInput: (text) => (branchFrom(text) === undefined ? 'A branch needs a name: letters, digits, "-", "_", "." and "/".' : undefined),
  }));
  return worktree === undefined ? undefined : executeCommand('wheelhouse.sessions.start', { folder, worktree });
}
