import * as vscode from 'vscode';
import type { ReviewItem } from '../../../core/review/index.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Services } from '../services/services.ts';

export interface RevealOptions {
  readonly preserveFocus?: boolean;
  /** 1-based; default the comment's own. */
  readonly line?: number;
}

/** Goes to the code of a comment, in a preview tab unless the file is open already. */
export async function reveal({ model }: Pick<Services, 'model'>, item: ReviewItem, { preserveFocus = false, line = item.range.start }: RevealOptions = {}): Promise<vscode.TextEditor> {
  if (item.status === 'file-gone') {
    throw new WheelhouseError('not-found', `${item.file} is gone, and the code of this comment was found nowhere else. Open where it belongs and use Re-attach Review Comment Here.`);
  }
  return showLine(model.uriOf(item), line, { preserveFocus });
}

/** @param line 1-based. */
export async function showLine(uri: vscode.Uri, line: number, options: { preserveFocus?: boolean; preview?: boolean } = {}): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: true, ...options });
  const position = new vscode.Position(Math.min(Math.max(line, 1), document.lineCount) - 1, 0);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return editor;
}
