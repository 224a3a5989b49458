import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { ReviewItem } from '../../../core/review/index.ts';
import type { Feature, Services } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { changeComment } from './change.ts';
import { chooseComment } from './chooseComment.ts';
import { chosenPlaces, type EditorRange } from './place.ts';
import { showLine } from './reveal.ts';
import { firstLine, isOrphan } from './wording.ts';

interface Target {
  readonly uri: vscode.Uri;
  readonly place: EditorRange;
}

/** Attaching a comment to the cursor's line, or, when its code was lost, to a place that looks like it. */
export const reattach: Feature = (services) =>
  registerCommand(services.errors, 'wheelhouse.review.reattach', async (argument) => {
    const named = typeof argument?.id === 'string';
    // Without a name, the comment at the cursor is the one that need not be moved there.
    const anyOrphan = services.model.items.some(isOrphan);
    const item = await chooseComment(services, named ? argument : undefined, { title: 'Re-attach Review Comment Here', notAtCursor: true, ...(anyOrphan && { among: isOrphan }) });
    if (!item) return undefined;
    const places = chosenPlaces(argument);
    const [place] = places?.ranges ?? [];
    const cursor = places?.uri.scheme === 'file' && place ? { uri: places.uri, place } : undefined;
    const target = isOrphan(item) && item.candidates.length > 0 && typeof argument?.lineNumber !== 'number' ? await pickTarget(services, item, cursor) : cursor;
    if (target === undefined) {
      if (cursor) return undefined;
      throw new WheelhouseError('usage', 'Open the file that the comment belongs to, put the cursor on its line, and try again.');
    }
    return changeComment(services, item, (review, context) => review.attach(context, item.id, { path: services.repositories.pathOf(target.uri) ?? target.uri.fsPath, ...target.place }));
  });

/** Offers the places that resemble the lost code, each shown as it is gone through; Escape goes back. */
async function pickTarget({ model }: Services, item: ReviewItem, cursor: Target | undefined): Promise<Target | undefined> {
  const before = vscode.window.activeTextEditor;
  const back = before && { document: before.document, selection: before.selection };
  const uri = model.uriOf(item);
  const document = await vscode.workspace.openTextDocument(uri);
  const entries = item.candidates.map(({ range }) => ({ label: firstLine(document.lineAt(Math.min(range.start, document.lineCount) - 1).text, 80), description: `line ${range.start}`, target: { uri, place: { range } } }));
  if (cursor) entries.push({ label: 'The Line of the Cursor', description: `${vscode.workspace.asRelativePath(cursor.uri)}:${cursor.place.range.start}`, target: cursor });
  const pick = vscode.window.createQuickPick<(typeof entries)[number]>();
  pick.title = `Where does "${firstLine(item.text, 50)}" belong?`;
  pick.placeholder = 'These lines look like the ones that were commented on';
  pick.items = entries;
  pick.onDidChangeActive(([active]) => active && void showLine(active.target.uri, active.target.place.range.start, { preserveFocus: true }));
  const chosen = await new Promise<Target | undefined>((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.target);
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  if (!chosen && back) await vscode.window.showTextDocument(back.document, { selection: back.selection });
  return chosen;
}
