import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { parseQuickInput } from '../../../core/review/light.ts';
import type { ReviewItem } from '../../../core/review/index.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { changeComment } from './change.ts';
import { chooseComment } from './chooseComment.ts';
import { replyFromThread } from './commentThreads.ts';
import { askForComment } from './inputBox.ts';
import { showLine } from './reveal.ts';
import { toQuickInput } from './quickInput.ts';
import { placeOf } from './wording.ts';

/** Changing what a comment says. */
export const edit: Feature = (services) =>
  vscode.Disposable.from(
    registerCommand(services.errors, 'wheelhouse.review.edit', async (argument) => {
      const item = await chooseComment(services, argument, { title: 'Edit Review Comment' });
      if (!item) return undefined;
      if (typeof argument?.text === 'string') {
        const { text } = argument;
        return changeComment(services, item, (review, context) => review.editComment(context, item.id, { text }));
      }
      if (item.text.includes('\n')) {
        await editInLog(item);
        return undefined;
      }
      const input = await askForComment(`Edit Review Comment on ${placeOf(item)}`, toQuickInput(item));
      if (input === undefined || input === toQuickInput(item)) return undefined;
      return changeComment(services, item, (review, context) => review.editComment(context, item.id, parseQuickInput(input)));
    }),
    registerCommand(services.errors, 'wheelhouse.review.reply', async (given) => {
      const argument = replyFromThread(given) ?? given;
      const item = await chooseComment(services, argument, { title: 'Reply to Review Comment' });
      if (!item) return undefined;
      const text = typeof argument?.text === 'string' ? argument.text : await vscode.window.showInputBox({ title: `Reply on ${placeOf(item)}`, placeHolder: item.text.split('\n', 1)[0] ?? '' });
      if (text === undefined || text.trim() === '') return undefined;
      return changeComment(services, item, (review, context) => review.replyTo(context, item.id, userName(), text));
    }),
  );

/** One line is not enough to edit several; the log is an ordinary text, with undo. */
async function editInLog(item: ReviewItem): Promise<void> {
  await showLine(vscode.Uri.file(item.log.path), item.log.line);
}

/** Who replies, in the log. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'user';
  }
}
