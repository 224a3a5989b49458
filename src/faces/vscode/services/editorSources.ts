import * as vscode from 'vscode';
import type { Files } from '../../../core/ports/files.ts';
import type { SourceTexts } from '../../../core/review/index.ts';
import type { PathNames } from './pathNames.ts';

/** Source files as the user sees them: open in an editor, saved or not, before the disk. */
export function editorSources(names: PathNames, files: Pick<Files, 'stat'>, readFromDisk: SourceTexts['read']): SourceTexts {
  return {
    async read(path) {
      const document = openDocument(names.toOpened(path));
      if (!document) return readFromDisk(path);
      // VS Code keeps the text of a file that was deleted or moved away in memory for a while.
      if (!document.isDirty && !(await files.stat(path))) return undefined;
      return document.getText();
    },
  };
}

/** The open document of a file. */
export function openDocument(path: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && uri.scheme === 'file' && uri.fsPath === path);
}
