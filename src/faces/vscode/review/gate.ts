import * as vscode from 'vscode';
import { isWheelhouseError, WheelhouseError } from '../../../core/base/errors.ts';
import type { GateOptions } from '../../../core/review/index.ts';
import type { Services } from '../services/services.ts';

/**
 * Runs work that runs the smoke test: with progress that can be cancelled, and the test's output in
 * the output channel as it comes.
 * @throws WheelhouseError `refused` in Restricted Mode, as tests are programs of the folder.
 */
export async function withSmokeTest<T>({ output, errors }: Services, title: string, work: (options: Required<GateOptions>) => Promise<T>): Promise<T> {
  if (!vscode.workspace.isTrusted) {
    throw new WheelhouseError('refused', 'The smoke test runs programs of this folder, which you have not said to trust. Use "Workspaces: Manage Workspace Trust" and try again.');
  }
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (_progress, token) => {
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => abort.abort());
    const printed = { any: false };
    try {
      return await work({
        signal: abort.signal,
        onOutput: (text) => {
          if (!printed.any) output.info(title);
          printed.any = true;
          output.append(text);
        },
      });
    } catch (error) {
      if (printed.any && isWheelhouseError(error)) errors.detailsPrinted(error);
      throw error;
    } finally {
      listening.dispose();
    }
  });
}
