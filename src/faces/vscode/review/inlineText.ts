import * as vscode from 'vscode';
import type { Feature } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { setting } from '../support/settings.ts';

export const inlineText: Feature = ({ errors }) =>
  registerCommand(errors, 'wheelhouse.review.toggleInlineText', async () => {
    const id = 'wheelhouse.review.inlineText';
    const configuration = vscode.workspace.getConfiguration();
    const inWorkspace = configuration.inspect(id)?.workspaceValue !== undefined;
    await configuration.update(id, !setting(id), inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
    return undefined;
  });
