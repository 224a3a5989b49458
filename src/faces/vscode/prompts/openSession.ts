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
import { executeCommand } from '../support/commands.ts';

/**
 * Goes to the session where it runs. One that has ended is resumed, when the user says so.
 * @throws WheelhouseError `not-found` when nothing of it is left.
 */
export async function openSession({ session, agent, project }: Pick<Prompt, 'session' | 'agent' | 'project'>): Promise<void> {
  if (agent !== 'claude' || !isSessionId(session)) throw new WheelhouseError('not-found', 'It is not known in which session this prompt was typed.');
  const folder = claudeConfigFolder(process.env);
  if (await runs(folder, session)) {
    await executeCommand('wheelhouse.sessions.jump', { id: session });
    return;
  }
  if (!(await hasTranscript(folder, session))) throw new WheelhouseError('not-found', 'This session has ended, and Claude Code has deleted its transcript. The prompts of it are kept here.');
  const resume = 'Resume in Terminal';
  if ((await vscode.window.showInformationMessage('This session has ended.', resume)) !== resume) return;
  needTrust('Resuming a session');
  const shellPath = await claudeProgram();
  const isThere = (await stat(project).catch(() => undefined))?.isDirectory() === true;
  if (!isThere) throw new WheelhouseError('not-found', `The folder of this session, ${project}, is not there any more.`);
  vscode.window.createTerminal({ name: `Claude: ${basename(project)}`, shellPath, shellArgs: ['--resume', session], cwd: project, iconPath: new vscode.ThemeIcon('robot') }).show();
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
