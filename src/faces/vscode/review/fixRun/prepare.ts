import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Workspace } from '../../../../adapters/node/workspace.ts';
import type { ReviewItem } from '../../../../core/review/index.ts';
import { launcherTargets } from '../../install/launcher.ts';
import { loadCore } from '../../services/core.ts';
import type { Services } from '../../services/services.ts';
import { executeCommand } from '../../support/commands.ts';
import { setting } from '../../support/settings.ts';
import { findProgram } from '../../support/programs.ts';
import { mcpConfig } from './claude.ts';

/** Why a run cannot start, and what the user can do about it. */
export interface Obstacle {
  readonly message: string;
  readonly steps: readonly { readonly title: string; readonly take: () => unknown }[];
}

export interface Ready {
  readonly workspace: Workspace;
  readonly pending: readonly ReviewItem[];
  readonly claude: string;
  readonly prompt: string;
  readonly mcpConfig: string;
}

/** Looks whether everything is there that a run needs. undefined when the user chose nothing. */
export async function prepareRun(services: Services): Promise<Ready | Obstacle | undefined> {
  if (!vscode.workspace.isTrusted) {
    return {
      message: 'Fixing reviews starts an agent and runs your tests, which needs a trusted workspace.',
      steps: [{ title: 'Manage Workspace Trust', take: () => vscode.commands.executeCommand('workbench.trust.manage') }],
    };
  }
  await services.model.refresh();
  const choices = await withPending(services);
  if (choices.length === 0) {
    return { message: 'No review comment is open here. Log one first: put the cursor on a line.', steps: [{ title: 'Log Review Comment', take: () => executeCommand('wheelhouse.review.logComment') }] };
  }
  const choice = await choose(services, choices);
  if (!choice) return undefined;
  const { workspace, pending } = choice;
  const { review } = workspace;

  const named = setting('wheelhouse.agent.claudePath');
  const claude = await findProgram(named, process.env);
  if (claude === undefined) {
    return {
      message: `Claude Code was not found: there is no program "${named}". Install it, or set its path; or give the prompt to another agent.`,
      steps: [
        { title: 'Open Settings', take: () => vscode.commands.executeCommand('workbench.action.openSettings', 'wheelhouse.agent.claudePath') },
        { title: 'Copy Prompt', take: () => executeCommand('wheelhouse.review.copyPrompt') },
      ],
    };
  }
  const { root } = review.repository;
  if (!(await (await review.smoke()).command(root))) {
    return {
      message: `${workspace.review.paths.basename(root)} has no smoke test, so nothing could be marked as done. Add a "test" target to its Makefile or a "test" script to its package.json, or set a command.`,
      steps: [{ title: 'Open Settings', take: () => vscode.commands.executeCommand('workbench.action.openSettings', 'wheelhouse.smoke.command') }],
    };
  }
  const unsaved = vscode.workspace.textDocuments.filter((document) => document.isDirty && isInside(services, document.uri, root));
  if (unsaved.length > 0) {
    return {
      message: `${unsaved.length === 1 ? 'One file has' : `${unsaved.length} files have`} unsaved changes, which the agent would not see.`,
      steps: [{ title: 'Save and Start', take: async () => (await saveAll(unsaved)) && (await executeCommand('wheelhouse.review.fixAll')) }],
    };
  }
  const core = await loadCore();
  return { workspace, pending, claude, prompt: await core.review.fixPrompt(review, workspace.promptFile), mcpConfig: await writeMcpConfig(services, workspace) };
}

async function withPending({ repositories, model }: Services): Promise<{ workspace: Workspace; pending: ReviewItem[] }[]> {
  const open = model.items.filter((item) => item.state === 'todo');
  return (await repositories.all())
    .map((workspace) => ({ workspace, pending: open.filter((item) => repositories.find(item.path) === workspace) }))
    .filter(({ pending }) => pending.length > 0);
}

/** The repository of the file at hand, else the only one, else the one that the user picks. */
async function choose<T extends { workspace: Workspace; pending: readonly ReviewItem[] }>({ repositories }: Services, choices: readonly T[]): Promise<T | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const path = active && repositories.pathOf(active);
  const here = path === undefined ? undefined : repositories.find(path);
  const found = choices.find(({ workspace }) => workspace === here);
  if (found || choices.length === 1) return found ?? choices[0];
  const picks = choices.map((choice) => ({ label: choice.workspace.review.paths.basename(choice.workspace.review.repository.root), description: `${choice.pending.length} open`, choice }));
  return (await vscode.window.showQuickPick(picks, { title: 'Fix All Pending Reviews', placeHolder: 'Of which repository?' }))?.choice;
}

/** Settings of the agent's session that have our server in them, by the launcher that stays where it is. */
async function writeMcpConfig(services: Services, workspace: Workspace): Promise<string> {
  const { writeLauncher } = await import('../../../../adapters/node/launcher.ts');
  const command = await writeLauncher(workspace.dataRoot, launcherTargets(services));
  const path = join(workspace.scopes.user, 'fix-run-mcp.json');
  await workspace.review.files.writeText(path, mcpConfig({ command, args: ['mcp', '--data', workspace.dataRoot] }));
  return path;
}

function isInside({ repositories }: Services, uri: vscode.Uri, root: string): boolean {
  const path = repositories.pathOf(uri);
  return path !== undefined && repositories.find(path)?.review.repository.root === root;
}

async function saveAll(documents: readonly vscode.TextDocument[]): Promise<boolean> {
  for (const document of documents) if (!(await document.save())) return false;
  return true;
}
