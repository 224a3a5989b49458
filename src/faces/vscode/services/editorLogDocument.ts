import * as vscode from 'vscode';
import { difference } from '../../../core/base/difference.ts';
import type { Files } from '../../../core/ports/files.ts';
import type { LogDocument } from '../../../core/review/index.ts';

/**
 * The review log as this window has it. While somebody has unsaved changes in it, those are the log:
 * it is read from the editor, and changed there by the smallest edit, so that nothing typed is lost
 * and undo still works. Otherwise the file is.
 */
export function editorLogDocument(onDisk: LogDocument, files: Pick<Files, 'realPath'>): LogDocument {
  const unsaved = () => findUnsaved(onDisk.path, files);
  return {
    path: onDisk.path,
    read: async () => (await unsaved())?.getText() ?? (await onDisk.read()),
    async replace(before, after) {
      const document = await unsaved();
      return document ? replaceInEditor(document, before, after) : onDisk.replace(before, after);
    },
    exclusive: (work) => onDisk.exclusive(work),
  };
}

async function findUnsaved(path: string, files: Pick<Files, 'realPath'>): Promise<vscode.TextDocument | undefined> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty || document.uri.scheme !== 'file') continue;
    if (document.uri.fsPath === path) return document;
    // The editor may have opened the log by the name of a link.
    if ((await files.realPath(document.uri.fsPath)) === path) return document;
  }
  return undefined;
}

async function replaceInEditor(document: vscode.TextDocument, before: string, after: string): Promise<'written' | 'changed'> {
  if (document.getText() !== before) return 'changed';
  const change = difference(before, after);
  if (!change) return 'written';
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(change.start), document.positionAt(change.end)), change.text);
  if (!(await vscode.workspace.applyEdit(edit))) return 'changed';
  // Where saving fails, VS Code says so itself, and the change is safe in the editor.
  await document.save();
  return 'written';
}
