import * as vscode from 'vscode';
import { loadCore } from '../services/core.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { chooseRepository } from './chooseRepository.ts';

/** The standing instruction for an agent that fixes the comments: copied, edited, and back to the default. */
export const prompt: Feature = (services) =>
  vscode.Disposable.from(
    registerCommand(services.errors, 'wheelhouse.review.copyPrompt', async () => {
      const workspace = await chooseRepository(services, 'Copy Fix Prompt');
      if (!workspace) return undefined;
      const { review } = await loadCore();
      const text = await review.fixPrompt(workspace.review, workspace.promptFile);
      await vscode.env.clipboard.writeText(text);
      vscode.window.setStatusBarMessage('$(copy) Fix prompt copied', 3000);
      return text;
    }),
    registerCommand(services.errors, 'wheelhouse.review.editPrompt', async () => {
      const workspace = await chooseRepository(services, 'Edit Fix Prompt', ({ promptFile }) => promptFile);
      if (!workspace) return undefined;
      const { review } = await loadCore();
      await review.createPromptFile(workspace.review, workspace.promptFile);
      await vscode.window.showTextDocument(vscode.Uri.file(workspace.promptFile));
      return undefined;
    }),
    registerCommand(services.errors, 'wheelhouse.review.restorePrompt', async () => {
      const workspace = await chooseRepository(services, 'Restore Default Fix Prompt', ({ promptFile }) => promptFile);
      if (!workspace) return undefined;
      const { review } = await loadCore();
      const { promptFile, review: context } = workspace;
      const own = await review.restorePrompt(context, promptFile);
      if (own === undefined) {
        void vscode.window.showInformationMessage('The default fix prompt is in use already.');
        return undefined;
      }
      void vscode.window.showInformationMessage('The default fix prompt is in use again.', 'Undo').then((choice) => {
        if (choice === 'Undo') void services.errors.guard(() => context.files.writeText(promptFile, own));
      });
      return undefined;
    }),
  );
