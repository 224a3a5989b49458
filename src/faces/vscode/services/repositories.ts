import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Workspace } from '../../../adapters/node/workspace.ts';
import { DisposableStore } from '../../../core/base/disposable.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { chosenSetting, onSettingChange, setting } from '../support/settings.ts';
import { loadCore } from './core.ts';
import { editorLogDocument } from './editorLogDocument.ts';
import { editorSources } from './editorSources.ts';
import type { Errors } from './errors.ts';
import { isIn, PathNames } from './pathNames.ts';

/** So long nothing must have changed before the image of the database is saved. */
const idleMs = 5_000;

/** A program name that does not exist. In Restricted Mode git is not run, as a repository's own settings can make it run programs. */
const noGit = 'wheelhouse-runs-no-git-in-restricted-mode';

/**
 * The core, opened once for each repository (or work tree, or folder without git) of the open
 * folders, on first use. It is opened anew when a setting changes that it was opened with.
 */
export class Repositories implements vscode.Disposable {
  readonly #extension: vscode.ExtensionContext;
  readonly #errors: Errors;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned = new DisposableStore();
  #opening: Promise<Workspace[]> | undefined;
  /** Those that are open now, for callers that cannot wait. */
  #opened: readonly Workspace[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #names = new PathNames();

  /** The repositories are others than before, or opened anew. */
  readonly onDidChange = this.#changed.event;

  constructor(extension: vscode.ExtensionContext, errors: Errors) {
    this.#extension = extension;
    this.#errors = errors;
    const reopen = () => this.#reopen();
    this.#owned.add(this.#changed);
    this.#owned.add(vscode.workspace.onDidChangeWorkspaceFolders(reopen));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(reopen));
    this.#owned.add(onSettingChange(['wheelhouse.review.logFile', 'wheelhouse.smoke.command', 'wheelhouse.smoke.timeoutMinutes', 'wheelhouse.coordination.autoClaim'], reopen));
  }

  /** All of them, opened. */
  all(): Promise<readonly Workspace[]> {
    if (this.#opening) return this.#opening;
    const opening = this.#openAll().then((opened) => {
      if (this.#opening === opening) this.#opened = opened;
      return opened;
    });
    return (this.#opening = opening);
  }

  /** The one that a file belongs to, among those that are open already. @param path Absolute, links resolved. */
  find(path: string): Workspace | undefined {
    return holding(this.#opened, path);
  }

  /** The file of a document as the core calls it; undefined when it is no file. */
  pathOf(uri: vscode.Uri): string | undefined {
    return uri.scheme === 'file' ? this.#names.toReal(uri.fsPath) : undefined;
  }

  /** The name by which the editor knows a file of the core. */
  uriOf(path: string): vscode.Uri {
    return vscode.Uri.file(this.#names.toOpened(path));
  }

  /**
   * The one that a file belongs to; a file from outside of the open folders gets its own opened.
   * @throws WheelhouseError `usage` for a document that is no file.
   */
  async forFile(uri: vscode.Uri): Promise<Workspace> {
    if (uri.scheme !== 'file') {
      const what = uri.scheme === 'untitled' ? 'This file has no name yet: save it first, then comment on it.' : `Review comments belong to files on disk, and this is a document of another kind (${uri.scheme}).`;
      throw new WheelhouseError('usage', what);
    }
    const opened = await this.all();
    const found = holding(opened, this.#names.toReal(uri.fsPath));
    if (found) return found;
    const guest = await this.#open(dirname(uri.fsPath), uri);
    this.#opening = Promise.resolve([...opened, guest]);
    this.#opened = [...opened, guest];
    this.#changed.fire();
    return guest;
  }

  /** Closes all; to be waited for when the window closes, so that the image of the database is saved. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    this.#opened = [];
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(((await opening?.catch(() => [])) ?? []).map((workspace) => workspace.dispose()));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #reopen(): void {
    void this.close().catch((error: unknown) => this.#errors.log(error));
    this.#changed.fire();
  }

  async #openAll(): Promise<Workspace[]> {
    const opened: Workspace[] = [];
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      if (folder.uri.scheme !== 'file') continue;
      try {
        const workspace = await this.#open(folder.uri.fsPath, folder.uri);
        const known = opened.some(({ review }) => review.repository.root === workspace.review.repository.root);
        if (known) await workspace.dispose();
        else opened.push(workspace);
      } catch (error) {
        // The other folders still work.
        this.#errors.show(error);
      }
    }
    return opened;
  }

  async #open(path: string, scope: vscode.Uri): Promise<Workspace> {
    const { openWorkspace, readSource, nodeFiles, writeSharedSettings } = await loadCore();
    const folder = (await nodeFiles.realPath(path)) ?? path;
    this.#names.add(path, folder);
    const trusted = vscode.workspace.isTrusted;
    const gitPath: unknown = vscode.workspace.getConfiguration('git').get('path');
    const { storageUri, globalStorageUri, extensionUri } = this.#extension;
    const workspace = await openWorkspace({
      folder,
      env: process.env,
      actor: 'user',
      wasmDirectory: vscode.Uri.joinPath(extensionUri, 'dist').fsPath,
      editor: { app: vscode.env.appName, folder: globalStorageUri.fsPath, at: Date.now() },
      // One image for each repository.
      ...(storageUri && { imageFolder: join(storageUri.fsPath, createHash('sha256').update(folder).digest('hex').slice(0, 16)) }),
      logFile: setting('wheelhouse.review.logFile', scope),
      smokeCommand: setting('wheelhouse.smoke.command', scope),
      smokeTimeoutMinutes: setting('wheelhouse.smoke.timeoutMinutes', scope),
      sources: editorSources(this.#names, nodeFiles, readSource),
      logDocument: (onDisk) => editorLogDocument(onDisk, nodeFiles),
      ...(trusted ? typeof gitPath === 'string' && gitPath !== '' && { git: gitPath } : { git: noGit }),
      whenIdle: this.#whenIdle(),
      onError: (error) => this.#errors.log(error),
    });
    if (trusted) await writeSharedSettings(nodeFiles, workspace.scopes.repository, sharedSettings(scope)).catch((error: unknown) => this.#errors.log(error));
    return workspace;
  }

  #whenIdle(): (save: () => void) => void {
    let timer: NodeJS.Timeout | undefined;
    return (save) => {
      if (timer) {
        clearTimeout(timer);
        this.#timers.delete(timer);
      }
      timer = setTimeout(save, idleMs);
      this.#timers.add(timer);
    };
  }
}

/** What the user has set, for the command line, hooks and agents of this repository. */
function sharedSettings(scope: vscode.Uri) {
  const logFile = chosenSetting('wheelhouse.review.logFile', scope);
  const smokeCommand = chosenSetting('wheelhouse.smoke.command', scope);
  const smokeTimeoutMinutes = chosenSetting('wheelhouse.smoke.timeoutMinutes', scope);
  const autoClaim = chosenSetting('wheelhouse.coordination.autoClaim', scope);
  return { ...(autoClaim !== undefined && { autoClaim }), ...(logFile && { logFile }), ...(smokeCommand && { smokeCommand }), ...(smokeTimeoutMinutes && { smokeTimeoutMinutes }) };
}

/** Repositories may lie inside one another, so the longest one that holds the path is the right one. */
function holding(workspaces: readonly Workspace[], path: string): Workspace | undefined {
  return workspaces
    .filter(({ review }) => isIn(review.repository.root, path))
    .sort((a, b) => b.review.repository.root.length - a.review.repository.root.length)[0];
}
