/** Where a text of the user's goes: into the terminal that has the focus, or onto the clipboard. */
import * as vscode from 'vscode';

export type Target = 'terminal' | 'clipboard';

/**
 * Puts a text where the user types, without sending it. A text of several lines goes by the terminal's
 * own paste, which tells the program inside that it is one text; written line by line, a shell would run each.
 * @returns where it went: without a terminal, onto the clipboard.
 */
export async function insert(text: string): Promise<Target> {
  const terminal = vscode.window.activeTerminal;
  if (!terminal) {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage('$(copy) No terminal is open: the prompt is on the clipboard', 5000);
    return 'clipboard';
  }
  // Control characters would be keys.
  const typed = text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ').trimEnd();
  if (!typed.includes('\n')) {
    terminal.show();
    terminal.sendText(typed, false);
    return 'terminal';
  }
  const before = await vscode.env.clipboard.readText();
  await vscode.env.clipboard.writeText(typed);
  try {
    terminal.show();
    await vscode.commands.executeCommand('workbench.action.terminal.focus');
    await vscode.commands.executeCommand('workbench.action.terminal.paste');
  } finally {
    await vscode.env.clipboard.writeText(before);
  }
  return 'terminal';
}

export async function copy(text: string): Promise<Target> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('$(copy) Copied', 2000);
  return 'clipboard';
}
