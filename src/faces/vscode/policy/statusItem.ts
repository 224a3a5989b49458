import * as vscode from 'vscode';
import type { Protection } from '../../../adapters/node/policy/policy.ts';
import type { CommandId } from '../contributions.ts';
import { setting } from '../support/settings.ts';
import { protectionText } from './protectionText.ts';

const command: CommandId = 'wheelhouse.policy.show';

/** Whether what the policy says is proven. Nothing where there is no policy. */
export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('wheelhouse.policy', vscode.StatusBarAlignment.Right, 89);

  constructor() {
    this.#item.name = 'Wheelhouse: Policy';
    this.#item.command = { command, title: 'Show Policy Protection' };
  }

  show(protection: Protection | undefined, now: number): void {
    const text = protection && protectionText(protection, now);
    if (!text || !setting('wheelhouse.policy.statusBar')) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(${text.icon}) ${text.short}`;
    this.#item.tooltip = text.long;
    this.#item.accessibilityInformation = { label: text.long };
    this.#item.backgroundColor = text.warns ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
