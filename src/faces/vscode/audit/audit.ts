import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { setting } from '../support/settings.ts';
import type * as Lazy from './audit-lazy.ts';
import { auditPanel } from './panel.ts';

/** Everything else comes first. */
const RETIRE_AFTER_MS = 60_000;
const RETIRE_EVERY_MS = 12 * 3_600_000;

/** What every session tried: the page, and the end of old days. Nothing of it is loaded before it is used. */
export const audit: Feature = (services) => {
  const { errors } = services;
  const owned = new DisposableStore();
  let opening: Promise<Lazy.AuditPage> | undefined;
  const open = () => (opening ??= import('./audit-lazy.ts').then(({ AuditPage }) => new AuditPage(services)));

  owned.add(
    registerCommand(errors, 'wheelhouse.audit.open', async (argument) => {
      const filter = argument?.filter === 'marked' || argument?.filter === 'denied' ? argument.filter : 'all';
      const session = typeof argument?.session === 'string' ? argument.session : typeof argument?.id === 'string' ? argument.id : null;
      (await open()).show(session === null && argument?.filter === undefined ? undefined : { session, filter });
      return undefined;
    }),
  );
  owned.add(
    vscode.window.registerWebviewPanelSerializer(auditPanel, {
      deserializeWebviewPanel: async (panel) => {
        await errors.guard(async () => (await open()).serve(panel));
      },
    }),
  );

  const retire = async () => {
    const { retireDays, resolveDataRoot } = await import('./audit-lazy.ts');
    const gone = retireDays(resolveDataRoot(process.env).path, setting('wheelhouse.audit.days'), Date.now());
    if (gone.length > 0) services.output.info(`Audit: removed ${gone.length} days up to ${gone.at(-1) ?? ''}, as wheelhouse.audit.days says.`);
  };
  const guarded = () => void retire().catch((error: unknown) => errors.log(error));
  const timers = [setTimeout(guarded, RETIRE_AFTER_MS), setInterval(guarded, RETIRE_EVERY_MS)];
  owned.add({ dispose: () => timers.forEach((timer) => clearTimeout(timer)) });
  owned.add({ dispose: () => void opening?.then((page) => page.dispose(), () => undefined) });
  return new vscode.Disposable(() => owned.dispose());
};
