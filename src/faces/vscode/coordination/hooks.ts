/** Says in the list of sessions when the hooks of Claude Code do not do their work, and mends them. */
import * as vscode from 'vscode';
import { forgetHookError } from '../../../adapters/node/coordination/hook-error.ts';
import { hookHealth, type HookHealth } from '../../../adapters/node/coordination/hook-health.ts';
import type { Workspace } from '../../../adapters/node/workspace.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import type { Services } from '../services/services.ts';
import { executeCommand } from '../support/commands.ts';
import type { Notice } from '../sessions/rows.ts';
import { oneLine } from './details.ts';
import { hintsChanged, isSilenced, onHintsChange } from './silence.ts';

/** After the start the launcher is looked at, and written where it is missing; what is wrong then stays wrong. */
const FIRST_MS = 9_000;
const LOOK_MS = 60_000;

export class HookNotices implements Disposable {
  readonly #services: Services;
  readonly #changed: () => void;
  readonly #timers: NodeJS.Timeout[];
  readonly #hints: Disposable;
  #problem: string | undefined;

  constructor(services: Services, isVisible: () => boolean, changed: () => void) {
    this.#services = services;
    this.#changed = changed;
    this.#timers = [setTimeout(() => void this.look(), FIRST_MS), setInterval(() => isVisible() && void this.look(), LOOK_MS)];
    this.#hints = onHintsChange(() => {
      changed();
      void this.look();
    });
  }

  list(): readonly Notice[] {
    const problem = this.#problem;
    if (problem === undefined || isSilenced(this.#services, problem)) return [];
    return [{
      key: 'hooks',
      icon: 'tools',
      text: 'Hooks of Claude Code need mending',
      more: oneLine(problem),
      tooltip: `${problem}. Sessions work on, but their states are slower, and edits of claimed files are not stopped. Click to install the hooks anew.`,
      words: 'notice hookProblem',
      command: 'wheelhouse.coordination.mend',
      about: { title: problem },
    }];
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#hints.dispose();
  }

  /** Looks once, now. Never throws. */
  async look(): Promise<void> {
    const problem = (await firstProblem(this.#services).catch((error: unknown) => this.#services.errors.log(error)))?.health.problem;
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#changed();
  }
}

/** Installs again what is installed, where it is. @throws WheelhouseError `refused` when nothing is wrong. */
export async function mendHooks(services: Services): Promise<string | undefined> {
  const found = await firstProblem(services);
  if (!found) throw new WheelhouseError('refused', 'The hooks of Claude Code are in order, or not installed: there is nothing to mend.');
  const said = await executeCommand('wheelhouse.install.claude', { scope: found.health.scope });
  if (said !== undefined) forgetHookError(found.workspace.dataRoot);
  hintsChanged();
  return said;
}

async function firstProblem({ repositories }: Services): Promise<{ workspace: Workspace; health: HookHealth } | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  for (const workspace of await repositories.all()) {
    const health = await hookHealth({ workspace: workspace.review.workspace, dataRoot: workspace.dataRoot, env: process.env }, Date.now());
    if (health?.problem !== undefined) return { workspace, health };
  }
  return undefined;
}
