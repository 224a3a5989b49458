import * as vscode from 'vscode';
import type { ContextKey, ContextKeys as Keys } from '../contributions.ts';

/** Context keys for `when` clauses. Each change is a round trip to the window, so only changes are sent. */
export class ContextKeys {
  readonly #sent = new Map<ContextKey, string>();

  set<Key extends ContextKey>(key: Key, value: Keys[Key]): void {
    const text = JSON.stringify(value);
    if (this.#sent.get(key) === text) return;
    this.#sent.set(key, text);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
