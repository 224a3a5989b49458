import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { loadCore } from '../services/core.ts';
import type { Services } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import type { FixRuns } from './fixRun/fixRuns.ts';
import { outcomesOf, type FixRun, type Outcome } from './fixRun/run.ts';
import { headline, summaryMarkdown } from './fixRun/summaryText.ts';

const scheme = 'wheelhouse-summary';
const uri = vscode.Uri.from({ scheme, path: '/Fix Summary.md' });
const showSummary = 'Show Summary';

/** What a run has done: one notification at its end, and a page to read. */
export function summary(services: Services, runs: FixRuns): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const outcomes = (run: FixRun) => readOutcomes(services, run);
  const text = async () => {
    const run = runs.last;
    if (!run) throw new WheelhouseError('not-found', 'No agent has worked through the review comments of this workspace yet: run Fix All Pending Reviews.');
    return summaryMarkdown(run, await outcomes(run), localTime);
  };
  const show = async () => {
    const shown = await text();
    changed.fire(uri);
    await openPage();
    return shown;
  };
  const hasSummary = () => services.contextKeys.set('wheelhouse.review.hasSummary', runs.last !== undefined);
  hasSummary();

  const notify = async (run: FixRun) => {
    await services.model.refresh();
    const choice = await vscode.window.showInformationMessage(`${headline(await outcomes(run))}.`, showSummary);
    if (choice === showSummary) await show();
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, { onDidChange: changed.event, provideTextDocumentContent: text }),
    registerCommand(services.errors, 'wheelhouse.review.showSummary', show),
    runs.onDidChange(hasSummary),
    runs.onDidEnd((run) => {
      changed.fire(uri);
      void services.errors.guard(() => notify(run));
    }),
  );
}

async function readOutcomes({ repositories, model }: Services, run: FixRun): Promise<Outcome[]> {
  const workspace = (await repositories.all()).find(({ review }) => review.repository.root === run.root);
  if (!workspace) return outcomesOf(run, model.items, []);
  const core = await loadCore();
  const items = await core.review.listComments(workspace.review, { state: 'all', here: true });
  return outcomesOf(run, items, (await workspace.review.store()).transitions());
}

/** As a rendered page; where the editor has no Markdown preview, as text. */
async function openPage(): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

function localTime(at: number): string {
  const time = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
