import * as vscode from 'vscode';
import type { SourceTexts } from '../../../core/review/index.ts';
import type { PathNames } from './pathNames.ts';

/** Source files as the user sees them: open in an editor, saved or not, before the disk. */
export function editorSources(names: PathNames, readFromDisk: SourceTexts['read']): SourceTexts {
  return {
    read: async (path) => openDocument(names.toOpened(path))?.getText() ?? (await readFromDisk(path)),
  };
}

/** The open document of a file. */
export function openDocument(path: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && uri.scheme === 'file' && uri.fsPath === path);
}
