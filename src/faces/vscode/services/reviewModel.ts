import * as vscode from 'vscode';
import type { Workspace } from '../../../adapters/node/workspace.ts';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { ReviewContext, ReviewItem } from '../../../core/review/index.ts';
import { delayed } from '../support/debounce.ts';
import { loadCore } from './core.ts';
import type { Errors } from './errors.ts';
import { followDocument } from './livePositions.ts';
import type { Repositories } from './repositories.ts';
import { watchRepository } from './watches.ts';

/** After so long without an edit the positions are looked up again. */
const verifyMs = 500;
/** So long several causes for a refresh are waited for, to do it once. */
const gatherMs = 30;

export interface ModelChange {
  /** `moved`: only the lines of comments in `path` are others, after an edit. */
  readonly kind: 'refreshed' | 'moved';
  readonly path?: string;
}

/**
 * The review comments of the open repositories, in every state, as they are now: read anew when the
 * log, the journal, the checkout or a document changes, and moved along while somebody types.
 */
export class ReviewModel implements vscode.Disposable {
  readonly #repositories: Repositories;
  readonly #errors: Errors;
  readonly #changed = new vscode.EventEmitter<ModelChange>();
  readonly #owned = new DisposableStore();
  #watches = new DisposableStore();
  #items: readonly ReviewItem[] = [];
  #setReady!: () => void;
  /** Counts edits, so that a reading that began before one is known to be out of date. */
  #edits = 0;
  #reading: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #watched: readonly Workspace[] | undefined;
  readonly #soon = this.#owned.add(delayed(() => void this.refresh(), gatherMs));
  readonly #verify = this.#owned.add(delayed(() => void this.refresh(), verifyMs));

  readonly onDidChange = this.#changed.event;

  constructor(repositories: Repositories, errors: Errors) {
    this.#repositories = repositories;
    this.#errors = errors;
    this.#owned.add(this.#changed);
  }

  /** Begins to watch, and reads for the first time. */
  start(): void {
    const refresh = () => this.#soon.schedule();
    this.#owned.add(this.#repositories.onDidChange(refresh));
    this.#owned.add(vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)));
    this.#owned.add(vscode.workspace.onDidSaveTextDocument((document) => void this.#saved(document)));
    this.#owned.add(vscode.workspace.onDidRenameFiles(refresh));
    this.#watchFiles();
    this.#owned.add(vscode.window.onDidChangeWindowState(({ focused }) => focused && refresh()));
    void this.refresh();
  }

  /** Every comment on the files of these repositories. */
  get items(): readonly ReviewItem[] {
    return this.#items;
  }

