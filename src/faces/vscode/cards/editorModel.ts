import * as vscode from 'vscode';
import { guarded } from '../../../adapters/node/models/guard.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { LanguageModel } from '../../../core/models/index.ts';

/** A model that the editor offers to extensions; the editor itself asks the user for consent. @param family Empty: whichever comes first. */
export function editorModel(family: string): LanguageModel {
  return guarded('The editor’s model', async ({ instructions, material, signal, onText }) => {
    const [model] = await vscode.lm.selectChatModels(family.trim() === '' ? {} : { family: family.trim() });
    if (!model) {
      const which = family.trim() === '' ? 'no language model to extensions' : `no language model of the family "${family.trim()}"`;
      throw new WheelhouseError('missing-program', `This editor offers ${which}. Install one, such as GitHub Copilot, or set "wheelhouse.models.use" to claude.`);
    }
    const source = new vscode.CancellationTokenSource();
    const stop = () => source.cancel();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const messages = [vscode.LanguageModelChatMessage.User(instructions), vscode.LanguageModelChatMessage.User(material)];
      const response = await model.sendRequest(messages, { justification: 'To write the flashcards, worksheet or explanation that you asked Wheelhouse for.' }, source.token);
      let text = '';
      for await (const piece of response.text) {
        text += piece;
        onText(piece);
      }
      return { text, model: model.name };
    } catch (error) {
      throw explained(error, model.name);
    } finally {
      signal.removeEventListener('abort', stop);
      source.dispose();
    }
  });
}

function explained(error: unknown, name: string): unknown {
  if (!(error instanceof vscode.LanguageModelError)) return error;
  if (error.code === vscode.LanguageModelError.NoPermissions.name) return new WheelhouseError('refused', `You have not allowed Wheelhouse to use ${name}. Allow it when the editor asks, or choose another model in the settings.`, { cause: error });
  if (error.code === vscode.LanguageModelError.NotFound.name) return new WheelhouseError('missing-program', `The model ${name} is not there any more. Choose another one in the settings.`, { cause: error });
  return new WheelhouseError('refused', `${name} refused: ${error.message}`, { cause: error });
}
