import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { CommandId } from '../contributions.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand, type Argument, type Result } from '../support/commands.ts';
import { onSettingChange, setting } from '../support/settings.ts';
import type * as Lazy from './cards-lazy.ts';
import { LearnView } from './learnView.ts';
import { approvalPanel, quizPanel, statsPanel } from './panels.ts';

type Loaded = typeof Lazy;

/** Nobody waits for the number of due cards: everything else comes first. */
const START_MS = 1_500;

/**
 * Flashcards: the view, the pages, and the commands on them. The cards themselves are opened when the
 * view is shown, when a command needs them, or a moment after the start for the status bar.
 */
export const cards: Feature = (services) => {
  const { errors } = services;
  const owned = new DisposableStore();
  const view = owned.add(new LearnView());
  let opening: Promise<Lazy.Learn> | undefined;
  let disposed = false;

  const load = () => import('./cards-lazy.ts');
  const open = (): Promise<Lazy.Learn> => {
    if (opening) return opening;
    const learn = load().then((lazy) => lazy.openLearn(services, view));
    learn.then((opened) => disposed && opened.dispose(), () => {
      if (opening === learn) opening = undefined;
      view.show([]);
    });
    return (opening = learn);
  };
  const openIfWanted = () => {
    if (!disposed && (view.visible || setting('wheelhouse.cards.statusBar'))) open().catch((error: unknown) => errors.show(error));
  };

  const timer = setTimeout(openIfWanted, START_MS);
  owned.add({ dispose: () => clearTimeout(timer) });
  owned.add(view.onDidChangeVisibility(() => view.visible && openIfWanted()));
  owned.add(onSettingChange(['wheelhouse.cards.statusBar'], openIfWanted));

  const command = <Id extends CommandId>(id: Id, run: (lazy: Loaded, learn: Lazy.Learn, argument: Argument<Id> | undefined) => Promise<Result<Id>> | Result<Id>) =>
    owned.add(registerCommand(errors, id, async (argument) => run(await load(), await open(), argument)));
  command('wheelhouse.cards.quiz', async (_lazy, { quizzes }, argument) => {
    const session = await quizzes.start({
      ...(typeof argument?.deck === 'string' && { project: argument.deck }),
      ...(Array.isArray(argument?.cards) && { cards: argument.cards as readonly string[] }),
      ...(typeof argument?.limit === 'number' && { limit: argument.limit }),
    });
    return { session: session.id, cards: session.progress().total };
  });
  command('wheelhouse.cards.create', (lazy, { face }, argument) => lazy.createPlain(face, argument));
  command('wheelhouse.cards.createFromSelection', (lazy, { face }, argument) => lazy.createFromSelection(face, argument));
  command('wheelhouse.cards.generate', (lazy, { face, approvals }, argument) => lazy.generate(face, approvals, argument));
  command('wheelhouse.cards.extractFromWorksheet', (lazy, { face, approvals }, argument) => lazy.extractFromWorksheet(face, approvals, argument));
  command('wheelhouse.cards.worksheet', async (lazy, { face, draw }, argument) => {
    const written = await lazy.worksheet(face, argument);
    await draw();
    return written;
  });
  command('wheelhouse.cards.import', (lazy, { face }, argument) => lazy.importFile(face, argument));
  command('wheelhouse.cards.export', (lazy, { face }, argument) => lazy.exportFile(face, argument));
  command('wheelhouse.cards.vocabulary', (lazy, { face }, argument) => lazy.vocabulary(face, argument));
  command('wheelhouse.cards.stats', (_lazy, { stats }, argument) => {
    stats.show(typeof argument?.deck === 'string' ? argument.deck : undefined);
    return undefined;
  });
  command('wheelhouse.cards.setAlgorithm', (lazy, { face }, argument) => lazy.setAlgorithm(face, argument));
  command('wheelhouse.cards.renameDeck', (lazy, { face }, argument) => lazy.renameDeck(face, argument));
  command('wheelhouse.cards.deleteDeck', (lazy, { face }, argument) => lazy.deleteDeck(face, argument));
  command('wheelhouse.cards.resumeSuspended', (lazy, { face }, argument) => lazy.resumeSuspended(face, argument));
  command('wheelhouse.cards.undo', (lazy, { face }) => lazy.undoLast(face));
  command('wheelhouse.cards.refresh', async (_lazy, { draw }) => {
    await draw();
    return undefined;
  });

  const restored = (type: string, restore: (learn: Lazy.Learn, panel: vscode.WebviewPanel, state: unknown) => Promise<void> | void) =>
    owned.add(
      vscode.window.registerWebviewPanelSerializer(type, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          await errors.guard(async () => restore(await open(), panel, state));
        },
      }),
    );
  restored(quizPanel, ({ quizzes }, panel, state) => quizzes.restore(panel, state));
  restored(approvalPanel, ({ approvals }, panel, state) => approvals.restore(panel, state));
  restored(statsPanel, ({ stats }, panel) => stats.serve(panel));

  owned.add({
    dispose: () => {
      disposed = true;
      void opening?.then((learn) => learn.dispose(), () => undefined);
    },
  });
  return new vscode.Disposable(() => owned.dispose());
};
