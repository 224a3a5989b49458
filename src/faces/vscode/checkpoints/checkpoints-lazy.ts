/** What is loaded when a checkpoint is first saved or opened, or the context looked at. */
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { checkpointsIn, isOf, latestCheckpoint, type Checkpoint } from '../../../adapters/node/checkpoints/checkpoint-files.ts';
import { saveCheckpoint } from '../../../adapters/node/checkpoints/save.ts';
import { foundSession, sessionsIn } from '../../../adapters/node/checkpoints/which-session.ts';
import { realPathOf, repositoryAround, scopeAround } from '../../../adapters/node/coordination/repository.ts';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { sessionContext } from '../../../adapters/node/notes/session-context.ts';
import { observeSessions } from '../../../adapters/node/sessions/observed.ts';
import { writeUserSettings } from '../../../adapters/node/user-settings.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { age, findSessions, nameOf, reasonText, type Session } from '../../../core/sessions/index.ts';
import type { SessionArgument } from '../contributions.ts';
import { needTrust } from '../install/trust.ts';
import { loadCore } from '../services/core.ts';
import type { Services } from '../services/services.ts';
import { stateLooks } from '../sessions/rows.ts';
import { literal } from '../sessions/texts.ts';
import { chosenSetting } from '../support/settings.ts';
import type { Argument, Result } from '../support/commands.ts';
import type { MarkdownPage } from '../support/markdownPage.ts';
import { contextMarkdown } from './contextText.ts';

export async function saveOne(services: Services, argument: Argument<'wheelhouse.sessions.saveCheckpoint'> | undefined): Promise<Result<'wheelhouse.sessions.saveCheckpoint'>> {
  needTrust('Saving a checkpoint');
  const dataRoot = await dataRootOf(services);
  const session = await chosen(dataRoot, argument);
  if (session === undefined) return undefined;
  const { session: id, folder, transcript, known } = foundSession(session);
  if (folder === undefined || !existsSync(folder)) throw new WheelhouseError('not-found', `The folder in which ${nameOf(session)} works is not known, or is not there any more, so no checkpoint can be written.`);
  const { openWorkspace } = await loadCore();
  const workspace = await openWorkspace({ env: process.env, folder: realPathOf(folder), actor: 'user', dataOverride: dataRoot, wasmDirectory: vscode.Uri.joinPath(services.extension.extensionUri, 'dist').fsPath });
  try {
    const summary = typeof argument?.summary === 'string' && argument.summary.trim() !== '' ? argument.summary : undefined;
    const saved = await saveCheckpoint({ workspace, env: process.env, session: id, trigger: 'asked', known, ...(transcript !== undefined && { transcript }), ...(summary !== undefined && { words: { summary } }) });
    if (saved === undefined) throw new WheelhouseError('refused', `${nameOf(session)} has done nothing yet, so there is nothing to write down.`);
    offerToOpen(services, saved.path, saved.isNew ? `Checkpoint of ${nameOf(session)} saved. The next session in ${basename(folder)} starts with it.` : `Nothing has happened in ${nameOf(session)} since its last checkpoint, which still stands.`);
    return { id: saved.id, session: id, path: saved.path, isNew: saved.isNew };
  } finally {
    await workspace.dispose();
  }
}

/** The last checkpoint of a session, or of the repository at hand, in an editor. */
export async function openLatest(services: Services, argument: SessionArgument | undefined): Promise<string | undefined> {
  const dataRoot = await dataRootOf(services);
  const found = typeof argument?.id === 'string' ? await ofSession(dataRoot, argument.id) : await ofFolder(dataRoot);
  if (found === undefined) return undefined;
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(found.path));
  return found.path;
}

export async function previewContext(services: Services, page: MarkdownPage, argument: Argument<'wheelhouse.notes.previewContext'> | undefined): Promise<string | undefined> {
  await shareContextSettings(services);
  const folder = typeof argument?.folder === 'string' ? argument.folder : await chosenFolder('Preview What a Session in This Folder Is Told');
  if (folder === undefined) return undefined;
  const context = await sessionContext({ env: process.env, dataRoot: await dataRootOf(services), folder, goesOn: argument?.resumed === true });
  await page.show(contextMarkdown(context, basename(context.root)));
  return context.brief.text;
}

