import * as vscode from 'vscode';

/** Opens a policy file at a line; 1-based. */
export async function openRule({ file, line }: { readonly file: string; readonly line: number }): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const { range } = document.lineAt(Math.min(Math.max(line, 1), document.lineCount) - 1);
  await vscode.window.showTextDocument(document, { selection: range, preview: true });
}
