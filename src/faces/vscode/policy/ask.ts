import * as vscode from 'vscode';
import { rowsOfText } from './rowsOfText.ts';

/**
 * Asks at the top of the window, so that what it is about can be read below. It waits until the user
 * chooses or presses Escape.
 * @param what What happens then. @param notes What the user should know before.
 */
export async function ask(title: string, yes: string, what: string, notes: readonly string[] = []): Promise<boolean> {
  const entries: (vscode.QuickPickItem & { readonly yes?: boolean })[] = [{ label: `$(check) ${yes}`, description: what, yes: true }, { label: '$(close) Not Now' }];
  if (notes.length > 0) entries.push({ label: 'Good to Know', kind: vscode.QuickPickItemKind.Separator }, ...notes.flatMap((note) => rowsOfText(note).map((row, at) => ({ label: at === 0 ? `$(info) ${row}` : `$(blank) ${row}` }))));
  return (await vscode.window.showQuickPick(entries, { title, ignoreFocusOut: true }))?.yes === true;
}
