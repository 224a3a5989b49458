import * as vscode from 'vscode';
import { audit } from './audit/audit.ts';
import { cards } from './cards/cards.ts';
import { checkpoints } from './checkpoints/checkpoints.ts';
import { coordination } from './coordination/coordination.ts';
import { install } from './install/install.ts';
import { policy } from './policy/policy.ts';
import { notes } from './notes/notes.ts';
import { prompts } from './prompts/prompts.ts';
import { commentThreads } from './review/commentThreads.ts';
import { decorations } from './review/decorations.ts';
import { edit } from './review/edit.ts';
import { fixRun } from './review/fixRun/fixRun.ts';
import { hover } from './review/hover.ts';
import { inlineText } from './review/inlineText.ts';
import { logComment } from './review/logComment.ts';
import { openLog } from './review/openLog.ts';
import { navigate } from './review/navigate.ts';
import { prompt } from './review/prompt.ts';
import { reattach } from './review/reattach.ts';
import { remove } from './review/remove.ts';
import { share } from './review/share.ts';
import { states } from './review/states.ts';
import { statsView } from './review/statsView.ts';
import { tree } from './review/tree.ts';
import { createServices, type Feature, type Services } from './services/services.ts';
import { sessions } from './sessions/sessions.ts';
import { smoke } from './smoke/smoke.ts';

/** What the extension does, one file each. */
const features: readonly Feature[] = [sessions, logComment, decorations, hover, inlineText, tree, navigate, states, edit, reattach, remove, openLog, share, prompt, commentThreads, fixRun, statsView, prompts, cards, notes, coordination, policy, audit, checkpoints, smoke, install];

let stop: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const { services, dispose } = createServices(context);
  stop = dispose;
  for (const feature of features) context.subscriptions.push(register(feature, services));
  // Reading the log is no part of starting up.
  setImmediate(() => services.model.start());
}

/** VS Code waits for this when the window closes. */
export async function deactivate(): Promise<void> {
  await stop?.();
}

/** A feature that fails to start is reported, and the others still work. */
function register(feature: Feature, services: Services): vscode.Disposable {
  try {
    return feature(services);
  } catch (error) {
    services.errors.show(error);
    return new vscode.Disposable(() => undefined);
  }
}