/** Hooks and terminals find what the user has set here. */
export async function shareContextSettings(services: Services): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const { folder } = await services.user.open();
  await writeUserSettings(nodeFiles, folder, { globalContext: chosenSetting('wheelhouse.notes.globalContext'), contextLimit: chosenSetting('wheelhouse.notes.contextLimit') });
}

async function ofSession(dataRoot: string, id: string): Promise<Checkpoint> {
  const [session] = findSessions(await observeSessions(process.env, dataRoot), id);
  const scope = session?.facts.cwd === undefined ? undefined : scopeAround(dataRoot, session.facts.cwd);
  const found = scope === undefined ? undefined : [...checkpointsIn(scope)].find((each) => isOf(each, session?.id ?? id));
  if (found === undefined) throw new WheelhouseError('not-found', 'There is no checkpoint of this session yet. Write one with "Save Checkpoint".');
  return found;
}

async function ofFolder(dataRoot: string): Promise<Checkpoint | undefined> {
  const folder = await chosenFolder('Open Last Checkpoint');
  if (folder === undefined) return undefined;
  const { root } = repositoryAround(realPathOf(folder)) ?? { root: realPathOf(folder) };
  const found = latestCheckpoint(scopeAround(dataRoot, folder), { root });
  if (found === undefined) throw new WheelhouseError('not-found', `There is no checkpoint of ${basename(root)} yet. Sessions write one before they are compacted and when they end, once "Install for Claude Code" has put the hooks in.`);
  return found;
}

/** The session that was given, else one that the user picks; those of the open folders come first. */
async function chosen(dataRoot: string, argument: SessionArgument | undefined): Promise<Session | undefined> {
  const all = await observeSessions(process.env, dataRoot);
  if (typeof argument?.id === 'string') {
    const [found] = findSessions(all, argument.id);
    if (found === undefined) throw new WheelhouseError('not-found', 'That session is not there any more.');
    return found;
  }
  const here = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => sessionsIn(all, uri.fsPath));
  const order = [...new Set([...here, ...all])].filter(({ facts }) => facts.cwd !== undefined);
  if (order.length === 0) throw new WheelhouseError('not-found', 'There is no coding session to write a checkpoint of.');
  const entries = order.map((session) => ({
    label: literal(nameOf(session)),
    description: literal([stateLooks[session.verdict.state].name.toLowerCase(), reasonText(session.verdict.reason), age(session.verdict.since, Date.now())].filter((part) => part !== '').join(' · ')),
    detail: literal(session.facts.cwd ?? ''),
    iconPath: new vscode.ThemeIcon(stateLooks[session.verdict.state].icon),
    session,
  }));
  return (await vscode.window.showQuickPick(entries, { title: 'Save Checkpoint', placeHolder: 'Of which session?', matchOnDescription: true, matchOnDetail: true }))?.session;
}

async function chosenFolder(title: string): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const active = vscode.window.activeTextEditor && vscode.workspace.getWorkspaceFolder(vscode.window.activeTextEditor.document.uri);
  const only = active ?? (folders.length === 1 ? folders[0] : undefined);
  if (only) return only.uri.fsPath;
  if (folders.length === 0) throw new WheelhouseError('not-found', 'No folder is open. Open the one in which sessions work, and try again.');
  return (await vscode.window.showQuickPick(folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, path: uri.fsPath })), { title }))?.path;
}

function offerToOpen({ errors }: Services, path: string, message: string): void {
  const open = 'Open';
  void vscode.window.showInformationMessage(message, open).then((choice) => (choice === open ? errors.guard(async () => vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path))) : undefined));
}

async function dataRootOf(services: Services): Promise<string> {
  return dirname((await services.user.open()).folder);
}
