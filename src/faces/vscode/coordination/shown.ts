import { hookHealth } from '../../../adapters/node/coordination/hook-health.ts';
import { resolveDataRoot } from '../../../adapters/node/locations.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import { nameOf } from '../../../core/sessions/index.ts';
import type { CoordinationView } from '../../../protocol/coordination.ts';
import { directory } from '../sessions/directory.ts';
import { setting } from '../support/settings.ts';
import { Boards, type Repository } from './boards.ts';
import { needsOf, standingOf, type SeenSessions } from './view.ts';

/** Nobody writes down that a process has died: it is looked for this often. */
export const DEATHS_MS = 1_000;
/** Files of settings are not read at every change. */
const INSTALLED_MS = 10_000;

/** What the page shows: one repository in full, and of the others how many wait there. */
export class Shown implements Disposable {
  readonly #list: () => Promise<readonly Repository[]>;
  readonly #push: (view: CoordinationView) => void;
  readonly #boards: Boards;
  #wanted: string | undefined;
  #repository: Repository | undefined;
  #installed: { readonly at: number; readonly workspace: string; readonly value: boolean } | undefined;
  #last = '';

  /** @param list All that there are now. @param wanted The first of them where it is none of these; should it come, it is shown. */
  constructor(list: () => Promise<readonly Repository[]>, wanted: string | undefined, push: (view: CoordinationView) => void) {
    this.#list = list;
    this.#wanted = wanted;
    this.#push = push;
    this.#boards = new Boards(() => void this.push(false).catch(() => undefined));
  }

  get repository(): Repository | undefined {
    return this.#repository;
  }

  choose(wanted: string): void {
    this.#wanted = wanted;
  }

  /** Tells the page, when it is otherwise than it was. @param deaths Looks who has died, too. */
  async push(deaths: boolean): Promise<void> {
    const view = await this.view(deaths);
    // Meanwhile the user may have chosen another.
    if (view.repository === (this.#repository?.id ?? '') && this.#seen(view)) this.#push(view);
  }

  async view(deaths: boolean): Promise<CoordinationView> {
    const repositories = withShown(await this.#list(), this.#repository);
    const chosen = repositories.find(({ id }) => id === this.#wanted) ?? repositories.find(({ id }) => id === this.#repository?.id) ?? repositories[0];
    this.#repository = chosen;
    this.#boards.show(repositories);
    const read = await this.#boards.read(deaths);
    const own = read.find(({ repository: { id } }) => id === chosen?.id);
    const seen: SeenSessions = new Map(directory.list().map((session) => [session.id, { name: nameOf(session), state: session.verdict.state }]));
    const at = Date.now();
    return {
      at,
      repository: chosen?.id ?? '',
      repositories: read.map(({ repository: { id, name }, json }) => ({ id, name, ...needsOf(json, at) })),
      ...standingOf(own?.json ?? { claims: [], barriers: [], sessions: [], conflicts: [] }, seen),
      problem: own?.problem ?? '',
      installed: await this.#isInstalled(chosen?.workspace),
      autoClaim: setting('wheelhouse.coordination.autoClaim'),
    };
  }

  /** Looks again whether the hooks are installed. */
  forgetInstalled(): void {
    this.#installed = undefined;
  }

  async worktreeOf(fence: number): Promise<string | undefined> {
    const { claims } = this.#repository ? await this.#boards.board(this.#repository.id).read() : { claims: [] };
    return claims.find((claim) => claim.fence === fence)?.worktree;
  }

  dispose(): void {
    this.#boards.dispose();
  }

  async #isInstalled(workspace: string | undefined): Promise<boolean> {
    if (workspace === undefined) return true;
    if (this.#installed?.workspace !== workspace || Date.now() - this.#installed.at > INSTALLED_MS) {
      const found = await hookHealth({ workspace, dataRoot: resolveDataRoot(process.env).path, env: process.env }, Date.now()).catch(() => undefined);
      this.#installed = { at: Date.now(), workspace, value: found !== undefined };
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

/** What is looked at stays in the list, also when its last session has ended. */
function withShown(list: readonly Repository[], shown: Repository | undefined): readonly Repository[] {
  return shown === undefined || list.some(({ id }) => id === shown.id) ? list : [...list, shown];
}
