import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { repositoryOf } from '../../../adapters/node/sessions/journal.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { coordinationProtocol, type CoordinationProtocol, type CoordinationView } from '../../../protocol/coordination.ts';
import type { HostLink } from '../../../protocol/index.ts';
import type { Services } from '../services/services.ts';
import { directory } from '../sessions/directory.ts';
import { executeCommand } from '../support/commands.ts';
import { servePage } from '../support/page.ts';
import { coordinationPanel } from './panel.ts';
import type { Repository } from './boards.ts';
import { DEATHS_MS, Shown } from './shown.ts';

/** The page of coordination; there is only one. It shows one repository in full, and names the others. */
export class CoordinationPage implements Disposable {
  readonly #services: Services;
  #panel: vscode.WebviewPanel | undefined;
  #wanted: string | undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  show(repository: string | undefined): void {
    if (repository !== undefined && this.#wanted !== repository) this.#panel?.dispose();
    this.#wanted = repository ?? this.#wanted;
    if (this.#panel) this.#panel.reveal();
    else this.serve(vscode.window.createWebviewPanel(coordinationPanel, 'Coordination', vscode.ViewColumn.Active, { enableScripts: true }));
  }

  serve(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const owned = new DisposableStore();
    const { extension, errors } = this.#services;
    let shown: Shown | undefined;
    const open = (wanted: string | undefined): Promise<CoordinationView> => {
      shown?.dispose();
      shown = new Shown(() => this.#repositories(), wanted, (view) => panel.visible && link.push('view', view));
      return shown.view(true);
    };
    const choose = (wanted: string): Promise<CoordinationView> => {
      this.#wanted = wanted;
      shown?.choose(wanted);
      return shown?.view(true) ?? open(wanted);
    };
    const about = <T extends object>(more: T) => ({ about: { ...more, ...(shown?.repository !== undefined && { repository: shown.repository.id }) } });
    const link: HostLink<CoordinationProtocol> = owned.add(
      servePage(
        extension,
        panel.webview,
        { name: 'coordination', title: 'Coordination' },
        coordinationProtocol,
        {
          ready: ({ repository }) => open(this.#wanted ?? repository),
          choose: ({ repository }) => choose(repository),
          release: (claim) => run('wheelhouse.coordination.releaseClaim', about(claim)),
          breakBarrier: ({ name }) => run('wheelhouse.coordination.breakBarrier', about({ barrier: name })),
          resolve: ({ id }) => run('wheelhouse.coordination.resolveBlocker', about({ blocker: id })),
          openFile: async ({ fence, path }) => {
            const worktree = await shown?.worktreeOf(fence);
            return worktree === undefined ? undefined : run('wheelhouse.coordination.openClaimed', about({ worktree, path }));
          },
          showSession: ({ id }) => run('wheelhouse.sessions.jump', { id }),
          install: async () => {
            await run('wheelhouse.install.claude', {});
            shown?.forgetInstalled();
            return undefined;
          },
          openSettings: async () => {
            await vscode.commands.executeCommand('workbench.action.openSettings', 'wheelhouse.coordination');
            return undefined;
          },
        },
        (why) => errors.log(why),
      ),
    );
    const look = (deaths: boolean) => void shown?.push(deaths).catch((error: unknown) => errors.log(error));
    const timer = setInterval(() => panel.visible && look(true), DEATHS_MS);
    owned.add({ dispose: () => clearInterval(timer) });
    owned.add(directory.onDidChange(() => panel.visible && look(false)));
    owned.add(panel.onDidChangeViewState(() => panel.visible && look(true)));
    owned.add({ dispose: () => shown?.dispose() });
    panel.onDidDispose(() => {
      owned.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  /** Those that are open here, then those where sessions work. */
  async #repositories(): Promise<readonly Repository[]> {
    const here = (await this.#services.repositories.all()).map(({ review }): Repository => ({ id: review.repository.commonDir ?? review.repository.root, name: basename(review.repository.root), workspace: review.workspace }));
    const there = directory.list().flatMap(({ facts: { cwd }, verdict }): Repository[] => {
      const id = cwd === undefined || verdict.state === 'ended' ? undefined : repositoryOf(cwd);
      return id === undefined ? [] : [{ id, name: basename(basename(id) === '.git' ? dirname(id) : id) }];
    });
    return [...here, ...there].filter((each, index, all) => all.findIndex(({ id }) => id === each.id) === index);
  }
}

async function run(...[id, argument]: Parameters<typeof executeCommand>): Promise<undefined> {
  await executeCommand(id, argument);
  return undefined;
}
