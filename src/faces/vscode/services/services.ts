import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import { ContextKeys } from '../support/contextKeys.ts';
import { Errors } from './errors.ts';
import { Repositories } from './repositories.ts';
import { ReviewModel } from './reviewModel.ts';
import { User } from './user.ts';

/** What every feature gets. */
export interface Services {
  readonly extension: vscode.ExtensionContext;
  readonly output: vscode.LogOutputChannel;
  readonly errors: Errors;
  readonly contextKeys: ContextKeys;
  /** The repositories of the open folders. */
  readonly repositories: Repositories;
  /** The review comments of these repositories. */
  readonly model: ReviewModel;
  /** What follows the user across repositories: prompts and cards. */
  readonly user: User;
  /** Work to be waited for when the window closes, such as taking back what was put into other programs. */
  readonly onClose: (work: () => Promise<void>) => void;
  /** The comment that is selected in the tree, by id. */
  readonly selected: { comment: string | undefined };
}

/** One feature of the extension: registers what it needs, and returns what takes that away again. */
export type Feature = (services: Services) => vscode.Disposable;

/** Makes the services. Nothing is opened or read yet: `model.start()` does that. */
export function createServices(extension: vscode.ExtensionContext): { services: Services; dispose: () => Promise<void> } {
  const owned = new DisposableStore();
  const output = owned.add(vscode.window.createOutputChannel('Wheelhouse', { log: true }));
  const errors = new Errors(output);
  const repositories = owned.add(new Repositories(extension, errors));
  const model = owned.add(new ReviewModel(repositories, errors));
  const user = owned.add(new User(extension, errors));
  const closing: (() => Promise<void>)[] = [];
  return {
    services: { extension, output, errors, contextKeys: new ContextKeys(), repositories, model, user, onClose: (work) => void closing.push(work), selected: { comment: undefined } },
    async dispose() {
      await Promise.all([repositories.close(), user.close(), ...closing.map((work) => work().catch((error: unknown) => errors.log(error)))]);
      owned.dispose();
    },
  };
}
