import * as vscode from 'vscode';
import { markLooked } from '../../../adapters/node/sessions/event-file.ts';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { Session } from '../../../core/sessions/index.ts';
import type { Face } from './face.ts';

/** Whether the user looks at a session: its terminal is the active one of the focused window. One that is done is then done and seen. */
export class Looks implements vscode.Disposable {
  readonly #face: Face;
  readonly #owned = new DisposableStore();
  #activePid: number | undefined;

  constructor(face: Face) {
    this.#face = face;
    this.#owned.add(vscode.window.onDidChangeActiveTerminal((terminal) => void this.#follow(terminal)));
    this.#owned.add(vscode.window.onDidChangeWindowState(() => this.#look()));
    this.#owned.add(face.onDidChange(() => this.#look()));
    void this.#follow(vscode.window.activeTerminal);
  }

  isWatched({ facts: { place } }: Session): boolean {
    return vscode.window.state.focused && place?.kind === 'vscode' && place.here && place.terminalPid === this.#activePid;
  }

  /** As `isWatched`, asked of the system: for a session that is too young to have been placed. */
  async isWatchedNow({ facts: { pid } }: Session): Promise<boolean> {
    const active = vscode.window.activeTerminal;
    return vscode.window.state.focused && active !== undefined && pid !== undefined && (await this.#face.terminals.find(pid)) === active;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #follow(terminal: vscode.Terminal | undefined): Promise<void> {
    const pid = await terminal?.processId;
    if (terminal !== vscode.window.activeTerminal) return;
    this.#activePid = pid;
    this.#look();
  }

  #look(): void {
    for (const session of this.#face.list()) {
      if (session.verdict.state === 'done' && this.isWatched(session)) markLooked(this.#face.dataRoot, session.id, Date.now());
    }
  }
}
