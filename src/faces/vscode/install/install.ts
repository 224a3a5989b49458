import nodePath from 'node:path';
import * as vscode from 'vscode';
import type { ClaudeChanges, ClaudePlaces } from '../../../adapters/node/claude-settings.ts';
import type { Workspace } from '../../../adapters/node/workspace.ts';
import type { ClaudeScope, FileChange } from '../../../core/install/index.ts';
import type { Feature, Services } from '../services/services.ts';
import { executeCommand, registerCommand } from '../support/commands.ts';
import { chooseRepository } from '../review/chooseRepository.ts';
import { doctor } from './doctor.ts';
import { launcherTargets } from './launcher.ts';
import { needTrust } from './trust.ts';

/** So long after the start the launcher is looked at: it is needed by others only. */
const launcherDelayMs = 5_000;
const undo = 'Undo';
const openFile = 'Open File';

const load = () => import('./install-lazy.ts');

/** Puts Wheelhouse into other programs' files, takes it out again, and says whether all is in order. */
export const install: Feature = (services) => {
  const { errors } = services;
  return vscode.Disposable.from(
    registerCommand(errors, 'wheelhouse.install.claude', (argument: unknown) => installFor(services, scopeOf(argument))),
    registerCommand(errors, 'wheelhouse.uninstall.claude', (argument: unknown) => uninstallFrom(services, scopeOf(argument))),
    registerCommand(errors, 'wheelhouse.review.installGitHook', (argument) => installHook(services, argument?.block === true)),
    registerCommand(errors, 'wheelhouse.review.uninstallGitHook', () => uninstallHook(services)),
    doctor(services),
    keepLauncher(services),
  );
};

async function installFor(services: Services, scope: ClaudeScope): Promise<string | undefined> {
  const workspace = await chosen(services, 'Install for Claude Code');
  if (!workspace) return undefined;
  const { describeChanges, installClaude, writeLauncher } = await load();
  const launcher = await writeLauncher(workspace.dataRoot, launcherTargets(services));
  const changes = await installClaude(placesOf(workspace, scope), launcher);
  const next = scope === 'user' ? 'New sessions of Claude Code have both.' : 'The next session of Claude Code in this folder asks whether you trust the server.';
  return tell(services, changes.server.file, both(changes), [...describeChanges(changes), next].join(' '), () => executeCommand('wheelhouse.uninstall.claude', { scope }));
}

async function uninstallFrom(services: Services, scope: ClaudeScope): Promise<string | undefined> {
  const workspace = await chosen(services, 'Uninstall from Claude Code');
  if (!workspace) return undefined;
  const { describeChanges, uninstallClaude } = await load();
  const changes = await uninstallClaude(placesOf(workspace, scope));
  return tell(services, changes.server.file, both(changes), describeChanges(changes).join(' '), () => executeCommand('wheelhouse.install.claude', { scope }));
}

/** Of two files the change that says more: whether there is something to open or to undo. */
function both({ server, hooks }: ClaudeChanges): FileChange {
  return server.change === 'none' ? hooks.change : server.change;
}

async function installHook(services: Services, block: boolean): Promise<string | undefined> {
  const workspace = await chosen(services, 'Install Git Hook');
  if (!workspace) return undefined;
  const core = await load();
  await core.writeLauncher(workspace.dataRoot, launcherTargets(services));
  const { path, change } = await core.installGitHook(hookContext(core, workspace), { launcher: core.launcherForHooks(workspace.dataRoot), block });
  const next = `A commit ${block ? 'is stopped by' : 'names the'} open review comments on its files.`;
  const said = { created: `Created ${path}. ${next}`, changed: `Added the check to ${path}. ${next}`, none: `${path} has the check already; nothing was changed.` }[change];
  return tell(services, path, change, said, () => executeCommand('wheelhouse.review.uninstallGitHook'));
}

async function uninstallHook(services: Services): Promise<string | undefined> {
  const workspace = await chosen(services, 'Remove Git Hook');
  if (!workspace) return undefined;
  const core = await load();
  const { path, change } = await core.uninstallGitHook(hookContext(core, workspace));
  const said = { changed: `Took the check out of ${path}.`, removed: `Removed ${path}, which held nothing but the check.`, none: `${path} has no check of Wheelhouse; nothing was changed.` }[change];
  return tell(services, path, change, said);
}

async function chosen(services: Services, title: string): Promise<Workspace | undefined> {
  needTrust('Changing settings of other programs');
  return chooseRepository(services, title);
}

function placesOf({ review }: Workspace, scope: ClaudeScope): ClaudePlaces {
  return { scope, workspace: review.workspace, env: process.env };
}

function hookContext({ executables, nodeFiles }: Awaited<ReturnType<typeof load>>, { git, review }: Workspace) {
  return { files: nodeFiles, executables, git, paths: nodePath, repository: review.repository };
}

/** Says what was changed, with the file and the way back at hand. The command does not wait for an answer. */
function tell({ errors }: Services, file: string, change: FileChange, message: string, back?: () => unknown): string {
  const steps = change === 'none' || change === 'removed' ? [] : [openFile, ...(back ? [undo] : [])];
  void vscode.window.showInformationMessage(message, ...steps).then((choice) => errors.guard(async () => {
    if (choice === openFile) await vscode.window.showTextDocument(vscode.Uri.file(file));
    else if (choice === undo) await back?.();
  }));
  return message;
}

function scopeOf(argument: unknown): ClaudeScope {
  return (argument as { scope?: unknown } | undefined)?.scope === 'user' ? 'user' : 'workspace';
}

/**
 * The launcher names this editor and this version of the extension, so it is looked at after each
 * start. Not in Restricted Mode: there nothing is written that other programs run.
 */
function keepLauncher(services: Services): vscode.Disposable {
  const write = async () => {
    if (!vscode.workspace.isTrusted) return;
    const { writeLauncher } = await load();
    const [workspace] = await services.repositories.all();
    if (workspace) await writeLauncher(workspace.dataRoot, launcherTargets(services));
  };
  const run = () => void write().catch((error: unknown) => services.errors.log(error));
  const timer = setTimeout(run, launcherDelayMs);
  return vscode.Disposable.from({ dispose: () => clearTimeout(timer) }, vscode.workspace.onDidGrantWorkspaceTrust(run));
}
