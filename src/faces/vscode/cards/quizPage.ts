import * as vscode from 'vscode';
import { openSpeech } from '../../../adapters/node/speech.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import { isWheelhouseError } from '../../../core/base/errors.ts';
import { quizProtocol, type QuizView } from '../../../protocol/quiz.ts';
import { executeCommand } from '../support/commands.ts';
import { servePage } from '../support/page.ts';
import { setting } from '../support/settings.ts';
import { resumeQuiz, startQuiz, type CardsContext, type QuizOptions, type QuizSession } from './core.ts';
import { nameOfDeck } from './deckText.ts';
import type { Face } from './face.ts';
import { chosenModel } from './model.ts';
import { labelOf, openLink, openSource } from './opening.ts';
import { QuizHost } from './quizHost.ts';
import { quizPanel } from './panels.ts';

/** The quiz pages of this window: one for each deck. */
export class QuizPages implements Disposable {
  readonly #face: Face;
  readonly #open = new Map<string, { readonly panel: vscode.WebviewPanel; readonly session: () => QuizSession; readonly dispose: () => void }>();
  readonly #speech = openSpeech({ env: process.env });

  constructor(face: Face) {
    this.#face = face;
  }

  /** Starts a quiz, or shows the one that is under way for the same deck. */
  async start(options: QuizOptions): Promise<QuizSession> {
    const key = JSON.stringify([options.project ?? null, options.cards ?? null]);
    const there = this.#open.get(key);
    if (there && (await there.session().current())) {
      there.panel.reveal();
      return there.session();
    }
    there?.panel.dispose();
    const session = await startQuiz(this.#face.context, options);
    const panel = vscode.window.createWebviewPanel(quizPanel, 'Quiz', vscode.ViewColumn.Active, { enableScripts: true });
    this.#serve(panel, key, options, session);
    return session;
  }

  /** A page that was there when the window was reloaded. @param state What the page kept. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { session: id, options } = readState(state);
    const key = JSON.stringify([options.project ?? null, options.cards ?? null]);
    const session = (await (id === undefined ? undefined : resumeQuiz(this.#face.context, id).catch(() => undefined))) ?? (await startQuiz(this.#face.context, options));
    this.#open.get(key)?.panel.dispose();
    this.#serve(panel, key, options, session);
  }

  dispose(): void {
    for (const { dispose } of [...this.#open.values()]) dispose();
  }

  #serve(panel: vscode.WebviewPanel, key: string, options: QuizOptions, first: QuizSession): void {
    const { services } = this.#face;
    const { errors } = services;
    const title = options.cards ? 'One card' : options.project === undefined ? 'All decks' : nameOfDeck(options.project);
    const deck = options.cards ? undefined : options.project;
    panel.title = options.project === undefined ? 'Quiz' : `Quiz: ${nameOfDeck(options.project)}`;
    let speaking = new AbortController();
    let host = this.#host(first, title, deck, () => link);
    const link = servePage(
      services.extension,
      panel.webview,
      { name: 'quiz', title: 'Quiz' },
      quizProtocol,
      {
        ready: () => host.view(),
        rate: ({ turn, confidence, tookMs }) => host.rate(turn, confidence, tookMs),
        undo: () => host.undo(),
        skip: ({ turn }) => host.skip(turn),
        suspend: ({ turn }) => host.suspend(turn),
        flag: ({ turn, flag }) => host.flag(turn, flag),
        edit: ({ turn, ...fields }) => host.edit(turn, fields),
        explain: ({ turn }) => host.explain(turn),
        stopExplaining: () => host.stopExplaining(),
        openSource: async ({ turn }) => {
          const source = await host.sourceOf(turn);
          if (source) await openSource(services, source);
          return undefined;
        },
        openLink: async ({ href }) => {
          await openLink(href);
          return undefined;
        },
        speak: async ({ text, language }) => {
          const voice = language === undefined ? {} : { language };
          if (!(await this.#speech.speechAvailable(language)).available) return false;
          // What is being said still is not what is asked for now.
          speaking.abort();
          speaking = new AbortController();
          void this.#speech.speak(text, { ...voice, signal: speaking.signal }).catch(async (error: unknown) => {
            if (!isWheelhouseError(error)) errors.log(error);
            else if (error.code !== 'cancelled') link.push('view', await host.view(error.message));
          });
          return true;
        },
        restart: async () => {
          host.dispose();
          host = this.#host(await startQuiz(this.#face.context, options), title, deck, () => link);
          return host.view();
        },
        openStats: async () => {
          await executeCommand('wheelhouse.cards.stats', deck === undefined ? {} : { deck });
          return undefined;
        },
        close: () => {
          panel.dispose();
          return undefined;
        },
      },
      (why) => errors.log(why),
    );
    const dispose = () => {
      speaking.abort();
      host.dispose();
      link.dispose();
      if (this.#open.get(key)?.panel === panel) this.#open.delete(key);
    };
    this.#open.set(key, { panel, session: () => host.session, dispose });
    panel.onDidDispose(dispose);
  }

  #host(session: QuizSession, title: string, deck: string | undefined, link: () => { push(name: 'view', view: QuizView): void }): QuizHost {
    const context: CardsContext = this.#face.context;
    return new QuizHost({
      context,
      session,
      title,
      deck,
      labelOf: (source) => labelOf(this.#face.services, source),
      model: chosenModel,
      learner: () => ({ level: setting('wheelhouse.cards.level'), taste: setting('wheelhouse.cards.taste') }),
      push: (view) => link().push('view', view),
    });
  }
}

function readState(state: unknown): { readonly session: string | undefined; readonly options: QuizOptions } {
  if (typeof state !== 'object' || state === null) return { session: undefined, options: {} };
  const { session, deck } = state as Record<string, unknown>;
  return { session: typeof session === 'string' ? session : undefined, options: typeof deck === 'string' ? { project: deck } : {} };
}
