import { openBoard, type Board } from '../../../adapters/node/coordination/board.ts';
import { hookHealth } from '../../../adapters/node/coordination/hook-health.ts';
import { resolveDataRoot } from '../../../adapters/node/locations.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import { messageOf } from '../../../core/base/errors.ts';
import type { CoordinationJson } from '../../../core/coordination/index.ts';
import { nameOf } from '../../../core/sessions/index.ts';
import type { CoordinationView } from '../../../protocol/coordination.ts';
import { directory } from '../sessions/directory.ts';
import { setting } from '../support/settings.ts';
import { standingOf, type SeenSessions } from './view.ts';

/** Nobody writes down that a process has died: it is looked for this often. */
export const DEATHS_MS = 1_000;
/** Files of settings are not read at every change. */
const INSTALLED_MS = 10_000;

export interface Repository {
  readonly id: string;
  readonly name: string;
  /** Where hooks are looked for, of those that are open here. */
  readonly workspace?: string;
}

const nothing: CoordinationJson = { claims: [], barriers: [], sessions: [], conflicts: [] };

/** One repository while it is on the page. */
export class Shown implements Disposable {
  readonly repository: Repository | undefined;
  readonly #repositories: readonly Repository[];
  readonly #push: (view: CoordinationView) => void;
  readonly #board: Board | undefined;
  readonly #watching: Disposable | undefined;
  #installed: { readonly at: number; readonly value: boolean } | undefined;
  #last = '';

  constructor(repository: Repository | undefined, repositories: readonly Repository[], push: (view: CoordinationView) => void) {
    this.repository = repository;
    this.#repositories = repositories;
    this.#push = push;
    this.#board = repository && openBoard(resolveDataRoot(process.env).path, repository.id, process.env);
    this.#watching = this.#board?.onDidAppend(() => void this.push(false).catch(() => undefined));
  }

  /** Tells the page, when it is otherwise than it was. @param deaths Looks who has died, too. */
  async push(deaths: boolean): Promise<void> {
    const view = await this.view(deaths);
    if (this.#seen(view)) this.#push(view);
  }

  async view(deaths: boolean): Promise<CoordinationView> {
    const { json, problem } = await this.#read(deaths);
    const seen: SeenSessions = new Map(directory.list().map((session) => [session.id, { name: nameOf(session), state: session.verdict.state }]));
    return {
      at: Date.now(),
      repository: this.repository?.id ?? '',
      repositories: this.#repositories.map(({ id, name }) => ({ id, name })),
      ...standingOf(json, seen),
      problem,
      installed: await this.#isInstalled(),
      autoClaim: setting('wheelhouse.coordination.autoClaim'),
    };
  }

  /** Looks again whether the hooks are installed. */
  forgetInstalled(): void {
    this.#installed = undefined;
  }

  async worktreeOf(fence: number): Promise<string | undefined> {
    return (await this.#board?.read())?.claims.find((claim) => claim.fence === fence)?.worktree;
  }

  dispose(): void {
    this.#watching?.dispose();
  }

  async #read(deaths: boolean): Promise<{ json: CoordinationJson; problem: string }> {
    try {
      return { json: (await (deaths ? this.#board?.readWithDeaths() : this.#board?.read())) ?? nothing, problem: '' };
    } catch (error) {
      return { json: nothing, problem: messageOf(error) };
    }
  }

  async #isInstalled(): Promise<boolean> {
    const workspace = this.repository?.workspace;
    if (workspace === undefined) return true;
    if (this.#installed === undefined || Date.now() - this.#installed.at > INSTALLED_MS) {
      const found = await hookHealth({ workspace, dataRoot: resolveDataRoot(process.env).path, env: process.env }, Date.now()).catch(() => undefined);
      this.#installed = { at: Date.now(), value: found !== undefined };
    }
    return this.#installed.value;
  }

  /** Whether it is news. Leases that run down by the clock are none: the page counts them itself. */
  #seen(view: CoordinationView): boolean {
    const text = JSON.stringify(view, (name, value: unknown) => (name === 'at' && value === view.at ? undefined : (name === 'until' || name === 'deadline') && typeof value === 'number' ? Math.round(value / 5_000) : value));
    const isNew = text !== this.#last;
    this.#last = text;
    return isNew;
  }
}
