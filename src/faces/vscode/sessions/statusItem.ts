import * as vscode from 'vscode';
import type { CommandId } from '../contributions.ts';
import { setting } from '../support/settings.ts';
import type { Face } from './face.ts';
import { countStates, statusText } from './rows.ts';

const command: CommandId = 'wheelhouse.sessions.jumpNextWaiting';
const list: CommandId | 'wheelhouse.sessions.focus' = 'wheelhouse.sessions.focus';

/** `2 waiting · 5 working`; a click jumps, or shows the list when nobody waits. */
export function statusItem(face: Face): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('wheelhouse.sessions', vscode.StatusBarAlignment.Left, 20);
  item.name = 'Wheelhouse: Sessions';
  const update = () => {
    const sessions = face.list();
    const text = setting('wheelhouse.sessions.statusBar') ? statusText(sessions) : undefined;
    if (text === undefined) {
      item.hide();
      return;
    }
    const { waiting, done } = countStates(sessions);
    item.text = `$(${waiting > 0 ? 'bell-dot' : 'pulse'}) ${text}`;
    item.command = waiting > 0 ? { command, title: 'Jump to Next Waiting Session' } : { command: list, title: 'Show Sessions' };
    item.tooltip = [`Coding sessions: ${text}${done > 0 ? ` · ${done} done, not looked at` : ''}.`, waiting > 0 ? 'Click to jump to the next one that waits.' : 'Click to show them.'].join('\n');
    item.accessibilityInformation = { label: `Coding sessions: ${text}` };
    item.show();
  };
  update();
  return vscode.Disposable.from(item, face.onDidChange(update));
}
