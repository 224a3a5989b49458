/** All that is alive while something of the cards is shown: the list, the status bar, the pages. */
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import type { Services } from '../services/services.ts';
import { delayed } from '../support/debounce.ts';
import { onSettingChange } from '../support/settings.ts';
import { ApprovalPages } from './approvalPage.ts';
import { decks, dueCount } from './core.ts';
import { Face } from './face.ts';
import { worksheets, worksheetsFolder } from './generate.ts';
import type { LearnView } from './learnView.ts';
import { learnNodes } from './nodes.ts';
import { QuizPages } from './quizPage.ts';
import { StatsPage } from './statsPage.ts';
import { StatusItem } from './statusItem.ts';

/** What is due changes with the time alone; so often it is looked at. */
const lookMs = 60_000;
const gatherMs = 50;

export interface Learn extends Disposable {
  readonly face: Face;
  readonly quizzes: QuizPages;
  readonly approvals: ApprovalPages;
  readonly stats: StatsPage;
  readonly draw: () => Promise<void>;
}

export async function openLearn(services: Services, view: LearnView): Promise<Learn> {
  const owned = new DisposableStore();
  const face = owned.add(await Face.open(services));
  const status = owned.add(new StatusItem());
  const draw = async () => {
    const { context } = face;
    status.show(await dueCount(context));
    const sheets = await worksheets(face).catch((error: unknown) => {
      services.errors.log(error);
      return [];
    });
    view.show(learnNodes(await decks(context), sheets, context.clock.now()));
  };
  const soon = owned.add(delayed(() => void draw().catch((error: unknown) => services.errors.log(error)), gatherMs));
  owned.add(face.onDidChange(() => soon.schedule()));
  owned.add(onSettingChange(['wheelhouse.cards.statusBar', 'wheelhouse.cards.worksheetsFolder'], () => soon.schedule()));
  owned.add(view.onDidChangeVisibility(() => soon.schedule()));
  const timer = setInterval(() => soon.schedule(), lookMs);
  owned.add({ dispose: () => clearInterval(timer) });
  owned.add(
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const folder = worksheetsFolder(face);
      if (folder !== undefined && uri.fsPath.startsWith(folder)) soon.schedule();
    }),
  );
  await draw();
  return { face, quizzes: owned.add(new QuizPages(face)), approvals: owned.add(new ApprovalPages(face)), stats: owned.add(new StatsPage(face)), draw, dispose: () => owned.dispose() };
}
