/** What pages open in the editor on the user's behalf. */
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Services } from '../services/services.ts';
import type { CardSource } from './core.ts';
import { linesOf } from './sourceLines.ts';

/** `src/cart.ts:3-9`, relative to the open folders where it is inside. */
export function labelOf({ repositories }: Services, { file, startLine, endLine }: CardSource): string {
  return `${vscode.workspace.asRelativePath(repositories.uriOf(file))}:${startLine}${endLine > startLine ? `-${endLine}` : ''}`;
}

/**
 * Shows the code that a card was made from: at its old lines, or where the same text is now. It is
 * shown beside the page, which keeps the focus, so that the next key goes on with the quiz.
 * @throws WheelhouseError `not-found` when the file is gone.
 */
export async function openSource({ repositories }: Services, source: CardSource): Promise<void> {
  const uri = repositories.uriOf(source.file);
  const found = await stat(source.file).catch(() => undefined);
  if (!found?.isFile()) throw new WheelhouseError('not-found', `The file ${source.file} is not there any more.${source.commit === undefined ? '' : ` It was in commit ${source.commit.slice(0, 10)}.`}`);
  const document = await vscode.workspace.openTextDocument(uri);
  const { start, end } = linesOf(document.getText().split(/\r?\n/), source);
  const selection = new vscode.Range(start - 1, 0, end - 1, document.lineAt(Math.min(end, document.lineCount) - 1).text.length);
  await vscode.window.showTextDocument(document, { selection, viewColumn: vscode.ViewColumn.Beside, preview: true, preserveFocus: true });
}

/** A link in a card leads to the web, and only after VS Code has asked the user. */
export async function openLink(href: string): Promise<void> {
  const uri = URL.canParse(href) ? new URL(href) : undefined;
  if (uri?.protocol !== 'https:' && uri?.protocol !== 'http:') throw new WheelhouseError('refused', `Only links to the web can be opened from a card, and this is none: ${href.slice(0, 100)}`);
  const open = 'Open';
  const choice = await vscode.window.showInformationMessage('Open this link from a card?', { modal: true, detail: uri.href.slice(0, 500) }, open);
  if (choice === open) await vscode.env.openExternal(vscode.Uri.parse(uri.href, true));
}
