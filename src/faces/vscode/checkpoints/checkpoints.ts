import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { chosenSetting, onSettingChange } from '../support/settings.ts';
import { MarkdownPage } from '../support/markdownPage.ts';

const contextSettings = ['wheelhouse.notes.globalContext', 'wheelhouse.notes.contextLimit'] as const;

/** Checkpoints of sessions, and what a new session is told. */
export const checkpoints: Feature = (services) => {
  const { errors } = services;
  const owned = new DisposableStore();
  const page = owned.add(new MarkdownPage('wheelhouse-context', 'What a Session Is Told.md'));
  const load = () => import('./checkpoints-lazy.ts');
  const share = () => void load().then((lazy) => lazy.shareContextSettings(services)).catch((error: unknown) => errors.log(error));

  owned.add(registerCommand(errors, 'wheelhouse.sessions.saveCheckpoint', async (argument) => (await load()).saveOne(services, argument)));
  owned.add(registerCommand(errors, 'wheelhouse.sessions.openCheckpoint', async (argument) => (await load()).openLatest(services, argument)));
  owned.add(registerCommand(errors, 'wheelhouse.notes.previewContext', async (argument) => (await load()).previewContext(services, page, argument)));
  owned.add(onSettingChange(contextSettings, share));
  // They may have been set in another window, or in the file, while this one was closed.
  if (contextSettings.some((id) => chosenSetting(id) !== undefined)) share();
  return new vscode.Disposable(() => owned.dispose());
};
