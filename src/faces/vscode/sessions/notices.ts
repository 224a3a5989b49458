import * as vscode from 'vscode';
import type { SessionChange } from '../../../adapters/node/sessions/monitor.ts';
import { DisposableStore } from '../../../core/base/disposable.ts';
import { nameOf, reasonText, type Session } from '../../../core/sessions/index.ts';
import { executeCommand } from '../support/commands.ts';
import { setting } from '../support/settings.ts';
import { claimNotice } from './claim.ts';
import type { Face } from './face.ts';
import type { Looks } from './looks.ts';
import { literal } from './texts.ts';
import { maySay, Waits } from './waits.ts';

/** So long a wait must last; a window without the focus leaves the first word to the one that has it. */
const FOCUSED_MS = 300;
const OTHERWISE_MS = 700;
const UNSURE_MS = 2_000;
/** The transcript says what a permission is for, and is written a moment after the dialog has opened. */
const DETAIL_MS = 700;

/** Says once that a session starts to wait. */
export class Notices implements vscode.Disposable {
  readonly #face: Face;
  readonly #looks: Looks;
  readonly #waits = new Waits();
  readonly #owned = new DisposableStore();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(face: Face, looks: Looks) {
    this.#face = face;
    this.#looks = looks;
    // What waits already is in the badge; it does not start to wait now.
    for (const session of face.list()) this.#waits.begins(session, Date.now());
    this.#owned.add(face.onDidChange((changes) => changes.forEach((change) => this.#heard(change))));
  }

  dispose(): void {
    this.#owned.dispose();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #heard({ session, gone }: SessionChange): void {
    const { key } = session;
    if (gone) this.#waits.forget(key);
    if (gone || !this.#waits.begins(session, Date.now())) return;
    this.#sayIn(key, vscode.window.state.focused ? FOCUSED_MS : OTHERWISE_MS);
  }

  #sayIn(key: string, ms: number, isLast = false): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.set(key, setTimeout(() => void this.#say(key, isLast).catch((error: unknown) => this.#face.services.errors.log(error)), ms));
  }

  async #say(key: string, isLast: boolean): Promise<void> {
    this.#timers.delete(key);
    const session = this.#face.get(key);
    if (!session) return;
    const { state, unsure, reason } = session.verdict;
    if (state === 'waiting' && reason?.kind === 'approve' && reason.detail === undefined && !isLast) {
      this.#sayIn(key, DETAIL_MS, true);
      return;
    }
    // It may yet become sure.
    if (state === 'waiting' && unsure) this.#sayIn(key, UNSURE_MS);
    const audience = { state, unsure, muted: this.#face.isMuted(session), watched: await this.#looks.isWatchedNow(session), enabled: setting('wheelhouse.sessions.notify') };
    if (maySay(audience) && claimNotice(this.#face.dataRoot, session, Date.now())) void this.#show(session);
  }

  async #show(session: Session): Promise<void> {
    const reason = reasonText(session.verdict.reason);
    const choice = await vscode.window.showInformationMessage(literal(`${nameOf(session)} waits for you${reason === '' ? '.' : `: ${reason}`}`), 'Jump', 'Mute Project');
    if (choice === 'Jump') await executeCommand('wheelhouse.sessions.jump', { id: session.id });
    else if (choice === 'Mute Project') await executeCommand('wheelhouse.sessions.mute', { id: session.id });
  }
}
