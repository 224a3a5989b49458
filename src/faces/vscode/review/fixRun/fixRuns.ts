import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../../core/base/disposable.ts';
import type { Services } from '../../services/services.ts';
import { watchAgent, type AgentStatus } from './agentStatus.ts';
import { closedCount, parseRun, type FixRun } from './run.ts';

const storageKey = 'wheelhouse.fixRun';
/** A turn of the agent that has been over for so long is over: between two steps it is idle for a moment only. */
const settleMs = 4_000;
/** So long terminals have, after the window was reloaded, to come back. */
const reconnectMs = 15_000;

/**
 * The run that is under way and the last one. A run ends when none of its comments is open any more,
 * when the agent's turn is over, or when its terminal closes. It outlives a reload of the window.
 */
export class FixRuns implements vscode.Disposable {
  readonly #services: Services;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #ended = new vscode.EventEmitter<FixRun>();
  readonly #owned = new DisposableStore();
  #watching: Disposable | undefined;
  #settling: NodeJS.Timeout | undefined;
  #last: FixRun | undefined;
  #terminal: vscode.Terminal | undefined;
  #agent: AgentStatus = { status: undefined, waitingFor: undefined };
  #wasBusy = false;

  /** Progress, or the agent's status, is another. */
  readonly onDidChange = this.#changed.event;
  readonly onDidEnd = this.#ended.event;

  constructor(services: Services) {
    this.#services = services;
    this.#last = parseRun(services.extension.workspaceState.get(storageKey));
    this.#owned.add(this.#changed);
    this.#owned.add(this.#ended);
    this.#owned.add(services.model.onDidChange(({ kind }) => kind === 'refreshed' && this.#look()));
    this.#owned.add(vscode.window.onDidCloseTerminal((terminal) => terminal === this.#terminal && this.#end()));
    if (this.active) void this.#reconnect(this.active);
  }

  /** The run that is under way. */
  get active(): FixRun | undefined {
    return this.#last?.endedAt === undefined ? this.#last : undefined;
  }

  /** The last run, under way or not. */
  get last(): FixRun | undefined {
    return this.#last;
  }

  get agent(): AgentStatus {
    return this.#agent;
  }

  /** How many comments of the run under way are no longer open, of how many. */
  get progress(): { readonly closed: number; readonly total: number } {
    const run = this.active;
    return run ? { closed: closedCount(run, this.#services.model.items), total: run.batch.length } : { closed: 0, total: 0 };
  }

  /** Takes over a terminal in which an agent has just been started. */
  async start(run: FixRun, terminal: vscode.Terminal): Promise<void> {
    this.#follow(run, terminal);
    await this.#save(run);
    // A terminal has no process before it was shown, which can take long.
    void terminal.processId.then((pid) => (pid !== undefined && this.active === run ? this.#save({ ...run, pid }) : undefined));
  }

  /** Shows the terminal of the run under way, and leaves the focus where it is. */
  reveal(): void {
    this.#terminal?.show(true);
  }

  dispose(): void {
    clearTimeout(this.#settling);
    this.#watching?.dispose();
    this.#owned.dispose();
  }

  #follow(run: FixRun, terminal: vscode.Terminal): void {
    this.#last = run;
    this.#terminal = terminal;
    this.#wasBusy = false;
    this.#agent = { status: undefined, waitingFor: undefined };
    this.#watching?.dispose();
    this.#watching = watchAgent(run.session, (status) => this.#heard(status));
    this.#changed.fire();
  }

  #heard(agent: AgentStatus): void {
    this.#agent = agent;
    this.#wasBusy ||= agent.status === 'busy' || agent.status === 'waiting';
    clearTimeout(this.#settling);
    if (agent.status === 'idle' && this.#wasBusy) this.#settling = setTimeout(() => this.#end(), settleMs);
    this.#changed.fire();
  }

  #look(): void {
    const { closed, total } = this.progress;
    if (!this.active) return;
    if (closed === total) this.#end();
    else this.#changed.fire();
  }

  #end(): void {
    const run = this.active;
    if (!run) return;
    this.#watching?.dispose();
    this.#watching = undefined;
    clearTimeout(this.#settling);
    this.#terminal = undefined;
    const ended = { ...run, endedAt: Date.now() };
    void this.#save(ended).then(() => this.#ended.fire(ended));
    this.#changed.fire();
  }

  async #save(run: FixRun): Promise<void> {
    this.#last = run;
    await this.#services.extension.workspaceState.update(storageKey, run);
  }

  /** Finds the terminal of a run that was under way when the window was reloaded; without it the run is over. */
  async #reconnect(run: FixRun): Promise<void> {
    const stillWanted = () => this.active === run && !this.#terminal;
    const deadline = Date.now() + reconnectMs;
    const look = (terminal: vscode.Terminal) =>
      void terminal.processId.then((pid) => {
        if (pid === undefined || pid !== run.pid || !stillWanted()) return;
        this.#follow(run, terminal);
        this.#wasBusy = true;
      });
    const opening = vscode.window.onDidOpenTerminal(look);
    vscode.window.terminals.forEach(look);
    while (stillWanted() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 250));
    opening.dispose();
    if (stillWanted()) this.#end();
  }
}
