import * as vscode from 'vscode';
import { sessionJournals } from '../../../adapters/node/sessions/journal.ts';
import type { SessionChange } from '../../../adapters/node/sessions/monitor.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import type { SessionGrouping } from '../contributions.ts';
import type { Services } from '../services/services.ts';
import { checkoutNotices } from '../coordination/checkouts.ts';
import { HookNotices } from '../coordination/hooks.ts';
import { delayed } from '../support/debounce.ts';
import { onSettingChange, setting } from '../support/settings.ts';
import { directory } from './directory.ts';
import { Face } from './face.ts';
import { ShownHoldings } from './holdings.ts';
import { Looks } from './looks.ts';
import { Notices } from './notices.ts';
import { countStates, groupRows } from './rows.ts';
import { statusItem } from './statusItem.ts';
import { treeNodes } from './treeNodes.ts';
import type { SessionsView } from './treeView.ts';

/** Changes within this are drawn at once. */
const DRAW_MS = 20;
/** Ages grow while nothing happens. */
const AGES_MS = 30_000;

export interface Watch {
  readonly face: Face;
  draw(): void;
  close(): Promise<void>;
}

/** Looks at the sessions, and shows what it sees, until it is disposed. */
export async function openWatch(services: Services, view: SessionsView, grouping: () => SessionGrouping): Promise<Watch> {
  const owned = new DisposableStore();
  const face = owned.add(new Face(services));
  const holdings = owned.add(new ShownHoldings(face, () => view.visible, () => soon.schedule(DRAW_MS)));
  const hooks = owned.add(new HookNotices(services, () => view.visible, () => soon.schedule(DRAW_MS)));
  const draw = () => {
    const sessions = face.list();
    const by = grouping();
    const groups = groupRows(sessions, { by, now: Date.now(), projectOf: (session) => face.projectOf(session), isMuted: (session) => face.isMuted(session), holdingsOf: (session) => holdings.of(session) });
    const { waiting } = countStates(sessions);
    const claimsItself = (root: string) => setting('wheelhouse.coordination.autoClaim', vscode.Uri.file(root));
    const shared = checkoutNotices(sessions, { standingOf: (session) => holdings.of(session), projectOf: (session) => face.projectOf(session), claimsItself, silenced: setting('wheelhouse.coordination.silencedProjects') });
    view.show(treeNodes(groups, by, [...hooks.list(), ...shared]), waiting);
    services.contextKeys.set('wheelhouse.sessions.waiting', waiting > 0);
  };
  const soon = owned.add(delayed(draw, 2 * DRAW_MS));
  owned.add(face.onDidChange(() => soon.schedule(DRAW_MS)));
  const ages = setInterval(() => view.visible && draw(), AGES_MS);
  owned.add({ dispose: () => clearInterval(ages) });
  try {
    await face.start();
  } catch (error) {
    owned.dispose();
    throw error;
  }
  directory.open({ list: () => face.list(), onDidChange: (listener) => face.onDidChange(() => listener()) });
  owned.add({ dispose: () => directory.open(undefined) });
  void holdings.look();
  owned.add(record(services, face));
  owned.add(new Notices(face, owned.add(new Looks(face))));
  const status = owned.add(new Restartable(() => statusItem(face)));
  owned.add(onSettingChange(['wheelhouse.sessions.statusBar'], () => status.restart()));
  owned.add(onSettingChange(['wheelhouse.sessions.mutedProjects', 'wheelhouse.coordination.silencedProjects', 'wheelhouse.coordination.autoClaim'], draw));
  draw();
  return {
    face,
    draw,
    close: () => {
      const closed = face.close();
      owned.dispose();
      view.show([], 0);
      services.contextKeys.set('wheelhouse.sessions.waiting', false);
      return closed;
    },
  };
}

/** Takes changes of state down in the journals of the repositories that are open here. */
function record({ repositories, errors }: Services, face: Face): Disposable {
  const journals = sessionJournals(face.dataRoot, 'user');
  const write = ({ session, from, gone }: SessionChange) => {
    const { cwd } = session.facts;
    if (gone || cwd === undefined || repositories.find(cwd) === undefined) return;
    void journals.record(session, from).catch((error: unknown) => errors.log(error));
  };
  return face.onDidChange((changes) => changes.forEach(write));
}

/** Something that can be made anew. */
class Restartable implements Disposable {
  readonly #make: () => Disposable;
  #made: Disposable;

  constructor(make: () => Disposable) {
    this.#make = make;
    this.#made = make();
  }

  restart(): void {
    this.#made.dispose();
    this.#made = this.#make();
  }

  dispose(): void {
    this.#made.dispose();
  }
}
