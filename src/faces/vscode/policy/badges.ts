import * as vscode from 'vscode';
import { decidePath, ruleText, type Policy } from '../../../core/policy/index.ts';
import { isIn } from '../services/pathNames.ts';
import { setting } from '../support/settings.ts';
import type { Standing } from './face.ts';

/** A small mark in the explorer on what agents may not read. It looks at names only, not at the disk. */
export class Badges implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #registered: vscode.Disposable;
  #standings: readonly Standing[] = [];
  #shown = '';

  constructor() {
    this.#registered = vscode.window.registerFileDecorationProvider({ onDidChangeFileDecorations: this.#changed.event, provideFileDecoration: (uri) => this.#decoration(uri) });
  }

  show(standings: readonly Standing[]): void {
    this.#standings = setting('wheelhouse.policy.fileBadges') ? standings : [];
    // All that is visible is asked for again, so only when something is different.
    const shown = JSON.stringify(this.#standings.map(({ policy, protection }) => [policy?.rules, protection.state]));
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }

  #decoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== 'file') return undefined;
    const standing = this.#standings.find(({ place }) => isIn(place.root, uri.fsPath)) ?? this.#standings[0];
    const rule = standing?.policy && deniedBy(standing.policy, uri.fsPath);
    if (standing === undefined || rule === undefined) return undefined;
    const proven = standing.protection.state === 'protected' ? '' : '. The policy is not verified';
    return new vscode.FileDecoration('⊘', `Agents may not read this by the policy: ${rule}${proven}`);
  }
}

function deniedBy(policy: Policy, fsPath: string): string | undefined {
  const path = fsPath.replaceAll('\\', '/');
  const verdict = decidePath(policy, path, { names: [path], kind: 'file' }, 'read');
  return verdict?.decision === 'deny' && verdict.rule ? ruleText(verdict.rule) : undefined;
}
