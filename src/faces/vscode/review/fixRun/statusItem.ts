import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import type { FixRuns } from './fixRuns.ts';

const command: CommandId = 'wheelhouse.review.fixAll';

/** One item in the status bar while an agent works through the comments; a click shows its terminal. */
export function statusItem(runs: FixRuns): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('wheelhouse.fixRun', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Wheelhouse: Fix Run';
  item.command = { command, title: 'Show Terminal' };
  const update = () => {
    if (!runs.active) {
      item.hide();
      return;
    }
    const { closed, total } = runs.progress;
    const { status, waitingFor } = runs.agent;
    const waiting = status === 'waiting';
    item.text = waiting ? `$(bell-dot) Fixing reviews ${closed}/${total}: waits for you` : `$(loading~spin) Fixing reviews ${closed}/${total}`;
    item.tooltip = [
      `Claude Code works through ${total} review ${total === 1 ? 'comment' : 'comments'}; ${closed} ${closed === 1 ? 'is' : 'are'} closed.`,
      ...(waiting ? [`It waits for you in its terminal${waitingFor === undefined ? '' : ` (${waitingFor})`}.`] : []),
      'Click to show the terminal; close the terminal to stop.',
    ].join('\n');
    item.accessibilityInformation = { label: `Fixing review comments, ${closed} of ${total} closed${waiting ? ', the agent waits for you' : ''}` };
    item.show();
  };
  update();
  return vscode.Disposable.from(item, runs.onDidChange(update), runs.onDidEnd(update));
}