  /** Resolves when the log has been read for the first time: until then, that there are no items says nothing. */
  readonly ready = new Promise<void>((resolve) => (this.#setReady = resolve));

  find(id: string): ReviewItem | undefined {
    return this.#items.find((item) => item.id === id);
  }

  /** The comments in a document, by line. */
  inDocument(uri: vscode.Uri): readonly ReviewItem[] {
    const path = this.#repositories.pathOf(uri);
    return path === undefined ? [] : this.#items.filter((item) => item.path === path).sort((a, b) => a.range.start - b.range.start);
  }

  /** What the verbs need for a file. @throws WheelhouseError `usage` for a document that is no file. */
  async contextFor(uri: vscode.Uri): Promise<ReviewContext> {
    return (await this.#repositories.forFile(uri)).review;
  }

  /** What the verbs need for a comment. */
  async contextOf(item: ReviewItem): Promise<ReviewContext> {
    return (this.#repositories.find(item.path) ?? (await this.#repositories.forFile(this.uriOf(item)))).review;
  }

  /** The file of a comment, as the editor calls it. */
  uriOf(item: ReviewItem): vscode.Uri {
    return this.#repositories.uriOf(item.path);
  }

  /**
   * Reads everything again. One reading at a time: who asks while one is under way gets the result
   * of the next one, which sees what happened before the question.
   */
  refresh(): Promise<void> {
    if (!this.#reading) {
      this.#reading = this.#read().finally(() => (this.#reading = undefined));
      return this.#reading;
    }
    this.#next ??= this.#reading.then(() => {
      this.#next = undefined;
      return this.refresh();
    });
    return this.#next;
  }

  dispose(): void {
    this.#watches.dispose();
    this.#owned.dispose();
  }

  async #read(): Promise<void> {
    const edits = this.#edits;
    try {
      const workspaces = await this.#repositories.all();
      this.#watch(workspaces);
      const items = onlyOnce(await Promise.all(workspaces.map(readComments)));
      if (this.#edits !== edits) {
        this.#verify.schedule();
        return;
      }
      this.#items = items;
      this.#changed.fire({ kind: 'refreshed' });
    } catch (error) {
      this.#errors.log(error);
    } finally {
      this.#setReady();
    }
  }

  #watch(workspaces: readonly Workspace[]): void {
    if (this.#watched === workspaces) return;
    this.#watched = workspaces;
    this.#watches.dispose();
    this.#watches = new DisposableStore();
    for (const workspace of workspaces) this.#watches.add(watchRepository(workspace, () => this.#soon.schedule(), this.#errors));
  }

  /** Agents and git change files that no editor shows. A new file matters where one is missed. */
  #watchFiles(): void {
    const watcher = this.#owned.add(vscode.workspace.createFileSystemWatcher('**/*'));
    const whenCommented = (uri: vscode.Uri) => {
      const path = this.#repositories.pathOf(uri);
      if (this.#items.some((item) => item.path === path)) this.#soon.schedule();
    };
    this.#owned.add(watcher.onDidChange(whenCommented));
    this.#owned.add(watcher.onDidDelete(whenCommented));
    this.#owned.add(
      watcher.onDidCreate((uri) => {
        if (this.#items.some(({ status }) => status === 'file-gone')) this.#soon.schedule();
        else whenCommented(uri);
      }),
    );
  }

  #follow(event: vscode.TextDocumentChangeEvent): void {
    const { document, contentChanges } = event;
    const path = this.#repositories.pathOf(document.uri);
    if (path === undefined || contentChanges.length === 0) return;
    // An unsaved log is the log. Any file can be the one that a comment's code was moved to.
    if (this.#items.some((item) => item.log.path === path)) this.#verify.schedule();
    if (!this.#items.some((item) => item.path === path)) return;
    this.#edits++;
    const { items, lost, moved } = followDocument(this.#items, path, event);
    this.#items = items;
    if (moved) this.#changed.fire({ kind: 'moved', path });
    const unsure = lost || event.reason !== undefined;
    this.#verify.schedule(unsure ? gatherMs : verifyMs);
  }

  /** Other readers of the log find moved code by its links, so they are kept right when a file is saved. */
  async #saved(document: vscode.TextDocument): Promise<void> {
    const path = this.#repositories.pathOf(document.uri);
    const workspace = path === undefined ? undefined : this.#repositories.find(path);
    if (path !== undefined && workspace && this.#items.some((item) => item.path === path && item.state === 'todo')) {
      const { review } = await loadCore();
      await review.syncLinks(workspace.review, path).catch((error: unknown) => this.#errors.log(error));
    }
    this.#soon.schedule();
  }
}

/** A log that is not there, or empty, needs no database to be listed. */
async function readComments(workspace: Workspace): Promise<readonly ReviewItem[]> {
  if ((await workspace.review.log.read()) === '') return [];
  const { review } = await loadCore();
  return review.listComments(workspace.review, { state: 'all', here: true });
}

/**
 * A comment on a file of a repository inside another one is found from both, and one of a repository
 * with two open work trees in each of them: the first that has the file wins.
 */
function onlyOnce(lists: readonly (readonly ReviewItem[])[]): readonly ReviewItem[] {
  const byId = new Map<string, ReviewItem>();
  for (const item of lists.flat()) {
    const key = `${item.log.path}\0${item.id}\0${item.path}`;
    if (!byId.has(key)) byId.set(key, item);
  }
  return [...byId.values()];
}
