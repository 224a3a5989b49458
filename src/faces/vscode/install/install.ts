import nodePath from 'node:path';
import * as vscode from 'vscode';
import type { AgentChanges, InstallPlaces } from '../../../adapters/node/agent-settings.ts';
import type { Workspace } from '../../../adapters/node/workspace.ts';
import type { FileChange } from '../../../core/install/index.ts';
import type { Feature, Services } from '../services/services.ts';
import { executeCommand, registerCommand } from '../support/commands.ts';
import { chooseRepository } from '../review/chooseRepository.ts';
import { chooseTarget, type Target } from './chooseTarget.ts';
import { doctor } from './doctor.ts';
import { launcherTargets } from './launcher.ts';
import { mcpServers } from './mcpServers.ts';
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
    registerCommand(errors, 'wheelhouse.install.claude', (argument: unknown) => installFor(services, { agent: 'claude', scope: scopeOf(argument) ?? 'workspace' })),
    registerCommand(errors, 'wheelhouse.uninstall.claude', (argument: unknown) => uninstallFrom(services, { agent: 'claude', scope: scopeOf(argument) ?? 'workspace' })),
    registerCommand(errors, 'wheelhouse.install.agent', (argument: unknown) => installFor(services, argument)),
    registerCommand(errors, 'wheelhouse.uninstall.agent', (argument: unknown) => uninstallFrom(services, argument)),
    registerCommand(errors, 'wheelhouse.review.installGitHook', (argument) => installHook(services, argument?.block === true)),
    registerCommand(errors, 'wheelhouse.review.uninstallGitHook', () => uninstallHook(services)),
    doctor(services),
    mcpServers(services),
    keepLauncher(services),
  );
};

async function installFor(services: Services, wanted: unknown): Promise<string | undefined> {
  const found = await chosenTarget(services, 'Install for Agent', wanted);
  if (!found) return undefined;
  const { workspace, target } = found;
  const { agents, describeChanges, installAgent, writeLauncher } = await load();
  const launcher = await writeLauncher(workspace.dataRoot, launcherTargets(services));
  const changes = await installAgent(placesOf(workspace, target), launcher);
  return tell(services, changes.server.file, both(changes), [...describeChanges(changes), agents[target.agent].next[target.scope]].join(' '), () => executeCommand('wheelhouse.uninstall.agent', target));
}

async function uninstallFrom(services: Services, wanted: unknown): Promise<string | undefined> {
  const found = await chosenTarget(services, 'Uninstall from Agent', wanted);
  if (!found) return undefined;
  const { describeChanges, uninstallAgent } = await load();
  const changes = await uninstallAgent(placesOf(found.workspace, found.target));
  return tell(services, changes.server.file, both(changes), describeChanges(changes).join(' '), () => executeCommand('wheelhouse.install.agent', found.target));
}

/** Of two files the change that says more: whether there is something to open or to undo. */
function both({ server, hooks }: AgentChanges): FileChange {
  return server.change === 'none' && hooks ? hooks.change : server.change;
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

/** The agent and the scope, asked for where the caller does not say, and the repository. */
async function chosenTarget(services: Services, title: string, wanted: unknown): Promise<{ target: Target; workspace: Workspace } | undefined> {
  const workspace = await chosen(services, title);
  if (!workspace) return undefined;
  const core = await load();
  const target = await chooseTarget(title, core, { agent: (wanted as { agent?: unknown } | undefined)?.agent, scope: scopeOf(wanted) });
  return target && { target, workspace };
}

function placesOf({ review }: Workspace, target: Target): InstallPlaces {
  return { ...target, workspace: review.workspace, env: process.env };
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

function scopeOf(argument: unknown): Target['scope'] | undefined {
  const scope = (argument as { scope?: unknown } | undefined)?.scope;
  return scope === 'user' || scope === 'workspace' ? scope : undefined;
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
