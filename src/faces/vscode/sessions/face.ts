import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { recordLocation, resolveDataRoot } from '../../../adapters/node/locations.ts';
import { nodeProcesses } from '../../../adapters/node/processes.ts';
import { repositoryOf } from '../../../adapters/node/sessions/journal.ts';
import type { SessionChange } from '../../../adapters/node/sessions/monitor.ts';
import { openSessions, type Sessions } from '../../../adapters/node/sessions/sessions.ts';
import { DisposableStore } from '../../../core/base/disposable.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Processes } from '../../../core/ports/processes.ts';
import { findSessions, nameOf, reasonText, type Session } from '../../../core/sessions/index.ts';
import type { SessionArgument } from '../contributions.ts';
import type { Services } from '../services/services.ts';
import { setting } from '../support/settings.ts';
import { stateLooks, type Project } from './rows.ts';
import { terminalsSource, type Terminals } from './terminals.ts';
import { literal } from './texts.ts';

const namesKey = 'sessions.names';
/** The oldest names beyond this are forgotten. */
const MOST_NAMES = 300;

/** The sessions of this machine as this window sees them: with the user's names, and with their projects. */
export class Face implements vscode.Disposable {
  readonly services: Services;
  readonly processes: Processes = nodeProcesses();
  readonly dataRoot: string;
  readonly terminals: Terminals;
  readonly #sessions: Sessions;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<readonly SessionChange[]>());
  readonly #projects = new Map<string, Project>();
  /** The terminals that show background sessions, by the job's id. */
  readonly attached = new Map<string, vscode.Terminal>();
  /** The session that the user was taken to last, by key. */
  current: string | undefined;

  /** Sessions changed; or, with an empty list, only what this window adds to them. */
  readonly onDidChange = this.#changed.event;

  constructor(services: Services) {
    this.services = services;
    const onError = (error: unknown) => services.errors.log(error);
    this.dataRoot = dataRootFor(services);
    this.terminals = terminalsSource(this.processes, this.dataRoot, onError);
    const sockets = [{}, ...setting('wheelhouse.sessions.tmuxSockets').filter((socket) => socket.trim() !== '').map((socket) => (socket.includes('/') ? { path: socket } : { name: socket }))];
    this.#sessions = openSessions({
      env: process.env,
      dataRoot: this.dataRoot,
      processes: this.processes,
      tmux: process.platform === 'win32' ? false : { sockets, markWindows: setting('wheelhouse.sessions.tmuxStatus') },
      sources: [this.terminals],
      onError,
    });
    this.#owned.add(this.#sessions.monitor);
    this.#owned.add(this.#sessions.monitor.onDidChange((changes) => this.#changed.fire(changes.map((change) => ({ ...change, session: this.#named(change.session) })))));
  }

  async start(): Promise<void> {
    await this.#sessions.monitor.start();
    this.#changed.fire([]);
  }

  /** By need. */
  list(): readonly Session[] {
    return this.#sessions.monitor.list().map((session) => this.#named(session));
  }

  get(key: string): Session | undefined {
    return this.list().find((session) => session.key === key);
  }

  projectOf({ facts: { cwd } }: Session): Project | undefined {
    if (cwd === undefined) return undefined;
    let project = this.#projects.get(cwd);
    if (!project) {
      const repository = repositoryOf(cwd) ?? cwd;
      const path = basename(repository) === '.git' ? dirname(repository) : repository;
      this.#projects.set(cwd, (project = { path, name: basename(path) || path }));
    }
    return project;
  }

  isMuted(session: Session): boolean {
    const project = this.projectOf(session);
    return project !== undefined && setting('wheelhouse.sessions.mutedProjects').includes(project.path);
  }

  /** @param name Empty: the agent's own name again. */
  async rename({ id }: Session, name: string): Promise<void> {
    const { [id]: _, ...others } = this.#names();
    const names = name === '' ? others : { ...others, [id]: name };
    await this.services.extension.globalState.update(namesKey, Object.fromEntries(Object.entries(names).slice(-MOST_NAMES)));
    this.#changed.fire([]);
  }

  /**
   * The session that a command is about: the one that it was given, else one that the user picks.
   * @returns undefined when the user picks none. @throws WheelhouseError `not-found`.
   */
  async choose(argument: SessionArgument | undefined, title: string, fits: (session: Session) => boolean = () => true): Promise<Session | undefined> {
    const sessions = this.list();
    if (typeof argument?.id === 'string') {
      const [found] = findSessions(sessions, argument.id);
      if (!found) throw new WheelhouseError('not-found', 'That session is not there any more.');
      return found;
    }
    const choices = sessions.filter(fits).map((session) => ({
      label: literal(nameOf(session)),
      description: literal([stateLooks[session.verdict.state].name.toLowerCase(), reasonText(session.verdict.reason)].filter((part) => part !== '').join(': ')),
      detail: literal(session.facts.cwd ?? ''),
      iconPath: new vscode.ThemeIcon(stateLooks[session.verdict.state].icon),
      session,
    }));
    if (choices.length === 0) throw new WheelhouseError('not-found', 'There is no coding session for that. Start one with "Start Session".');
    return (await vscode.window.showQuickPick(choices, { title, placeHolder: 'Which session?', matchOnDescription: true, matchOnDetail: true }))?.session;
  }

  /** As `dispose`; resolved when what was put into the user's tmux is out again. */
  async close(): Promise<void> {
    this.#owned.dispose();
    await this.#sessions.tmux?.unmark().catch((error: unknown) => this.services.errors.log(error));
  }

  dispose(): void {
    void this.close();
  }

  #named(session: Session): Session {
    const name = this.#names()[session.id];
    return name === undefined ? session : { ...session, facts: { ...session.facts, name } };
  }

  #names(): Readonly<Record<string, string>> {
    return this.services.extension.globalState.get<Record<string, string>>(namesKey, {});
  }
}

/** The data folder that hooks, terminals and the other editors use too. */
function dataRootFor({ extension, errors }: Services): string {
  try {
    return recordLocation(process.env, { app: vscode.env.appName, folder: extension.globalStorageUri.fsPath, at: Date.now() }).path;
  } catch (error) {
    errors.log(error);
    return resolveDataRoot(process.env).path;
  }
}
