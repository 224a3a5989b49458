/** Cards and worksheets that a model writes. */
import nodePath, { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { expandHome } from '../../../core/ports/paths.ts';
import type { Argument, Result } from '../support/commands.ts';
import { setting } from '../support/settings.ts';
import type { ApprovalPages } from './approvalPage.ts';
import { dateOf, generateWorksheet, listWorksheets, saveWorksheet, worksheetLanguage, worksheetLanguages, type SavedWorksheet, type WorksheetShelf } from './core.ts';
import type { Face } from './face.ts';
import { chosenModel } from './model.ts';
import { chooseFrom, codeAt, nameOfCode, subjectOf, worksheetSubject } from './subjects.ts';

export async function generate(face: Face, pages: ApprovalPages, argument: Argument<'wheelhouse.cards.generate'> | undefined): Promise<Result<'wheelhouse.cards.generate'>> {
  const from = argument?.from ?? fromMenu(face, argument) ?? (await chooseFrom());
  if (from === undefined) return undefined;
  const subject = await subjectOf(face.services, from, argument ?? {}, () => pickWorksheet(face));
  return subject && pages.generate(subject, argument?.deck ?? subject.deck, argument?.count);
}

/** A menu passes what it was opened on: a comment, a session, or an editor. */
function fromMenu({ services }: Face, argument: Argument<'wheelhouse.cards.generate'> | undefined): 'review' | 'session' | 'selection' | undefined {
  if (argument instanceof vscode.Uri) return 'selection';
  if (typeof argument?.id !== 'string') return undefined;
  return services.model.find(argument.id) ? 'review' : 'session';
}

export async function extractFromWorksheet(face: Face, pages: ApprovalPages, argument: Argument<'wheelhouse.cards.extractFromWorksheet'> | undefined): Promise<Result<'wheelhouse.cards.extractFromWorksheet'>> {
  const path = typeof argument?.path === 'string' ? argument.path : ((await openWorksheet(face)) ?? (await pickWorksheet(face)));
  if (path === undefined) return undefined;
  const subject = await worksheetSubject(path);
  return pages.generate(subject, argument?.deck ?? subject.deck);
}

/** The worksheet in the active editor. */
async function openWorksheet(face: Face): Promise<string | undefined> {
  const path = vscode.window.activeTextEditor?.document.uri.fsPath;
  return (await worksheets(face)).find((sheet) => sheet.path === path)?.path;
}

async function pickWorksheet(face: Face): Promise<string | undefined> {
  const all = await worksheets(face);
  if (all.length === 0) throw new WheelhouseError('not-found', 'There are no worksheets yet. Generate one first.');
  return (await vscode.window.showQuickPick(all.map(({ concept, language, date, path }) => ({ label: concept, description: [language?.name, date].filter((text) => text !== undefined && text !== '').join(' · '), path })), { title: 'Extract Flashcards from Worksheet' }))?.path;
}

export function worksheets(face: Face): Promise<SavedWorksheet[]> {
  return listWorksheets(shelf(face));
}

function shelf({ user }: Face): WorksheetShelf {
  const folder = expandHome(nodePath, user.home, setting('wheelhouse.cards.worksheetsFolder').trim() || '~/worksheets');
  const inside = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (!isAbsolute(folder) && inside === undefined) throw new WheelhouseError('usage', `The worksheets folder "${folder}" is relative, and no folder is open. Open one, or set "wheelhouse.cards.worksheetsFolder" to an absolute path.`);
  return { files: nodeFiles, paths: nodePath, folder: isAbsolute(folder) ? folder : join(inside ?? '', folder) };
}

export function worksheetsFolder(face: Face): string | undefined {
  try {
    return shelf(face).folder;
  } catch {
    return undefined;
  }
}

/** Has a worksheet written on a concept or on the code at hand, saves it, and opens it. */
export async function worksheet(face: Face, argument: Argument<'wheelhouse.cards.worksheet'> | undefined): Promise<Result<'wheelhouse.cards.worksheet'>> {
  const model = chosenModel();
  const code = await codeAt(face.services, argument ?? {}, false);
  const prompt = code ? `What in ${nameOfCode(code, face.services)} do you want to understand? Empty: whatever is worth it.` : 'Which concept do you want to understand?';
  const concept = argument?.concept ?? (argument?.uri !== undefined ? '' : await vscode.window.showInputBox({ title: 'Generate Worksheet', prompt, placeHolder: code ? '' : 'Closures, back pressure, window functions …' }));
  if (concept === undefined || (concept.trim() === '' && !code)) return undefined;
  const language = argument?.language ?? (await languageFor(code?.language));
  if (language === undefined) return undefined;
  const sheet = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: `${model.name} writes a worksheet`, cancellable: true }, (progress, token) => {
    const aborting = new AbortController();
    token.onCancellationRequested(() => aborting.abort());
    let length = 0;
    return generateWorksheet(
      { model, random: face.context.random },
      {
        concept,
        ...(code && { from: code }),
        in: language,
        level: setting('wheelhouse.cards.level'),
        taste: setting('wheelhouse.cards.taste'),
        signal: aborting.signal,
        onText: (piece) => {
          length += piece.split('\n').length - 1;
          progress.report({ message: `${length} lines so far` });
        },
      },
    );
  });
  const { clock, days } = face.context;
  const saved = await saveWorksheet(shelf(face), sheet, dateOf(days.dayOf(clock.now())));
  await vscode.window.showTextDocument(vscode.Uri.file(saved.path), { preview: false });
  if (sheet.problem !== undefined) void vscode.window.showInformationMessage(`The worksheet is saved. ${sheet.problem}`);
  return { path: saved.path };
}

/** That of the code at hand; else the user picks one. */
async function languageFor(given: string | undefined): Promise<string | undefined> {
  const known = given === undefined ? undefined : worksheetLanguage(given);
  if (known) return known.id;
  return (await vscode.window.showQuickPick(worksheetLanguages.map(({ id, name, run }) => ({ label: name, description: run === undefined ? '' : 'can be run', id })), { title: 'Generate Worksheet', placeHolder: 'In which language?' }))?.id;
}
