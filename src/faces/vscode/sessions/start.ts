import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { repositoryOf } from '../../../adapters/node/sessions/journal.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Processes } from '../../../core/ports/processes.ts';
import { needTrust } from '../install/trust.ts';
import { findProgram } from '../support/programs.ts';
import { setting } from '../support/settings.ts';
import type { Face } from './face.ts';
import { literal } from './texts.ts';
import { branchFrom, worktreeFolder } from './worktree.ts';

export interface StartArgument {
  readonly folder?: string;
  readonly prompt?: string;
  /** The branch of a new work tree. */
  readonly worktree?: string;
}

const gitTimeoutMs = 60_000;

/** Starts Claude Code in a terminal; what is not given is asked for. */
export async function startSession(face: Face, argument: StartArgument | undefined): Promise<{ terminal: string } | undefined> {
  needTrust('Starting a session');
  const shellPath = await claudeProgram();
  const folder = argument?.folder ?? (await askFolder(face));
  if (folder === undefined) return undefined;
  const branch = argument?.worktree ?? (argument?.folder === undefined ? await askWorktree(folder) : '');
  if (branch === undefined) return undefined;
  const prompt = argument?.prompt ?? (argument?.folder === undefined ? await vscode.window.showInputBox({ title: 'Start Session', prompt: 'What is to be done? Enter starts Claude Code with it; empty starts it without.', ignoreFocusOut: true }) : '');
  if (prompt === undefined) return undefined;

  const cwd = branch === '' ? folder : await addWorktree(face.processes, folder, branch);
  const name = `Claude: ${cwd.split(/[\\/]/).findLast((part) => part !== '') ?? cwd}`;
  // The program itself, without a shell; `--` ends its options, whatever the prompt begins with.
  const terminal = vscode.window.createTerminal({ name, shellPath, shellArgs: prompt.trim() === '' ? [] : ['--', prompt], cwd, iconPath: new vscode.ThemeIcon('robot') });
  terminal.show();
  return { terminal: name };
}

/** @throws WheelhouseError `missing-program`. */
export async function claudeProgram(): Promise<string> {
  const named = setting('wheelhouse.agent.claudePath');
  const path = await findProgram(named, process.env);
  if (path === undefined) throw new WheelhouseError('missing-program', `Claude Code was not found: there is no program "${named}". Install it, or set "wheelhouse.agent.claudePath".`);
  return path;
}

/** The open folders, then those where sessions are, then any other. */
async function askFolder(face: Face): Promise<string | undefined> {
  const open = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  const used = face.list().flatMap(({ facts: { cwd } }) => (cwd === undefined ? [] : [cwd]));
  const entries = [...new Set([...open, ...used])].map((path) => ({ label: literal(path.split(/[\\/]/).at(-1) ?? path), description: literal(path), path }));
  const other = { label: 'Another Folder…', description: '', path: undefined };
  const choice = await vscode.window.showQuickPick([...entries, other], { title: 'Start Session', placeHolder: 'In which folder?', matchOnDescription: true });
  if (choice !== other) return choice?.path;
  const [folder] = (await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, openLabel: 'Start Session Here' })) ?? [];
  return folder?.fsPath;
}

/** The name of a branch for a new work tree; empty for none. */
async function askWorktree(folder: string): Promise<string | undefined> {
  const repository = repositoryOf(folder);
  if (repository === undefined || !repository.endsWith('.git')) return '';
  const here = { label: 'In This Folder', detail: 'Beside whatever else works here' };
  const apart = { label: 'In a New Work Tree…', detail: 'A branch and a folder of its own, beside the repository' };
  const choice = await vscode.window.showQuickPick([here, apart], { title: 'Start Session', placeHolder: 'Where does it work?' });
  if (choice !== apart) return choice && '';
  return vscode.window.showInputBox({ title: 'Start Session', prompt: 'Name of the new branch', validateInput: (text) => (branchFrom(text) === undefined ? 'A branch needs a name: letters, digits, "-", "_", "." and "/".' : undefined) });
}

/** @returns The folder of the new work tree. @throws WheelhouseError `usage`, `refused` with git's words. */
async function addWorktree(processes: Processes, folder: string, name: string): Promise<string> {
  const branch = branchFrom(name);
  if (branch === undefined) throw new WheelhouseError('usage', `"${name}" is no name for a branch.`);
  const repository = repositoryOf(folder);
  if (repository === undefined || !repository.endsWith('.git')) throw new WheelhouseError('refused', `${folder} is in no git repository, so it has no work trees.`);
  const root = dirname(repository);
  const path = worktreeFolder(root, branch, join);
  const gitPath: unknown = vscode.workspace.getConfiguration('git').get('path');
  const git = typeof gitPath === 'string' && gitPath !== '' ? gitPath : 'git';
  const { exitCode, stderr } = await processes.run([git, 'worktree', 'add', '-b', branch, '--', path], { cwd: folder, timeoutMs: gitTimeoutMs });
  if (exitCode !== 0) throw new WheelhouseError('refused', `git could not add the work tree ${path}: ${stderr.trim().split('\n').at(-1) ?? ''}`, { details: stderr });
  return path;
}
