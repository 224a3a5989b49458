import * as vscode from 'vscode';

/**
 * Asks at the top of the window, so that what it is about can be read below. It waits until the user
 * chooses or presses Escape.
 */
export async function ask(title: string, question: string, yes: string): Promise<boolean> {
  const entries = [{ label: `$(check) ${yes}`, yes: true }, { label: '$(close) Not Now', yes: false }];
  return (await vscode.window.showQuickPick(entries, { title, placeHolder: question, ignoreFocusOut: true }))?.yes === true;
}
