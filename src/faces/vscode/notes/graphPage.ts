import nodePath from 'node:path';
import * as vscode from 'vscode';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/notes/index.ts';
import { noteGraphProtocol, type GraphNode, type GraphPlaces, type NoteGraph } from '../../../protocol/noteGraph.ts';
import { executeCommand } from '../support/commands.ts';
import { servePage } from '../support/page.ts';
import type { NotesFace } from './face.ts';
import { graphPanel } from './graphPanel.ts';
import { showNote } from './openNote.ts';

/** The page of the graph of notes; there is only one. */
export class GraphPage implements Disposable {
  readonly #face: NotesFace;
  #panel: vscode.WebviewPanel | undefined;
  #focus: string | undefined;
  #show: (id: string) => void = () => undefined;
  /** The notes that the page knows, by the keys that it knows them by. */
  #entries: ReadonlyMap<string, core.NoteEntry> = new Map();

  constructor(face: NotesFace) {
    this.#face = face;
  }

  /** @param focus The id of a note to begin with. */
  show(focus: string | undefined): void {
    if (this.#panel) {
      this.#panel.reveal();
      if (focus !== undefined) this.#show(focus);
      return;
    }
    this.#focus = focus;
    this.serve(vscode.window.createWebviewPanel(graphPanel, 'Graph of Notes', vscode.ViewColumn.Active, { enableScripts: true, retainContextWhenHidden: true }));
  }

  serve(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const { services } = this.#face;
    const owned = new DisposableStore();
    const link = owned.add(
      servePage(
        services.extension,
        panel.webview,
        { name: 'graph', title: 'Graph of Notes' },
        noteGraphProtocol,
        {
          ready: async () => {
            const [graph, kept] = [await this.#graph(), await this.#kept()];
            const focus = this.#focus;
            this.#focus = undefined;
            return { graph, kept, focus };
          },
          graph: () => this.#graph(),
          keep: async (places) => {
            await nodeFiles.writeBytes(this.#placesFile, Buffer.from(JSON.stringify(places)), { isPrivate: true });
            return undefined;
          },
          open: async ({ key }) => {
            const note = this.#entries.get(key);
            if (!note) throw new WheelhouseError('not-found', 'This note is not there any more.');
            // Beside the graph, which keeps the keys: whoever walks it looks at one note after the other.
            await showNote(note, 0, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
            return undefined;
          },
          create: async () => {
            await executeCommand('wheelhouse.notes.new');
            return undefined;
          },
        },
        (why) => services.errors.log(why),
      ),
    );
    this.#show = (id) => link.push('focus', { id });
    owned.add(this.#face.onDidChange(() => link.push('changed', { at: Date.now() })));
    panel.onDidDispose(() => {
      owned.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  async #graph(): Promise<NoteGraph> {
    const notes = await this.#face.notes();
    await notes.files.refresh();
    const linked = await core.linkedNotes(notes.index, () => new Promise((resolve) => setImmediate(resolve)));
    const entries = new Map<string, core.NoteEntry>();
    const nodes = linked.notes.map((note): GraphNode => {
      // Two notes may have one id, until the user gives each its own.
      const key = entries.has(note.id) ? `${note.id} ${note.path} ${note.start}` : note.id;
      entries.set(key, note);
      return { key, id: note.id, title: note.title, tags: note.tags, isPublic: note.isPublic, modifiedAt: note.modifiedAt };
    });
    this.#entries = entries;
    return { nodes, links: linked.links };
  }

  /** Where notes stood: a cache, so that the picture is there at once, and the same in every window. */
  get #placesFile(): string {
    return nodePath.join(this.#face.user.folder, 'note-graph.json');
  }

  async #kept(): Promise<GraphPlaces> {
    try {
      const text = await nodeFiles.readText(this.#placesFile);
      const { keys, places } = JSON.parse(text ?? '') as Partial<GraphPlaces>;
      if (Array.isArray(keys) && Array.isArray(places) && places.length === 2 * keys.length && places.every(Number.isFinite)) return { keys, places };
    } catch {
      // Missing or damaged, it is laid out anew.
    }
    return { keys: [], places: [] };
  }
}
