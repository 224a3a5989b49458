import * as vscode from 'vscode';
import type { Services } from '../services/services.ts';

/** What the launcher of agents, hooks and terminals starts: this editor's runtime and this version's command line. */
export function launcherTargets({ extension }: Services): { runtime: string; cli: string } {
  return { runtime: process.execPath, cli: vscode.Uri.joinPath(extension.extensionUri, 'dist', 'cli.js').fsPath };
}
