import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Services } from '../../services/services.ts';
import { registerCommand } from '../../support/commands.ts';
import { summary } from '../summary.ts';
import { claudeArguments } from './claude.ts';
import { FixRuns } from './fixRuns.ts';
import { prepareRun, type Obstacle, type Ready } from './prepare.ts';
import { toBatch } from './run.ts';
import { statusItem } from './statusItem.ts';

/** Fix All Pending Reviews: an agent in a terminal works through the open comments; at the end a summary. */
export function fixRun(services: Services): vscode.Disposable {
  const runs = new FixRuns(services);
  const showKey = () => services.contextKeys.set('wheelhouse.review.fixing', runs.active !== undefined);
  showKey();
  return vscode.Disposable.from(
    runs,
    runs.onDidChange(showKey),
    statusItem(runs),
    summary(services, runs),
    registerCommand(services.errors, 'wheelhouse.review.fixAll', () => fixAll(services, runs)),
  );
}

async function fixAll(services: Services, runs: FixRuns): Promise<{ started: boolean } | undefined> {
  if (runs.active) {
    runs.reveal();
    return { started: false };
  }
  const prepared = await prepareRun(services);
  if (!prepared) return undefined;
  if ('steps' in prepared) {
    offer(services, prepared);
    return { started: false };
  }
  await start(runs, prepared);
  return { started: true };
}

async function start(runs: FixRuns, { workspace, pending, claude, prompt, mcpConfig }: Ready): Promise<void> {
  const { root } = workspace.review.repository;
  const session = randomUUID();
  // An argument vector and no shell: comments and file names are never read as commands.
  const terminal = vscode.window.createTerminal({
    name: 'Fix Reviews',
    iconPath: new vscode.ThemeIcon('sparkle'),
    shellPath: claude,
    shellArgs: claudeArguments({ session, mcpConfig, prompt }),
    cwd: root,
  });
  terminal.show(true);
  await runs.start({ session, root, project: workspace.review.paths.basename(root), startedAt: Date.now(), batch: toBatch(pending) }, terminal);
}

/** Says what is in the way; the command does not wait for an answer. */
function offer({ errors }: Services, { message, steps }: Obstacle): void {
  void vscode.window.showWarningMessage(message, ...steps.map(({ title }) => title)).then((chosen) => errors.guard(async () => {
    await steps.find(({ title }) => title === chosen)?.take();
  }));
}
