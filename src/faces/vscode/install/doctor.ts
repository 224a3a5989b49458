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
  const run = async () => {
    const workspace = await chooseRepository(services, 'Check Installation');
    if (!workspace) return undefined;
    const { examine } = await import('./install-lazy.ts');
    const findings = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Checking the installation' }, () => examine(workspace, process.env));
    const { version } = services.extension.extension.packageJSON as { version: string };
    text = doctorMarkdown(findings, version);
    changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
    return text;
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, { onDidChange: changed.event, provideTextDocumentContent: () => text }),
    registerCommand(services.errors, 'wheelhouse.doctor.run', run),
  );
}
