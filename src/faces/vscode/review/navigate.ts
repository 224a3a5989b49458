import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { loadCore } from '../services/core.ts';
import type { Feature, Services } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { chooseComment } from './chooseComment.ts';
import { neighbour } from './order.ts';
import { reveal } from './reveal.ts';

/** Going to the code of comments. */
export const navigate: Feature = (services) =>
  vscode.Disposable.from(
    registerCommand(services.errors, 'wheelhouse.review.show', async (argument) => {
      const atLine = typeof argument?.id !== 'string' && typeof argument?.lineNumber === 'number';
      const item = await chooseComment(services, argument, { title: 'Go to Review Comment', notAtCursor: !atLine });
      if (!item) return undefined;
      await reveal(services, item);
      // Who asks at the line itself is there already, and wants to read it.
      if (atLine) await vscode.commands.executeCommand('editor.action.showHover');
      return (await loadCore()).review.toJson(item);
    }),
    registerCommand(services.errors, 'wheelhouse.review.next', () => step(services, 'next')),
    registerCommand(services.errors, 'wheelhouse.review.previous', () => step(services, 'previous')),
  );

async function step(services: Services, direction: 'next' | 'previous') {
  const { model, repositories } = services;
  await model.ready;
  const editor = vscode.window.activeTextEditor;
  const path = editor && repositories.pathOf(editor.document.uri);
  const item = neighbour(model.items, editor && path !== undefined ? { path, line: editor.selection.active.line + 1 } : undefined, direction);
  if (!item) throw new WheelhouseError('not-found', 'No review comment waits on the files of this window.');
  await reveal(services, item);
  return (await loadCore()).review.toJson(item);
}
