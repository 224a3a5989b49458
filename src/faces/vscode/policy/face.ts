import { dirname, basename, join } from 'node:path';
import * as vscode from 'vscode';
import { policyFiles, type PolicyPlace } from '../../../adapters/node/policy/place.ts';
import { protectionOf, readPolicy, sweepCanaryFolders, type Protection } from '../../../adapters/node/policy/policy.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import type { Policy } from '../../../core/policy/index.ts';
import type { Services } from '../services/services.ts';
import { delayed } from '../support/debounce.ts';
import { onSettingChange } from '../support/settings.ts';
import { Badges } from './badges.ts';
import { diagnostics } from './diagnostics.ts';
import { PolicyPage } from './page.ts';
import { placeOf } from './places.ts';
import { weakest } from './protectionText.ts';
import { StatusItem } from './statusItem.ts';
import { Texts } from './texts.ts';

/** Several files change at once when a policy is applied. */
const GATHER_MS = 300;
/** The age of a verification is told in minutes. */
const AGE_MS = 60_000;

/** One repository, as its policy stands. */
export interface Standing {
  readonly place: PolicyPlace;
  readonly policy: Policy | undefined;
  readonly protection: Protection;
}

/** The policies of the open folders: read again when their files or the agent's settings change. */
export class PolicyFace implements Disposable {
  readonly services: Services;
  readonly texts = new Texts();
  readonly page: PolicyPage;
  readonly #status = new StatusItem();
  readonly #badges = new Badges();
  readonly #owned = new DisposableStore();
  readonly #watched = new Map<string, Disposable>();
  readonly #onFileChange: () => void;
  #standings: readonly Standing[] = [];
  #turn = 0;

  constructor(services: Services) {
    this.services = services;
    this.page = new PolicyPage(this);
    const soon = delayed(() => void this.refresh().catch((error: unknown) => services.errors.log(error)), GATHER_MS);
    const clock = setInterval(() => this.#show(), AGE_MS);
    for (const each of [this.texts, this.page, this.#status, this.#badges, soon, diagnostics()]) this.#owned.add(each);
    this.#owned.add({ dispose: () => clearInterval(clock) });
    this.#owned.add(services.repositories.onDidChange(() => soon.schedule()));
    this.#owned.add(onSettingChange(['wheelhouse.policy.statusBar', 'wheelhouse.policy.fileBadges'], () => soon.schedule()));
    this.#owned.add({ dispose: () => this.#watched.forEach((watch) => watch.dispose()) });
    this.#onFileChange = () => soon.schedule();
    soon.schedule();
  }

  /** Of all open folders the one that is protected least. */
  get state(): Protection['state'] {
    return weakest(this.#standings.map(({ protection }) => protection))?.state ?? 'no-policy';
  }

  /** Reads again what counts, and shows it. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const places = (await this.services.repositories.all()).map(placeOf);
    const standings = await Promise.all(places.map(async (place) => ({ place, policy: await readPolicy(place), protection: await protectionOf(place) })));
    if (turn !== this.#turn) return;
    for (const { root } of places) {
      // Of a verification that was killed.
      if (!this.#standings.some(({ place }) => place.root === root)) sweepCanaryFolders(root);
    }
    this.#standings = standings;
    for (const place of places) this.#watch(place);
    this.#show();
    this.#badges.show(standings);
    await this.page.refresh();
  }

  dispose(): void {
    this.#turn++;
    this.#owned.dispose();
  }

  #show(): void {
    this.#status.show(weakest(this.#standings.map(({ protection }) => protection)), Date.now());
  }

  /** The policy of the repository and of the user, and the settings that they are applied to. */
  #watch(place: PolicyPlace): void {
    const settings = [join(place.root, '.claude'), place.env['CLAUDE_CONFIG_DIR'] || join(place.home, '.claude')].flatMap((folder) => ['settings.json', 'settings.local.json'].map((name) => join(folder, name)));
    for (const file of [...policyFiles(place).map((each) => each.file), ...settings]) {
      if (this.#watched.has(file)) continue;
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(dirname(file)), basename(file)));
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) event(this.#onFileChange);
      this.#watched.set(file, watcher);
    }
  }
}
