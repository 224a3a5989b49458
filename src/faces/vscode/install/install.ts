import { homedir } from 'node:os';
import nodePath from 'node:path';
import * as vscode from 'vscode';
import type { Workspace } from '../../../adapters/node/workspace.ts';
import type { ClaudeScope, FileChange } from '../../../core/install/index.ts';
import type { CommandId } from '../contributions.ts';
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
    registerCommand(errors, 'wheelhouse.install.claude', (argument: unknown) => installClaude(services, scopeOf(argument))),
    registerCommand(errors, 'wheelhouse.uninstall.claude', (argument: unknown) => uninstallClaude(services, scopeOf(argument))),
    registerCommand(errors, 'wheelhouse.review.installGitHook', (argument) => installHook(services, argument?.block === true)),
    registerCommand(errors, 'wheelhouse.review.uninstallGitHook', () => uninstallHook(services)),
    doctor(services),
    keepLauncher(services),
  );
};

async function installClaude(services: Services, scope: ClaudeScope): Promise<string | undefined> {
  const workspace = await chosen(services, 'Install for Claude Code');
  if (!workspace) return undefined;
  const { addMcpEntry, claudeSettingsFile, nodeFiles, rewriteText, writeLauncher } = await load();
  const launcher = await writeLauncher(workspace.dataRoot, launcherTargets(services));
  const file = claudeSettingsFile(nodePath, scope, places(workspace));
  const change = await rewriteText(nodeFiles, file, (text) => addMcpEntry(text, file, { command: launcher }));
  const next = scope === 'user' ? 'New sessions of Claude Code have it.' : 'The next session of Claude Code in this folder asks whether you trust it.';
  return tell(services, file, change, {
    created: `Created ${file} with the MCP server "wheelhouse". ${next}`,
    changed: `Added the MCP server "wheelhouse" to ${file}. ${next}`,
    none: `${file} has the MCP server "wheelhouse" already; nothing was changed.`,
  }, () => vscode.commands.executeCommand('wheelhouse.uninstall.claude' satisfies CommandId, { scope }));
}

async function uninstallClaude(services: Services, scope: ClaudeScope): Promise<string | undefined> {
  const workspace = await chosen(services, 'Uninstall from Claude Code');
  if (!workspace) return undefined;
  const { claudeSettingsFile, nodeFiles, removeMcpEntry, rewriteText } = await load();
  const file = claudeSettingsFile(nodePath, scope, places(workspace));
  const change = await rewriteText(nodeFiles, file, (text) => removeMcpEntry(text, file));
  return tell(services, file, change, {
    changed: `Took the MCP server "wheelhouse" out of ${file}.`,
    removed: `Removed ${file}, which held nothing but the MCP server "wheelhouse".`,
    none: `${file} has no MCP server "wheelhouse"; nothing was changed.`,
  }, () => vscode.commands.executeCommand('wheelhouse.install.claude' satisfies CommandId, { scope }));
}

async function installHook(services: Services, block: boolean): Promise<string | undefined> {
  const workspace = await chosen(services, 'Install Git Hook');
  if (!workspace) return undefined;
  const core = await load();
  await core.writeLauncher(workspace.dataRoot, launcherTargets(services));
  const { path, change } = await core.installGitHook(hookContext(core, workspace), { launcher: core.launcherForHooks(workspace.dataRoot), block });
  const next = `A commit ${block ? 'is stopped by' : 'names the'} open review comments on its files.`;
  return tell(services, path, change, {
    created: `Created ${path}. ${next}`,
    changed: `Added the check to ${path}. ${next}`,
    none: `${path} has the check already; nothing was changed.`,
  }, () => executeCommand('wheelhouse.review.uninstallGitHook'));
}

async function uninstallHook(services: Services): Promise<string | undefined> {
  const workspace = await chosen(services, 'Remove Git Hook');
  if (!workspace) return undefined;
  const core = await load();
  const { path, change } = await core.uninstallGitHook(hookContext(core, workspace));
  return tell(services, path, change, {
    changed: `Took the check out of ${path}.`,
    removed: `Removed ${path}, which held nothing but the check.`,
    none: `${path} has no check of Wheelhouse; nothing was changed.`,
  });
}

async function chosen(services: Services, title: string): Promise<Workspace | undefined> {
  needTrust('Changing settings of other programs');
  return chooseRepository(services, title);
}

/** Where Claude Code keeps its settings, for a workspace and for the user. */
function places({ review }: Workspace) {
  return { workspace: review.workspace, home: process.env['HOME'] ?? homedir(), configFolder: process.env['CLAUDE_CONFIG_DIR'] };
}

function hookContext({ executables, nodeFiles }: Awaited<ReturnType<typeof load>>, { git, review }: Workspace) {
  return { files: nodeFiles, executables, git, paths: nodePath, repository: review.repository };
}

/** Says what was changed, with the file and the way back at hand. The command does not wait for an answer. */
function tell({ errors }: Services, file: string, change: FileChange, said: Partial<Record<FileChange, string>>, back?: () => unknown): string {
  const message = said[change] ?? '';
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
