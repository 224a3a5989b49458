import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { CommandId } from '../contributions.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand, type Argument, type Result } from '../support/commands.ts';
import type * as Lazy from './coordination-lazy.ts';
import { coordinationPanel } from './panel.ts';

/** Who holds what and who waits for whom: the page, and what a person can do about it. Nothing of it is loaded before it is used. */
export const coordination: Feature = (services) => {
  const { errors } = services;
  const owned = new DisposableStore();
  let opening: Promise<{ lazy: typeof Lazy; page: Lazy.CoordinationPage }> | undefined;
  const load = () => (opening ??= import('./coordination-lazy.ts').then((lazy) => ({ lazy, page: new lazy.CoordinationPage(services) })));
  const command = <Id extends CommandId>(id: Id, run: (lazy: typeof Lazy, argument: Argument<Id> | undefined) => Promise<Result<Id>>) => owned.add(registerCommand(errors, id, async (argument) => run((await load()).lazy, argument)));

  owned.add(registerCommand(errors, 'wheelhouse.coordination.open', async (argument) => {
    (await load()).page.show(argument?.about?.repository);
    return undefined;
  }));
  command('wheelhouse.coordination.openClaimed', (lazy, argument) => lazy.openClaimed(argument));
  command('wheelhouse.coordination.releaseClaim', (lazy, argument) => lazy.releaseClaim(argument));
  command('wheelhouse.coordination.breakBarrier', (lazy, argument) => lazy.breakBarrier(argument));
  command('wheelhouse.coordination.resolveBlocker', (lazy, argument) => lazy.resolveBlocker(argument));
  command('wheelhouse.coordination.openWorktree', (lazy, argument) => lazy.openWorktree(argument));
  command('wheelhouse.coordination.silence', (lazy, argument) => lazy.silence(services, argument));
  command('wheelhouse.coordination.mend', (lazy) => lazy.mendHooks(services));
  owned.add(
    vscode.window.registerWebviewPanelSerializer(coordinationPanel, {
      deserializeWebviewPanel: async (panel) => {
        await errors.guard(async () => (await load()).page.serve(panel));
      },
    }),
  );
  owned.add({ dispose: () => void opening?.then(({ page }) => page.dispose(), () => undefined) });
  return new vscode.Disposable(() => owned.dispose());
};
