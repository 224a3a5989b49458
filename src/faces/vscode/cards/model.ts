/** The language model of the user's choice. */
import * as vscode from 'vscode';
import { claudeModel } from '../../../adapters/node/models/claude.ts';
import { commandModel } from '../../../adapters/node/models/command.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { LanguageModel } from '../../../core/models/index.ts';
import { setting } from '../support/settings.ts';
import { editorModel } from './editorModel.ts';

/** @throws WheelhouseError `usage` when the choice needs a setting that is empty, `refused` in Restricted Mode. */
export function chosenModel(): LanguageModel {
  if (!vscode.workspace.isTrusted) throw new WheelhouseError('refused', 'No model is asked in Restricted Mode. Trust this workspace first.');
  const use = setting('wheelhouse.models.use');
  if (use === 'editor') return editorModel(setting('wheelhouse.models.editorModel'));
  if (use === 'command') {
    const [program, ...args] = setting('wheelhouse.models.command');
    if (program === undefined || program === '') throw new WheelhouseError('usage', 'The setting "wheelhouse.models.command" is empty. Name a program there, or choose another model in "wheelhouse.models.use".');
    return commandModel({ argv: [program, ...args], env: process.env });
  }
  const model = setting('wheelhouse.models.claudeModel').trim();
  const program = setting('wheelhouse.agent.claudePath').trim();
  return claudeModel({ env: process.env, ...(program !== '' && { program }), ...(model !== '' && { model }) });
}
