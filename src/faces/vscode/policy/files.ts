import type * as vscode from 'vscode';

/** Policy files, by where they are: that of a repository, and that of the user. */
export const policySelector: vscode.DocumentFilter = { scheme: 'file', pattern: '**/{.wheelhouse,wheelhouse}/policy.yaml' };

/** The kind of page that VS Code brings back when a window is reloaded. */
export const policyPanel = 'wheelhouse-policy';

export function isPolicyFile(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && /\/\.?wheelhouse\/policy\.yaml$/.test(uri.path);
}
