import * as vscode from 'vscode';
import type { UserData } from '../../../adapters/node/user-data.ts';
import { delayed } from '../support/debounce.ts';
import { chosenSetting, onSettingChange } from '../support/settings.ts';
import { loadCore } from './core.ts';
import type { Errors } from './errors.ts';

/** So long nothing must have changed before an image is saved. */
const idleMs = 5_000;

/** What follows the user across repositories, opened on first use. */
export class User implements vscode.Disposable {
  readonly #extension: vscode.ExtensionContext;
  readonly #errors: Errors;
  #save: () => void = () => undefined;
  readonly #saving = delayed(() => this.#save(), idleMs);
  #opening: Promise<UserData> | undefined;
  #following: vscode.Disposable | undefined;

  constructor(extension: vscode.ExtensionContext, errors: Errors) {
    this.#extension = extension;
    this.#errors = errors;
  }

  open(): Promise<UserData> {
    return (this.#opening ??= this.#open());
  }

  /** To be waited for when the window closes, so that images are saved. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    this.#saving.cancel();
    await (await opening?.catch(() => undefined))?.dispose();
  }

  dispose(): void {
    this.#following?.dispose();
    this.#saving.dispose();
  }

  /** The command line and agents find the notes where the editor's user has them: tells them the setting as it is now. */
  async shareNoteFolders({ folder }: UserData): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const { nodeFiles, writeUserSettings } = await loadCore();
    await writeUserSettings(nodeFiles, folder, { notesFolders: chosenSetting('wheelhouse.notes.folders') });
  }

  async #open(): Promise<UserData> {
    const { openUserData } = await loadCore();
    const { globalStorageUri, extensionUri } = this.#extension;
    const user = openUserData({
      env: process.env,
      actor: 'user',
      wasmDirectory: vscode.Uri.joinPath(extensionUri, 'dist').fsPath,
      editor: { app: vscode.env.appName, folder: globalStorageUri.fsPath, at: Date.now() },
      whenIdle: (save) => {
        this.#save = save;
        this.#saving.schedule();
      },
      onError: (error) => this.#errors.log(error),
    });
    const share = () => this.shareNoteFolders(user).catch((error: unknown) => this.#errors.log(error));
    this.#following ??= onSettingChange(['wheelhouse.notes.folders'], () => void share());
    await share();
    return user;
  }
}
