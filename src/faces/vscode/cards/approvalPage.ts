import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { systemRandom } from '../../../adapters/node/clock.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import { approvalProtocol, type ApprovalView } from '../../../protocol/approval.ts';
import { executeCommand } from '../support/commands.ts';
import { servePage } from '../support/page.ts';
import { setting } from '../support/settings.ts';
import { ApprovalHost, type ApprovalState } from './approvalHost.ts';
import { createCards, decks, deleteCards, generateCards, listCards, showCard } from './core.ts';
import type { Face } from './face.ts';
import { chosenModel } from './model.ts';
import { labelOf, openLink, openSource } from './opening.ts';
import { approvalPanel } from './panels.ts';
import type { Subject } from './subjects.ts';

/** Where a set of proposals is put away for a window that is reloaded. */
const keyOf = (id: string) => `cards.approval.${id}`;

/** The pages of generated cards: one for each time that cards were generated. */
export class ApprovalPages implements Disposable {
  readonly #face: Face;
  readonly #hosts = new Set<ApprovalHost>();

  constructor(face: Face) {
    this.#face = face;
  }

  /** Has cards written about the subject, and shows them as they come. */
  async generate(subject: Subject, deck: string, count?: number): Promise<{ readonly id: string; readonly subject: string }> {
    const model = chosenModel();
    const known = await listCards(this.#face.context);
    const id = randomUUID();
    const panel = vscode.window.createWebviewPanel(approvalPanel, 'New Flashcards', vscode.ViewColumn.Active, { enableScripts: true });
    const host = this.#serve(panel, { id, subject: subject.name, model: model.name, phase: 'asking', note: '', deck, proposals: [] });
    void host.ask((request) =>
      generateCards(
        { model, random: systemRandom },
        { ...request, subject: subject.subject, known, level: setting('wheelhouse.cards.level'), taste: setting('wheelhouse.cards.taste'), project: deck, ...(count !== undefined && { count }) },
      ),
    );
    return { id, subject: subject.name };
  }

  /** @param state What the page kept: which set it showed. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const id = typeof state === 'object' && state !== null && 'id' in state && typeof state.id === 'string' ? state.id : '';
    const stored = this.#face.services.extension.workspaceState.get<ApprovalState>(keyOf(id));
    if (stored) this.#serve(panel, stored);
    else panel.dispose();
  }

  dispose(): void {
    for (const host of this.#hosts) host.dispose();
  }

  #serve(panel: vscode.WebviewPanel, state: ApprovalState): ApprovalHost {
    const { services } = this.#face;
    const { workspaceState } = services.extension;
    panel.title = 'New Flashcards';
    let open = true;
    const host = new ApprovalHost(state, {
      keep: (drafts) => createCards(this.#face.context, drafts),
      remove: (id) => deleteCards(this.#face.context, [id]),
      find: (id) => showCard(this.#face.context, id).catch(() => undefined),
      decks: async () => (await decks(this.#face.context)).map(({ project }) => project).filter((name) => name !== ''),
      labelOf: (source) => labelOf(services, source),
      push: (view: ApprovalView) => link.push('view', view),
      store: (now) => void (open && workspaceState.update(keyOf(now.id), now)),
    });
    const link = servePage(
      services.extension,
      panel.webview,
      { name: 'approval', title: 'New Flashcards' },
      approvalProtocol,
      {
        ready: () => host.view(),
        keep: ({ keys }) => host.keep(keys),
        discard: ({ key }) => host.discard(key),
        reopen: ({ key }) => host.reopen(key),
        edit: ({ key, ...fields }) => host.edit(key, fields),
        setDeck: ({ deck }) => host.setDeck(deck),
        cancel: () => host.cancel(),
        openSource: async ({ key }) => {
          const source = host.sourceOf(key);
          if (source) await openSource(services, source);
          return undefined;
        },
        openLink: async ({ href }) => {
          await openLink(href);
          return undefined;
        },
        quiz: async () => {
          await executeCommand('wheelhouse.cards.quiz', { deck: host.deck });
          return undefined;
        },
        close: () => {
          panel.dispose();
          return undefined;
        },
      },
      (why) => services.errors.log(why),
    );
    this.#hosts.add(host);
    panel.onDidDispose(() => {
      open = false;
      host.dispose();
      link.dispose();
      this.#hosts.delete(host);
      // Closed by the user: what was kept is kept, and the rest was not wanted.
      void workspaceState.update(keyOf(state.id), undefined);
    });
    return host;
  }
}
