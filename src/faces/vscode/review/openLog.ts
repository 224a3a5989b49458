import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { chooseComment } from './chooseComment.ts';
import { chooseRepository } from './chooseRepository.ts';
import { showLine } from './reveal.ts';

/** The log itself, as a text. */
export const openLog: Feature = (services) =>
  vscode.Disposable.from(
    registerCommand(services.errors, 'wheelhouse.review.openLog', async () => {
      const workspace = await chooseRepository(services, 'Open Review Log', (workspace) => workspace.review.log.path);
      if (!workspace) return undefined;
      const { files, log } = workspace.review;
      if (!(await files.stat(log.path))) throw new WheelhouseError('not-found', `There is no review log yet. The first comment makes ${log.path}.`);
      await vscode.window.showTextDocument(vscode.Uri.file(log.path));
      return undefined;
    }),
    registerCommand(services.errors, 'wheelhouse.review.showInLog', async (argument) => {
      const item = await chooseComment(services, argument, { title: 'Show Review Comment in Log' });
      if (item) await showLine(vscode.Uri.file(item.log.path), item.log.line);
      return undefined;
    }),
  );
