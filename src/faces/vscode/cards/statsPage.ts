import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { learnStatsProtocol, type LearnStats } from '../../../protocol/learnStats.ts';
import { executeCommand } from '../support/commands.ts';
import { servePage } from '../support/page.ts';
import { cardStats, dateOf, decks, predictions, type CardsContext } from './core.ts';
import type { Face } from './face.ts';
import { statsPanel } from './panels.ts';
import { shortened } from './quizHost.ts';

/** The page of learning statistics; there is only one. */
export class StatsPage implements Disposable {
  readonly #face: Face;
  #panel: vscode.WebviewPanel | undefined;
  #deck: string | undefined;

  constructor(face: Face) {
    this.#face = face;
  }

  show(deck: string | undefined): void {
    this.#deck = deck;
    if (this.#panel) {
      // The page keeps the deck that was looked at last; a new one shows what is asked for.
      if (deck === undefined) {
        this.#panel.reveal();
        return;
      }
      this.#panel.dispose();
    }
    this.serve(vscode.window.createWebviewPanel(statsPanel, 'Learning', vscode.ViewColumn.Active, { enableScripts: true }));
  }

  serve(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const owned = new DisposableStore();
    const { services } = this.#face;
    const statsOf = (deck: string | undefined) => learnStats(this.#face.context, deck);
    const inDeck = (deck: string | undefined) => (deck === undefined ? {} : { deck });
    const link = owned.add(
      servePage(
        services.extension,
        panel.webview,
        { name: 'learnStats', title: 'Learning' },
        learnStatsProtocol,
        {
          ready: () => statsOf(this.#deck),
          stats: ({ deck }) => statsOf(deck),
          foretold: async ({ deck }) => ({ predictions: await predictions(this.#face.context, deck === undefined ? {} : { project: deck }) }),
          openCard: async ({ id }) => {
            await executeCommand('wheelhouse.cards.quiz', { cards: [id] });
            return undefined;
          },
          quiz: async ({ deck }) => {
            await executeCommand('wheelhouse.cards.quiz', inDeck(deck));
            return undefined;
          },
          setAlgorithm: async ({ deck }) => {
            await executeCommand('wheelhouse.cards.setAlgorithm', inDeck(deck));
            return undefined;
          },
        },
        (why) => services.errors.log(why),
      ),
    );
    // A hidden page asks anew when it is shown.
    owned.add(this.#face.onDidChange(() => panel.visible && link.push('changed', { at: Date.now() })));
    panel.onDidDispose(() => {
      owned.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}

export async function learnStats(context: CardsContext, deck: string | undefined): Promise<LearnStats> {
  const filter = deck === undefined ? {} : { project: deck };
  const [stats, all] = [await cardStats(context, filter), await decks(context)];
  const { cards, reviews, tookMs, retention, streak, days, intervals, forecast } = stats;
  return {
    deck,
    decks: all.map(({ project }) => project),
    today: dateOf(context.days.dayOf(context.clock.now())),
    cards,
    reviews,
    tookMs,
    retention,
    streak,
    days,
    intervals,
    forecast,
    byDeck: stats.decks.map(({ project, ...rest }) => ({ deck: project, ...rest })),
    hardest: stats.hardest.map(({ id, question, project, wrong, reviews: answers }) => ({ id, question: shortened(question), deck: project, wrong, reviews: answers })),
  };
}
