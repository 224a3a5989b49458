import { join } from 'node:path';
import * as vscode from 'vscode';
import { auditFolder } from '../../../adapters/node/audit/ledger.ts';
import { AuditReader } from '../../../adapters/node/audit/read.ts';
import { settleSessions } from '../../../adapters/node/audit/settle-sessions.ts';
import { verifyAudit } from '../../../adapters/node/audit/verify.ts';
import { watchAudit } from '../../../adapters/node/audit/watch.ts';
import { hookHealth } from '../../../adapters/node/coordination/hook-health.ts';
import { resolveDataRoot } from '../../../adapters/node/locations.ts';
import { auditCsv, auditJson, verificationText, type AuditVerification } from '../../../core/audit/index.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { nameOf } from '../../../core/sessions/index.ts';
import { auditProtocol, ROWS_AT_ONCE, type AuditAsk, type AuditProtocol } from '../../../protocol/audit.ts';
import type { HostLink } from '../../../protocol/index.ts';
import type { Services } from '../services/services.ts';
import { directory } from '../sessions/directory.ts';
import { executeCommand } from '../support/commands.ts';
import { delayed } from '../support/debounce.ts';
import { servePage } from '../support/page.ts';
import { auditPanel } from './panel.ts';
import { AuditRows, detailOf } from './rows.ts';

/** Sessions at work write many lines a second; a person reads none of them that fast. */
const SOON_MS = 150;

/** The page of the audit; there is only one. */
export class AuditPage implements Disposable {
  readonly #services: Services;
  #panel: vscode.WebviewPanel | undefined;
  #link: HostLink<AuditProtocol> | undefined;
  #ask: AuditAsk | undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  /** @param ask What to show; undefined leaves it to what the page showed last. */
  show(ask: AuditAsk | undefined): void {
    this.#ask = ask;
    if (this.#panel) {
      this.#panel.reveal();
      if (ask) this.#link?.push('show', ask);
    } else this.serve(vscode.window.createWebviewPanel(auditPanel, 'Audit', vscode.ViewColumn.Active, { enableScripts: true }));
  }

  serve(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const owned = new DisposableStore();
    const { extension, errors } = this.#services;
    const dataRoot = resolveDataRoot(process.env).path;
    const reader = new AuditReader(dataRoot);
    const rows = new AuditRows();
    let verified: AuditVerification | undefined;
    /** One look after the other, as each goes on from where the last one was. */
    let looking = Promise.resolve(0);
    const look = () => (looking = looking.catch(() => 0).then(async () => rows.update(await reader.refresh())));
    const callOf = (n: number) => {
      const call = rows.call(n);
      if (call === undefined) throw new WheelhouseError('not-found', 'This call is not on the record any more. Open the page again.');
      return call;
    };
    const link: HostLink<AuditProtocol> = owned.add(
      servePage(
        extension,
        panel.webview,
        { name: 'audit', title: 'Audit' },
        auditProtocol,
        {
          ready: async () => {
            settleSessions(dataRoot, Date.now());
            await look();
            const ask = this.#ask ?? null;
            this.#ask = undefined;
            return { total: rows.total, revision: rows.revision, hooks: await this.#hasHooks(dataRoot), ask, problem: reader.unreadable().join(', ') };
          },
          rows: ({ from }) => JSON.stringify(rows.slice(from, ROWS_AT_ONCE, sessionName)),
          changes: ({ since }) => {
            const changed = rows.since(since, sessionName);
            return { rows: changed ?? [], revision: rows.revision, again: changed === undefined };
          },
          detail: ({ n }) => {
            const call = callOf(n);
            return detailOf(call, n, directory.list().some(({ id, verdict }) => id === call.session && verdict.state !== 'ended'));
          },
          verify: async () => {
            verified = await verifyAudit(dataRoot, Date.now());
            const { state, breaks, checkedAt } = verified;
            return { state, text: verificationText(verified), breaks: breaks.map(({ file, line, message }) => ({ file, line, message })), checkedAt };
          },
          openBreak: async ({ index }) => {
            const found = verified?.breaks[index];
            if (found === undefined) return undefined;
            if (['file-missing', 'day-missing', 'ledger-missing', 'unreadable'].includes(found.kind)) await vscode.env.openExternal(vscode.Uri.file(auditFolder(dataRoot)));
            else await openAt(join(auditFolder(dataRoot), found.file), found.line);
            return undefined;
          },
          openPath: async ({ n, path }) => {
            const found = callOf(n).paths[path];
            if (found !== undefined) await openAt(found.real ?? found.asked);
            return undefined;
          },
          openRule: async ({ n }) => {
            const [, file, line] = /^(.+):(\d+)$/.exec(callOf(n).ruleAt ?? '') ?? [];
            if (file !== undefined) await openAt(file, Number(line));
            return undefined;
          },
          openSession: async ({ n }) => {
            await executeCommand('wheelhouse.sessions.jump', { id: callOf(n).session });
            return undefined;
          },
          install: async () => {
            await executeCommand('wheelhouse.install.claude', {});
            return undefined;
          },
          exportRows: async ({ format, rows: wanted }) => {
            const calls = wanted.map(callOf);
            const uri = await vscode.window.showSaveDialog({ title: 'Export Audit', filters: format === 'csv' ? { CSV: ['csv'] } : { JSON: ['json'] }, saveLabel: 'Export' });
            if (!uri) return { path: null };
            await vscode.workspace.fs.writeFile(uri, Buffer.from(format === 'csv' ? auditCsv(calls) : `${JSON.stringify(calls.map(auditJson), null, 2)}\n`));
            return { path: uri.fsPath };
          },
        },
        (why) => errors.log(why),
      ),
    );
    this.#link = link;
    const tell = () => void look().then((revision) => panel.visible && link.push('changed', { revision }), (error: unknown) => errors.log(error));
    const soon = owned.add(delayed(tell, 2 * SOON_MS));
    owned.add(watchAudit(dataRoot, () => soon.schedule(SOON_MS)));
    panel.onDidDispose(() => {
      owned.dispose();
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#link = undefined;
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  async #hasHooks(dataRoot: string): Promise<boolean> {
    for (const { review } of await this.#services.repositories.all()) if ((await hookHealth({ workspace: review.workspace, dataRoot, env: process.env }, Date.now())) !== undefined) return true;
    return false;
  }
}

function sessionName(session: string): string | undefined {
  const found = directory.list().find(({ id }) => id === session);
  return found && nameOf(found);
}

async function openAt(file: string, line = 1): Promise<void> {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(at, at), preview: true });
}
