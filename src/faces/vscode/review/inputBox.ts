import * as vscode from 'vscode';
import { quickInputHint, quickInputPlaceholder } from './quickInput.ts';

/**
 * Asks for a comment in one line, showing how it will be read.
 * @returns undefined when the user escapes or writes nothing.
 */
export async function askForComment(title: string, value = ''): Promise<string | undefined> {
  const input = await vscode.window.showInputBox({
    title,
    value,
    placeHolder: quickInputPlaceholder,
    validateInput: (text) => {
      const hint = quickInputHint(text);
      return hint && { message: hint.message, severity: hint.wrong ? vscode.InputBoxValidationSeverity.Error : vscode.InputBoxValidationSeverity.Info };
    },
  });
  return input === undefined || input.trim() === '' ? undefined : input;
}
