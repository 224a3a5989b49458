import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { ReviewItem, ReviewItemJson } from '../../../core/review/index.ts';
import { loadCore } from '../services/core.ts';
import type { Feature, Services } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { onSettingChange, setting } from '../support/settings.ts';
import { quickInputPlaceholder } from './quickInput.ts';
import { parseThreadText, threadContext, threadEntries, threadLabel, wantsThread } from './threadText.ts';

const settingId = 'wheelhouse.review.commentThreads';
const controllerId = 'wheelhouse.review';

/** A thread of ours knows its comment, so that the commands in its menus, which are given the thread, do too. */
type OwnThread = vscode.CommentThread & { id?: string };

/** `+` in the gutter for comments of several lines, and conversations where they were begun. */
export const commentThreads: Feature = (services) => {
  let threads: Threads | undefined;
  const apply = () => {
    if (setting(settingId)) threads ??= new Threads(services);
    else {
      threads?.dispose();
      threads = undefined;
    }
  };
  apply();
  return vscode.Disposable.from(
    onSettingChange([settingId], apply),
    registerCommand(services.errors, 'wheelhouse.review.createThread', (argument) => (isReply(argument) ? threads?.log(argument) : undefined)),
    { dispose: () => threads?.dispose() },
  );
};

/**
 * What the reply box of a thread passes to `wheelhouse.review.reply`, as that command's own argument.
 * @returns undefined when the argument does not come from a thread of ours.
 */
export function replyFromThread(argument: unknown): { readonly id: string; readonly text: string } | undefined {
  if (!isReply(argument)) return undefined;
  const { id } = argument.thread as OwnThread;
  return id === undefined ? undefined : { id, text: argument.text };
}

function isReply(argument: unknown): argument is vscode.CommentReply {
  if (typeof argument !== 'object' || argument === null) return false;
  const { thread, text } = argument as Partial<vscode.CommentReply>;
  return typeof thread === 'object' && typeof text === 'string';
}

class Threads implements vscode.Disposable {
  readonly #services: Services;
  readonly #controller = vscode.comments.createCommentController(controllerId, 'Review Comments');
  readonly #owned = new DisposableStore();
  readonly #threads = new Map<string, { readonly thread: OwnThread; shown: string }>();
  /** Comments that have, or had, a thread in this window. */
  readonly #known = new Set<string>();

  constructor(services: Services) {
    this.#services = services;
    this.#controller.options = { prompt: 'Reply…', placeHolder: quickInputPlaceholder };
    this.#controller.commentingRangeProvider = { provideCommentingRanges: (document) => this.#commentable(document) };
    this.#owned.add(this.#controller);
    this.#owned.add(services.model.onDidChange(() => this.#update()));
    this.#update();
  }

  /** Logs what was written into a new thread. */
  async log({ thread, text }: vscode.CommentReply): Promise<ReviewItemJson[]> {
    const { model, repositories } = this.#services;
    const { review } = await loadCore();
    const context = await model.contextFor(thread.uri);
    const range = thread.range ?? new vscode.Range(0, 0, 0, 0);
    const place = { path: repositories.pathOf(thread.uri) ?? thread.uri.fsPath, range: { start: range.start.line + 1, end: range.end.line + 1 } };
    const items = await review.addComments(context, { places: [place], ...parseThreadText(text) });
    for (const item of items) {
      this.#adopt(item.id, thread);
      this.#show(item);
    }
    await model.refresh();
    return items.map(review.toJson);
  }

  dispose(): void {
    this.#owned.dispose();
    this.#threads.clear();
  }

  /** Every line of a file in one of the repositories; not of the log, which is where comments go. */
  async #commentable(document: vscode.TextDocument): Promise<vscode.Range[] | undefined> {
    const { repositories } = this.#services;
    const path = repositories.pathOf(document.uri);
    if (path === undefined) return undefined;
    await repositories.all();
    const workspace = repositories.find(path);
    if (!workspace || workspace.review.log.path === path) return undefined;
    return [new vscode.Range(0, 0, document.lineCount - 1, 0)];
  }

  #update(): void {
    const { items } = this.#services.model;
    const wanted = items.filter((item) => wantsThread(item, this.#known));
    const ids = new Set(wanted.map(({ id }) => id));
    for (const id of [...this.#threads.keys()]) if (!ids.has(id)) this.#drop(id);
    for (const item of wanted) this.#show(item);
  }

  #show(item: ReviewItem): void {
    const uri = this.#services.model.uriOf(item);
    const range = new vscode.Range(item.range.start - 1, 0, item.range.end - 1, 0);
    const present = this.#threads.get(item.id);
    // The file of a thread cannot change: after a rename it is another thread.
    if (present && present.thread.uri.toString() !== uri.toString()) this.#drop(item.id);
    const entry = this.#threads.get(item.id) ?? this.#adopt(item.id, this.#controller.createCommentThread(uri, range, []));
    const shows = JSON.stringify([item.range, threadLabel(item), threadContext(item), threadEntries(item)]);
    if (entry.shown === shows) return;
    const { thread } = entry;
    if (entry.shown === '') thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
    entry.shown = shows;
    // The thread in the editor moves with edits, the object here does not: it is told where it is.
    thread.range = range;
    thread.label = threadLabel(item);
    thread.contextValue = threadContext(item);
    thread.canReply = true;
    thread.state = item.state === 'todo' ? vscode.CommentThreadState.Unresolved : vscode.CommentThreadState.Resolved;
    thread.comments = threadEntries(item).map(({ author, body, at }) => ({
      author: { name: author },
      body: new vscode.MarkdownString(body),
      mode: vscode.CommentMode.Preview,
      ...(at && { timestamp: at }),
    }));
  }

  #adopt(id: string, thread: OwnThread) {
    thread.id = id;
    const entry = { thread, shown: '' };
    this.#threads.set(id, entry);
    this.#known.add(id);
    return entry;
  }

  #drop(id: string): void {
    this.#threads.get(id)?.thread.dispose();
    this.#threads.delete(id);
  }
}
