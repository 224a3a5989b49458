import * as vscode from 'vscode';
import { markLooked } from '../../../adapters/node/sessions/event-file.ts';
import { selectPane } from '../../../adapters/node/sessions/tmux-select.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { nameOf, nextWaiting, toJson, type Place, type Session, type SessionJson } from '../../../core/sessions/index.ts';
import type { SessionArgument } from '../contributions.ts';
import { findProgram } from '../support/programs.ts';
import type { Face } from './face.ts';
import { claudeProgram } from './start.ts';
import { literal, placeText, whereabouts } from './texts.ts';

export async function jumpTo(face: Face, argument: SessionArgument | undefined): Promise<SessionJson | undefined> {
  const session = await face.choose(argument, 'Jump to Session');
  if (!session) return undefined;
  await show(face, session);
  return toJson(session);
}

export async function jumpToNextWaiting(face: Face): Promise<SessionJson | undefined> {
  const active = await vscode.window.activeTerminal?.processId;
  const sessions = face.list();
  // From the one that the user looks at, else from the one that the user was taken to last.
  const here = sessions.find(({ facts: { place } }) => place?.kind === 'vscode' && place.here && place.terminalPid === active);
  const session = nextWaiting(sessions, here?.key ?? face.current);
  if (!session) {
    vscode.window.setStatusBarMessage('No session waits for you.', 4000);
    return undefined;
  }
  await show(face, session);
  return toJson(session);
}

async function show(face: Face, session: Session): Promise<void> {
  face.current = session.key;
  const { place, pid } = session.facts;
  const shown = place?.kind === 'tmux' ? await showPane(face, session, place) : (await showTerminal(face, place, pid)) || (await showElsewhere(face, session)) || (await attach(face, session));
  if (shown) markLooked(face.dataRoot, session.id, Date.now());
  else if (place?.kind !== 'tmux') void vscode.window.showInformationMessage(literal(`${nameOf(session)} is in no terminal of this window: ${whereabouts(session, Date.now())}.`));
}

async function showTerminal(face: Face, place: Place | undefined, pid: number | undefined): Promise<boolean> {
  const known = place?.kind === 'vscode' ? face.terminals.byPid(place.terminalPid) : undefined;
  const terminal = known ?? (pid === undefined ? undefined : await face.terminals.find(pid));
  terminal?.show();
  return terminal !== undefined;
}

/** In another window: it shows its terminal, and comes to the front where the platform lets it. */
async function showElsewhere(face: Face, session: Session): Promise<boolean> {
  const { place } = session.facts;
  const window = place?.kind === 'vscode' && !place.here ? face.terminals.showElsewhere(place.terminalPid) : undefined;
  if (!window) return false;
  const folder = window.folder === undefined ? undefined : vscode.Uri.parse(window.folder);
  // A desktop editor focuses the window that has this open; in a browser, it would be opened once more.
  if (vscode.env.uiKind === vscode.UIKind.Desktop && folder) await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true });
  else void vscode.window.showInformationMessage(literal(`${nameOf(session)} is shown in another window${folder ? `, that of ${folder.path.split('/').at(-1) ?? folder.path}` : ''}.`));
  return true;
}

/** A background session of Claude Code is in no terminal; its service shows it in any. */
async function attach(face: Face, session: Session): Promise<boolean> {
  const { agent, jobId, cwd } = session.facts;
  if (agent !== 'claude' || jobId === undefined || session.verdict.state === 'ended') return false;
  const name = `Claude: ${nameOf(session)}`;
  const attached = face.attached.get(jobId);
  if (attached !== undefined && attached.exitStatus === undefined) {
    attached.show();
    return true;
  }
  const terminal = vscode.window.createTerminal({ name, shellPath: await claudeProgram(), shellArgs: ['attach', jobId], ...(cwd !== undefined && { cwd }), iconPath: new vscode.ThemeIcon('robot') });
  face.attached.set(jobId, terminal);
  terminal.show();
  return true;
}

/** Selects the pane, and shows the terminal that shows it; one that nobody shows gets a terminal of its own. */
async function showPane(face: Face, session: Session, place: Extract<Place, { kind: 'tmux' }>): Promise<boolean> {
  const selected = await selectPane(face.processes, place);
  if (selected.state === 'gone') {
    void vscode.window.showInformationMessage(literal(`${nameOf(session)} was in ${placeText(place)}, but its pane is gone.`));
    return false;
  }
  if (selected.state === 'shown') {
    const terminal = await face.terminals.onDevice(selected.terminal);
    if (terminal) terminal.show();
    else void vscode.window.showInformationMessage(literal(`${nameOf(session)} is selected in ${placeText(place)}, in another terminal program (${selected.terminal}).`));
    return true;
  }
  const [program, ...args] = selected.attach;
  const shellPath = await findProgram(program, process.env);
  if (shellPath === undefined) throw new WheelhouseError('missing-program', 'tmux was not found, so its session cannot be shown here.');
  // Within a tmux, tmux would refuse to attach.
  vscode.window.createTerminal({ name: `tmux: ${place.session}`, shellPath, shellArgs: args, env: { TMUX: null, TMUX_PANE: null }, iconPath: new vscode.ThemeIcon('terminal-tmux') }).show();
  return true;
}
