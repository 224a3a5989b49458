import * as vscode from 'vscode';
import type { Workspace } from '../../../adapters/node/workspace.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { SmokeOutcome } from '../../../core/smoke/index.ts';
import { needTrust } from '../install/trust.ts';
import { chooseRepository } from '../review/chooseRepository.ts';
import { duration } from '../review/fixRun/summaryText.ts';
import type { Feature, Services } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { boundedOutput } from './boundedOutput.ts';

/** Characters of one run that are shown. */
const outputLimit = 2_000_000;
const messageMs = 6_000;
const showOutput = 'Show Output';

/** The smoke test by hand: what must pass before a comment becomes DONE. */
export const smoke: Feature = (services) => {
  let channel: vscode.OutputChannel | undefined;
  const output = () => (channel ??= vscode.window.createOutputChannel('Wheelhouse Smoke Test'));
  return vscode.Disposable.from(
    registerCommand(services.errors, 'wheelhouse.smoke.run', () => run(services, output)),
    { dispose: () => channel?.dispose() },
  );
};

async function run(services: Services, output: () => vscode.OutputChannel): Promise<{ passed: boolean } | undefined> {
  needTrust('Running the smoke test');
  const workspace = await chooseRepository(services, 'Run Smoke Test');
  if (!workspace) return undefined;
  const { review } = workspace;
  const { root } = review.repository;
  const setup = await review.smoke();
  const command = await setup.command(root);
  if (!command) {
    throw new WheelhouseError('refused', `${review.paths.basename(root)} has no smoke test: add a "test" target to its Makefile, a "test" script to its package.json, or set wheelhouse.smoke.command.`);
  }
  const channel = output();
  const outcome = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: `Smoke test: ${command.label}` }, (_progress, token) => {
    const cancel = new AbortController();
    const subscription = token.onCancellationRequested(() => cancel.abort());
    // The output of the last run stays until there is other output.
    let begun = false;
    const append = boundedOutput((text) => channel.append(text), outputLimit);
    const onOutput = (text: string) => {
      if (!begun) channel.replace(`${command.label}  (in ${root})\n\n`);
      begun = true;
      append(text);
    };
    return setup.gate
      .check({ root, command, exclude: [review.log.path], timeoutMs: setup.timeoutMs, signal: cancel.signal, onOutput })
      .finally(() => void subscription.dispose());
  });
  report(outcome, workspace, channel);
  return { passed: outcome.passed };
}

function report(outcome: SmokeOutcome, { review }: Workspace, channel: vscode.OutputChannel): void {
  if (outcome.passed) {
    const { command, durationMs, at } = outcome.evidence;
    const said = outcome.ran ? `passed in ${duration(durationMs)}` : `passed on exactly this code ${duration(review.clock.now() - at)} ago, so it was not run again`;
    channel.appendLine(`\n${command} ${said}.`);
    vscode.window.setStatusBarMessage(`$(pass) ${command} ${outcome.ran ? said : 'has passed on this code'}`, messageMs);
    return;
  }
  const said = `${outcome.command} did not pass: ${outcome.reason}.`;
  channel.appendLine(`\n${said}`);
  vscode.window.setStatusBarMessage(`$(error) ${outcome.command} did not pass`, messageMs);
  void vscode.window.showWarningMessage(said, showOutput).then((choice) => {
    if (choice === showOutput) channel.show(true);
  });
}
