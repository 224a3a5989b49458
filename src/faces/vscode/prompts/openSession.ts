/** From a prompt to the session that it was typed in. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { claudeConfigFolder } from '../../../adapters/node/sessions/claude-config.ts';
import { isRunning } from '../../../adapters/node/sessions/process-start.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Prompt } from '../../../core/prompts/index.ts';
import { isSessionId, readRegistryRow } from '../../../core/sessions/index.ts';
import { needTrust } from '../install/trust.ts';
import { claudeProgram } from '../sessions/start.ts';
import type { Errors } from '../services/errors.ts';
import { executeCommand } from '../support/commands.ts';

/**
 * Goes to the session where it runs. For one that has ended it offers to resume it, and does not wait for the answer.
 * @throws WheelhouseError `not-found` when nothing of it is left.
 */
export async function openSession(errors: Errors, { session, agent, project }: Pick<Prompt, 'session' | 'agent' | 'project'>): Promise<void> {
  if (agent !== 'claude' || !isSessionId(session)) throw new WheelhouseError('not-found', 'It is not known in which session this prompt was typed.');
  const folder = claudeConfigFolder(process.env);
  if (await runs(folder, session)) {
    await executeCommand('wheelhouse.sessions.jump', { id: session });
    return;
  }
  if (!(await hasTranscript(folder, session))) throw new WheelhouseError('not-found', 'This session has ended, and Claude Code has deleted its transcript. The prompts of it are kept here.');
  if ((await stat(project).catch(() => undefined))?.isDirectory() !== true) throw new WheelhouseError('not-found', `This session has ended, and its folder ${project} is not there any more.`);
  const resume = 'Resume in Terminal';
  void vscode.window.showInformationMessage('This session has ended.', resume).then((choice) => (choice === resume ? errors.guard(() => resumeIn(project, session)) : undefined));
}

/** @throws WheelhouseError `missing-program`; `refused` in Restricted Mode. */
async function resumeIn(folder: string, session: string): Promise<void> {
  needTrust('Resuming a session');
  const shellPath = await claudeProgram();
  vscode.window.createTerminal({ name: `Claude: ${basename(folder)}`, shellPath, shellArgs: ['--resume', session], cwd: folder, iconPath: new vscode.ThemeIcon('robot') }).show();
}

async function runs(configFolder: string, session: string): Promise<boolean> {
  const folder = join(configFolder, 'sessions');
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = Number(/^(\d+)\.json$/.exec(name)?.[1]);
    if (!Number.isInteger(pid)) continue;
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (text.includes(session) && readRegistryRow(text, pid, 0)?.facts.sessionId === session && isRunning(pid)) return true;
  }
  return false;
}

async function hasTranscript(configFolder: string, session: string): Promise<boolean> {
  const projects = join(configFolder, 'projects');
  for (const folder of await readdir(projects).catch(() => [])) {
    if (await stat(join(projects, folder, `${session}.jsonl`)).then(() => true, () => false)) return true;
  }
  return false;
}
