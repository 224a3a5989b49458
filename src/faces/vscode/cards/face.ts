/** What the commands and pages of cards work with: the user's cards, opened once, and told of every change. */
import * as vscode from 'vscode';
import { openCards } from '../../../adapters/node/cards/cards.ts';
import { nodeFiles } from '../../../adapters/node/files.ts';
import type { UserData } from '../../../adapters/node/user-data.ts';
import { writeUserSettings } from '../../../adapters/node/user-settings.ts';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { Services } from '../services/services.ts';
import { delayed } from '../support/debounce.ts';
import { chosenSetting, onSettingChange, setting } from '../support/settings.ts';
import { configure, settingsFor, type CardsContext } from './core.ts';

/** So long several changes are waited for, to tell of them once. */
const gatherMs = 60;

export class Face implements vscode.Disposable {
  readonly services: Services;
  readonly user: UserData;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned = new DisposableStore();
  #context: CardsContext;

  /** Cards, reviews or settings are others than before, by this window or anybody. */
  readonly onDidChange = this.#changed.event;

  private constructor(services: Services, user: UserData) {
    this.services = services;
    this.user = user;
    this.#context = this.#open();
    this.#owned.add(this.#changed);
  }

  static async open(services: Services): Promise<Face> {
    const face = new Face(services, await services.user.open());
    try {
      await face.#follow();
      return face;
    } catch (error) {
      face.dispose();
      throw error;
    }
  }

  get context(): CardsContext {
    return this.#context;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #open(): CardsContext {
    return openCards(this.user, { algorithm: 'fsrs', dayStart: setting('wheelhouse.cards.dayStart') });
  }

  async #follow(): Promise<void> {
    const share = () => void this.services.errors.guard(() => this.#shareSettings());
    const tell = this.#owned.add(delayed(() => this.#changed.fire(), gatherMs));
    const store = await this.#context.store();
    this.#owned.add(store.onDidChange(() => tell.schedule()));
    this.#owned.add(store.follow());
    this.#owned.add(
      onSettingChange(['wheelhouse.cards.dayStart'], () => {
        this.#context = this.#open();
        tell.schedule();
        share();
      }),
    );
    await this.#shareSettings();
    const limit = () => void this.services.errors.guard(() => this.#limitNew());
    this.#owned.add(onSettingChange(['wheelhouse.cards.newPerDay'], limit));
    await this.#limitNew();
  }

  /** The command line and agents count days as the editor does. */
  async #shareSettings(): Promise<void> {
    await writeUserSettings(nodeFiles, this.user.folder, { dayStart: chosenSetting('wheelhouse.cards.dayStart') });
  }

  /** The limit is kept with the cards, where the command line and agents find it too. */
  async #limitNew(): Promise<void> {
    const newPerDay = chosenSetting('wheelhouse.cards.newPerDay');
    if (newPerDay !== undefined && (await settingsFor(this.#context)).newPerDay !== newPerDay) await configure(this.#context, undefined, { newPerDay });
  }
}
