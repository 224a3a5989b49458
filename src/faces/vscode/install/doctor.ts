import * as vscode from 'vscode';
import type { Services } from '../services/services.ts';
import { chooseRepository } from '../review/chooseRepository.ts';
import { registerCommand } from '../support/commands.ts';
import { MarkdownPage } from '../support/markdownPage.ts';
import { doctorMarkdown } from './doctorText.ts';

/** Checks all that Wheelhouse needs, and shows the result as a page. */
export function doctor(services: Services): vscode.Disposable {
  const look = async () => {
    const workspace = await chooseRepository(services, 'Check Installation');
    if (!workspace) return undefined;
    const { examine } = await import('./install-lazy.ts');
    const findings = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Checking the installation' }, () => examine(workspace, process.env));
    const { version } = services.extension.extension.packageJSON as { version: string };
    return doctorMarkdown(findings, version);
  };
  const page = new MarkdownPage('wheelhouse-doctor', 'Wheelhouse Doctor.md', look);
  const run = async () => {
    const found = await look();
    if (found !== undefined) await page.show(found);
    return found;
  };
  return vscode.Disposable.from(page, registerCommand(services.errors, 'wheelhouse.doctor.run', run));
}
