import * as vscode from 'vscode';
import { claudeConfigFolder } from '../../../adapters/node/sessions/claude-config.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { timelineProtocol, type TimelineRequest } from '../../../protocol/timeline.ts';
import { servePage } from '../support/page.ts';
import { exportCsv } from './exportFiles.ts';
import type { Face } from './face.ts';
import { openSession } from './openSession.ts';
import { timelinePanel } from './panels.ts';
import { withLateProgress } from './progress.ts';
import { publish } from './publish.ts';
import { timelineHandlers } from './timelineHost.ts';
import { TranscriptContext } from './transcriptContext.ts';

/** The timeline of this window; there is only one. While it is there the prompts are open. */
export class TimelinePage implements Disposable {
  readonly #face: Face;
  #served: Disposable | undefined;
  #panel: vscode.WebviewPanel | undefined;
  #link: ReturnType<typeof servePage<typeof timelineProtocol>> | undefined;
  /** Whether the page listens: a hidden one is gone, and comes anew. */
  #listens = false;
  #request: TimelineRequest = {};

  constructor(face: Face) {
    this.#face = face;
  }

  show(request: TimelineRequest): void {
    if (this.#panel && this.#listens && this.#panel.visible) {
      this.#panel.reveal();
      this.#link?.push('show', request);
      return;
    }
    this.#request = request;
    if (this.#panel) this.#panel.reveal();
    else this.serve(vscode.window.createWebviewPanel(timelinePanel, 'Prompt Timeline', vscode.ViewColumn.Active, { enableScripts: true }));
  }

  /** Fills a panel: a new one, or one that VS Code brought back. */
  serve(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#listens = false;
    const { services, opened } = this.#face;
    const { errors } = services;
    const icons = vscode.Uri.joinPath(services.extension.extensionUri, 'media', 'icons');
    panel.iconPath = { light: vscode.Uri.joinPath(icons, 'timeline-light.svg'), dark: vscode.Uri.joinPath(icons, 'timeline-dark.svg') };
    const owned = new DisposableStore();
    this.#served = owned;
    const { prompts, release } = opened.hold();
    owned.add({ dispose: release });
    const contexts = new TranscriptContext(claudeConfigFolder(process.env));

    const sync = async () => {
      try {
        const open = await prompts;
        await open.timeline();
        const { added, problems } = await withLateProgress('Reading prompts', () => open.sync());
        for (const problem of problems) services.output.warn(`prompts: ${problem}`);
        if (added > 0) link.push('changed', { version: await open.version() });
      } catch (error) {
        // The page hears of it when it asks; a panel that was closed meanwhile is no error.
        if (this.#panel === panel) errors.log(error);
      }
    };
    let synced = Promise.resolve();
    let listening: Disposable | undefined;
    owned.add({ dispose: () => listening?.dispose() });
    // Who does not look needs no news: the page asks anew when it is shown.
    const follow = () => {
      if (!panel.visible) {
        this.#listens = false;
        listening?.dispose();
        listening = undefined;
      } else if (!listening) {
        synced = sync();
        void prompts.then((open) => {
          if (panel.visible && this.#panel === panel) listening ??= open.onDidChange(() => void open.version().then((version) => link.push('changed', { version }), (error: unknown) => errors.log(error)));
        }, () => undefined);
      }
    };

    const link = owned.add(
      servePage(
        services.extension,
        panel.webview,
        { name: 'timeline', title: 'Prompt Timeline' },
        timelineProtocol,
        timelineHandlers({
          prompts,
          synced: () => synced,
          request: () => {
            const request = this.#request;
            this.#request = {};
            this.#listens = true;
            return request;
          },
          contextOf: (open, prompt) => contexts.of(open, prompt),
          copy: async (text) => vscode.env.clipboard.writeText(text),
          publish: async (id) => {
            await publish(this.#face, { id });
          },
          openSession: (prompt) => openSession(errors, prompt),
          exportCsv: async (ids) => {
            await exportCsv(this.#face, { ids });
          },
        }),
        (why) => errors.log(why),
      ),
    );
    this.#link = link;
    owned.add(panel.onDidChangeViewState(follow));
    panel.onDidDispose(() => {
      if (this.#panel === panel) {
        this.#panel = undefined;
        this.#link = undefined;
      }
      owned.dispose();
    });
    follow();
  }

  /** The panel stays: VS Code brings it back when the extension runs again. */
  dispose(): void {
    this.#served?.dispose();
  }
}
