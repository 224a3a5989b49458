import * as vscode from 'vscode';
import type { Services } from '../services/services.ts';
import { chooseRepository } from '../review/chooseRepository.ts';
import { registerCommand } from '../support/commands.ts';
import { doctorMarkdown } from './doctorText.ts';

const scheme = 'wheelhouse-doctor';
const uri = vscode.Uri.from({ scheme, path: '/Wheelhouse Doctor.md' });

/** Checks all that Wheelhouse needs, and shows the result as a page. */
export function doctor(services: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let text = '';
  const look = async () => {
    const workspace = await chooseRepository(services, 'Check Installation');
    if (!workspace) return undefined;
    const { examine } = await import('./install-lazy.ts');
    const findings = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Checking the installation' }, () => examine(workspace, process.env));
    const { version } = services.extension.extension.packageJSON as { version: string };
    return (text = doctorMarkdown(findings, version));
  };
  const run = async () => {
    const found = await look();
    if (found === undefined) return undefined;
    changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
    return found;
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      // A page that was open when the window was reloaded has nothing yet.
      provideTextDocumentContent: () => (text === '' ? look() : text),
    }),
    registerCommand(services.errors, 'wheelhouse.doctor.run', run),
  );
}
