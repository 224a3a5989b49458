import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { ReviewItem } from '../../../core/review/index.ts';
import type { Services } from '../services/services.ts';
import { formatAge } from './age.ts';
import { asUri } from './place.ts';
import { byNeed, firstLine, isOrphan, placeOf, severityNames, wantsAttention } from './wording.ts';

/** What a menu, a link, a key or another extension may say about the comment it means. */
export interface CommentChoice {
  readonly id?: unknown;
  readonly uri?: unknown;
  readonly lineNumber?: unknown;
  /** Keys of the tree view say this: the comment that is selected there. */
  readonly selected?: unknown;
}

export interface ChooseOptions {
  /** What the pick is for, as its title. */
  readonly title: string;
  /** Which comments make sense. */
  readonly among?: (item: ReviewItem) => boolean;
  /** Ask even when the cursor is on a comment. */
  readonly notAtCursor?: boolean;
}

/**
 * The comment that a command is about: the one that is named, else the one at the cursor, else the
 * one that the user picks.
 * @returns undefined when the user picks none. @throws WheelhouseError `not-found`.
 */
export async function chooseComment({ model, selected }: Services, choice: CommentChoice | undefined, { title, among = wantsAttention, notAtCursor }: ChooseOptions): Promise<ReviewItem | undefined> {
  const id = choice?.selected === true ? selected.comment : choice?.id;
  if (typeof id === 'string') {
    const known = model.find(id);
    if (known) return known;
    await model.refresh();
    const found = model.find(id);
    if (found) return found;
    throw new WheelhouseError('not-found', `There is no review comment ${id} on the files of this window. It may have been removed.`);
  }
  await model.ready;
  const here = notAtCursor ? [] : commentsAt(model.items.length > 0 ? model : undefined, choice).filter(among);
  if (here.length === 1) return here[0];
  const candidates = here.length > 0 ? here : model.items.filter(among);
  if (candidates.length === 0) throw new WheelhouseError('not-found', 'There is no review comment that this could be done with.');
  return pickComment([...candidates].sort(byNeed), title);
}

/** The comments on a line: of the menu that was opened there, else of the cursor. */
function commentsAt(model: Services['model'] | undefined, choice: CommentChoice | undefined): ReviewItem[] {
  if (!model) return [];
  const uri = asUri(choice?.uri);
  const editor = vscode.window.activeTextEditor;
  const clicked = typeof choice?.lineNumber === 'number' ? choice.lineNumber : undefined;
  const at = uri && clicked !== undefined ? { uri, line: clicked } : editor && { uri: editor.document.uri, line: editor.selection.active.line + 1 };
  if (!at) return [];
  const around = model.inDocument(at.uri).filter(({ range }) => range.start <= at.line && at.line <= range.end);
  const exactly = around.filter(({ range }) => range.start === at.line);
  return exactly.length > 0 ? exactly : around;
}

/** @returns undefined when the user escapes. */
export async function pickComment(items: readonly ReviewItem[], title: string): Promise<ReviewItem | undefined> {
  const now = new Date();
  const entries = items.map((item) => ({
    item,
    label: firstLine(item.text, 80),
    description: [severityNames[item.severity], ...(item.created ? [formatAge(item.created, now)] : [])].join(' · '),
    detail: `${placeOf(item)}${isOrphan(item) ? ' (code not found)' : ''}`,
  }));
  const picked = await vscode.window.showQuickPick(entries, { title, placeHolder: 'Which comment?', matchOnDescription: true, matchOnDetail: true });
  return picked?.item;
}
