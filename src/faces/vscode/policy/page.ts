import { basename } from 'node:path';
import * as vscode from 'vscode';
import { protectionOf, readPolicy, verifyPolicy, wasApplied, type PolicyPlace, type VerifyRow } from '../../../adapters/node/policy/policy.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { isWheelhouseError, messageOf, WheelhouseError } from '../../../core/base/errors.ts';
import { policyProtocol, type PolicyProtocol, type PolicyReport, type PolicyRow } from '../../../protocol/policy.ts';
import type { HostLink } from '../../../protocol/index.ts';
import { needTrust } from '../install/trust.ts';
import { executeCommand, type Result } from '../support/commands.ts';
import { servePage } from '../support/page.ts';
import type { PolicyFace } from './face.ts';
import { policyPanel } from './files.ts';
import { openRule } from './openRule.ts';
import { choosePlace, placeOf } from './places.ts';
import { notesOf, rowsOf } from './report.ts';

/** So often at most the page is told of new rows. */
const PUSH_MS = 100;

/** The page of what holds: each rule on each layer. There is only one. */
export class PolicyPage implements Disposable {
  readonly #face: PolicyFace;
  #panel: vscode.WebviewPanel | undefined;
  #link: HostLink<PolicyProtocol> | undefined;
  #place: PolicyPlace | undefined;
  #problem: string | undefined;
  #running: { readonly stop: AbortController; readonly rows: VerifyRow[]; done: number; of: number } | undefined;

  constructor(face: PolicyFace) {
    this.#face = face;
  }

  async show(): Promise<undefined> {
    const place = await choosePlace(this.#face.services, 'Show Policy Protection');
    if (place) this.#open(place);
    return undefined;
  }

  /** Tries every rule, in front of the user. */
  async verify(): Promise<Result<'wheelhouse.policy.verify'>> {
    needTrust('Running the installed hooks');
    const place = await choosePlace(this.#face.services, 'Verify Policy');
    if (!place) return undefined;
    if ((await readPolicy(place)) === undefined) throw new WheelhouseError('not-found', 'There is no policy to verify. Use "Set Up Policy…" first.');
    this.#open(place);
    return this.#run(place);
  }

  /** Shows a panel of ours that VS Code has brought back, or a new one. */
  async serve(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#panel = panel;
    const [first] = await this.#face.services.repositories.all();
    this.#place ??= first && placeOf(first);
    const { services } = this.#face;
    const owned = new DisposableStore();
    const later = (work: () => Promise<unknown>) => {
      // A page does not wait for what may ask the user.
      void services.errors.guard(work);
      return undefined;
    };
    this.#link = owned.add(
      servePage(
        services.extension,
        panel.webview,
        { name: 'policy', title: 'Policy' },
        policyProtocol,
        {
          ready: () => this.#report(),
          verify: () => later(async () => {
            needTrust('Running the installed hooks');
            return this.#place && this.#run(this.#place);
          }),
          cancel: () => {
            this.#running?.stop.abort();
            return undefined;
          },
          apply: () => later(() => Promise.resolve(executeCommand('wheelhouse.policy.apply'))),
          setUp: () => later(() => Promise.resolve(executeCommand('wheelhouse.policy.init'))),
          openPolicy: () => later(() => Promise.resolve(executeCommand('wheelhouse.policy.open'))),
          openRule: ({ file, line }) => later(() => this.#openRule(file, line)),
        },
        (why) => services.errors.log(why),
      ),
    );
    panel.onDidDispose(() => {
      owned.dispose();
      if (this.#panel !== panel) return;
      this.#running?.stop.abort();
      this.#panel = this.#link = undefined;
    });
  }

  /** Something that the page shows may have changed. */
  async refresh(): Promise<void> {
    if (this.#link && this.#panel) this.#link.push('report', await this.#report());
  }

  dispose(): void {
    this.#running?.stop.abort();
    this.#panel?.dispose();
  }

  #open(place: PolicyPlace): void {
    this.#place = place;
    this.#problem = undefined;
    if (this.#panel) {
      this.#panel.reveal();
      void this.refresh();
    } else {
      const panel = vscode.window.createWebviewPanel(policyPanel, 'Policy', vscode.ViewColumn.Active, { enableScripts: true });
      void this.#face.services.errors.guard(() => this.serve(panel));
    }
  }

  async #run(place: PolicyPlace): Promise<Result<'wheelhouse.policy.verify'>> {
    if (this.#running) return undefined;
    const running = (this.#running = { stop: new AbortController(), rows: [] as VerifyRow[], done: 0, of: 0 });
    this.#problem = undefined;
    await this.refresh();
    let told = 0;
    const onRow = (row: VerifyRow, done: number, of: number) => {
      running.rows.push(row);
      [running.done, running.of] = [done, of];
      if (Date.now() - told < PUSH_MS) return;
      told = Date.now();
      void this.refresh();
    };
    try {
      const { protected: holds, rows } = await verifyPolicy(place, { signal: running.stop.signal, onRow });
      return { protected: holds, rules: rowsOf(rows).length };
    } catch (error) {
      // The page says so itself.
      if (!isWheelhouseError(error)) this.#face.services.errors.log(error);
      this.#problem = messageOf(error);
      return undefined;
    } finally {
      this.#running = undefined;
      await this.#face.refresh();
    }
  }

  async #report(): Promise<PolicyReport> {
    const place = this.#place;
    if (!place) return { folder: '', state: 'no-policy', at: undefined, running: undefined, rows: [], obstacles: [], notes: [], applied: undefined, problem: this.#problem };
    const [policy, { state, verification }] = [await readPolicy(place), await protectionOf(place)];
    const running = this.#running;
    const rows = running ? rowsOf(running.rows) : rowsOf(verification?.rows ?? []);
    return {
      folder: basename(place.root),
      state,
      at: verification?.at,
      running: running && { done: running.done, of: running.of },
      rows,
      obstacles: running || !verification ? [] : verification.notes,
      notes: running || !verification ? [] : notesOf(verification, policy, place.root),
      applied: verification === undefined ? await wasApplied(place) : isApplied(verification.notes, rows),
      problem: this.#problem,
    };
  }

  /** A page can ask for the lines of policies only. */
  async #openRule(file: string, line: number): Promise<void> {
    const files = (this.#place && (await readPolicy(this.#place))?.files) ?? [];
    if (files.some((each) => each.file === file)) await openRule({ file, line });
  }
}

/** By what verifying saw; undefined where an obstacle may be the reason that nothing was seen. */
function isApplied(obstacles: readonly string[], rows: readonly PolicyRow[]): boolean | undefined {
  if (rows.length === 0 || obstacles.length > 0) return undefined;
  return rows.some(({ layers }) => layers.hook !== 'absent' || layers.rules === 'set');
}
