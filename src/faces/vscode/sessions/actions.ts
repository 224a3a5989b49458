/** What the commands on one session do, beside jumping, starting and stopping. */
import * as vscode from 'vscode';
import { statusLines } from '../../../adapters/node/sessions/tmux-window-option.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { nameOf } from '../../../core/sessions/index.ts';
import type { SessionArgument } from '../contributions.ts';
import { setting } from '../support/settings.ts';
import type { MarkdownPage } from '../support/markdownPage.ts';
import type { Face } from './face.ts';
import { isResumable } from './rows.ts';
import { resumeCommand } from './shellText.ts';
import { explainMarkdown } from './texts.ts';

export async function explainSession(face: Face, argument: SessionArgument | undefined, page: MarkdownPage): Promise<string | undefined> {
  const session = await face.choose(argument, 'Explain State of Session');
  if (!session) return undefined;
  const text = explainMarkdown(session, Date.now());
  await page.show(text);
  return text;
}

export async function renameSession(face: Face, argument: (SessionArgument & { readonly name?: string }) | undefined): Promise<string | undefined> {
  const session = await face.choose(argument, 'Rename Session');
  if (!session) return undefined;
  const asked = typeof argument?.name === 'string' ? argument.name : await vscode.window.showInputBox({ title: 'Rename Session', value: nameOf(session), prompt: 'How this session is called here; empty for its own name.' });
  if (asked === undefined) return undefined;
  const name = asked.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim().slice(0, 80);
  await face.rename(session, name);
  return name;
}

export async function copyResume(face: Face, argument: SessionArgument | undefined): Promise<string | undefined> {
  const session = await face.choose(argument, 'Copy Resume Command of Session', isResumable);
  if (!session) return undefined;
  if (!isResumable(session)) throw new WheelhouseError('refused', `Of ${nameOf(session)} no conversation is known that could be resumed.`);
  const line = resumeCommand(session.facts.cwd ?? '', session.id, process.platform === 'win32');
  await vscode.env.clipboard.writeText(line);
  vscode.window.setStatusBarMessage('The resume command is in the clipboard.', 4000);
  return line;
}

export async function revealTranscript(face: Face, argument: SessionArgument | undefined): Promise<undefined> {
  const session = await face.choose(argument, 'Open Transcript of Session', ({ facts }) => facts.transcript !== undefined);
  if (!session) return undefined;
  if (session.facts.transcript === undefined) throw new WheelhouseError('not-found', `${nameOf(session)} has no transcript yet.`);
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(session.facts.transcript));
  return undefined;
}

export async function setMuted(face: Face, argument: SessionArgument | undefined, muted: boolean): Promise<undefined> {
  const session = await face.choose(argument, muted ? 'Mute Sessions of This Project' : 'Unmute Sessions of This Project');
  const project = session && face.projectOf(session);
  if (!project) return undefined;
  const others = setting('wheelhouse.sessions.mutedProjects').filter((path) => path !== project.path);
  await vscode.workspace.getConfiguration().update('wheelhouse.sessions.mutedProjects', muted ? [...others, project.path] : others, vscode.ConfigurationTarget.Global);
  return undefined;
}

export async function copyTmuxLines(): Promise<string> {
  const text = `${statusLines().join('\n')}\n`;
  await vscode.env.clipboard.writeText(text);
  const turnOn = 'Turn On';
  const isOn = setting('wheelhouse.sessions.tmuxStatus');
  const message = `Two lines for your .tmux.conf are in the clipboard${isOn ? '.' : '. They show something once Wheelhouse sets the option of each window.'}`;
  void vscode.window.showInformationMessage(message, ...(isOn ? [] : [turnOn])).then(async (choice) => {
    if (choice === turnOn) await vscode.workspace.getConfiguration().update('wheelhouse.sessions.tmuxStatus', true, vscode.ConfigurationTarget.Global);
  });
  return text;
}
