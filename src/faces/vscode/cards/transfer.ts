/** Cards from and to files. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { exportCardFile, importCardFile } from '../../../adapters/node/cards/files.ts';
import { unreadable, unwritable } from '../../../adapters/node/file-errors.ts';
import type { Argument, Result } from '../support/commands.ts';
import { executeCommand } from '../support/commands.ts';
import { decks, detectFormat, type CardFormat } from './core.ts';
import { count, nameOfDeck } from './deckText.ts';
import type { Face } from './face.ts';

const formats: Readonly<Record<CardFormat, { readonly name: string; readonly extension: string; readonly detail: string }>> = {
  anki: { name: 'Anki Package', extension: 'apkg', detail: 'With schedules, history and pictures; every Anki reads it' },
  json: { name: 'JSON', extension: 'json', detail: 'With schedules and history' },
  csv: { name: 'CSV', extension: 'csv', detail: 'For spreadsheets' },
  org: { name: 'Org', extension: 'org', detail: 'For Emacs' },
  markdown: { name: 'Markdown', extension: 'md', detail: 'For Obsidian and people' },
};
const shownProblems = 3;

export async function importFile(face: Face, argument: Argument<'wheelhouse.cards.import'> | undefined): Promise<Result<'wheelhouse.cards.import'>> {
  const path = argument?.path ?? (await vscode.window.showOpenDialog({ title: 'Import Flashcards', openLabel: 'Import', filters: { Flashcards: ['apkg', 'colpkg', 'json', 'csv', 'tsv', 'org', 'md', 'txt'], 'All files': ['*'] } }))?.[0]?.fsPath;
  if (path === undefined) return undefined;
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const done = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: `Importing ${basename(path)}` }, () =>
    importCardFile(face.user, face.context, { name: path, bytes, ...(argument?.format && { format: argument.format }) }, typeof argument?.deck === 'string' ? { project: argument.deck } : {}),
  );
  const problems = done.problems.map(({ at, message }) => `${at}: ${message}`);
  const words = [count(done.added, 'note'), done.left > 0 ? `${count(done.left, 'note')} were there already` : '', done.cut > 0 ? `${done.cut} cut off` : ''].filter((text) => text !== '').join(', ');
  const told = problems.length === 0 ? '' : ` ${problems.slice(0, shownProblems).join(' ')}${problems.length > shownProblems ? ` And ${problems.length - shownProblems} more in the output.` : ''}`;
  for (const problem of problems) face.services.output.info(`import of ${basename(path)}: ${problem}`);
  void vscode.window.showInformationMessage(`Imported ${words} from ${basename(path)}.${told}`, 'Quiz').then((choice) => (choice === 'Quiz' ? executeCommand('wheelhouse.cards.quiz', {}) : undefined));
  return { added: done.added, updated: done.updated, left: done.left, problems };
}

export async function exportFile(face: Face, argument: Argument<'wheelhouse.cards.export'> | undefined): Promise<Result<'wheelhouse.cards.export'>> {
  const deck = typeof argument?.deck === 'string' ? argument.deck : argument?.path === undefined ? await pickScope(face) : undefined;
  if (deck === null) return undefined;
  const format = argument?.format ?? (argument?.path === undefined ? await pickFormat() : detectFormat(argument.path, new Uint8Array()));
  if (format === undefined) return undefined;
  const name = `${deck === undefined || deck === '' ? 'flashcards' : deck.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.${formats[format].extension}`;
  const path = argument?.path ?? (await vscode.window.showSaveDialog({ title: 'Export Flashcards', defaultUri: vscode.Uri.file(join(face.user.home, name)), filters: { [formats[format].name]: [formats[format].extension] } }))?.fsPath;
  if (path === undefined) return undefined;
  const { content, count: cards } = await exportCardFile(face.user, face.context, format, deck === undefined ? {} : { project: deck });
  await writeFile(path, content).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  vscode.window.setStatusBarMessage(`${count(cards, 'card')} exported to ${basename(path)}`, 4000);
  return { path, cards };
}

/** A deck, undefined for all, null for none of them. */
async function pickScope(face: Face): Promise<string | undefined | null> {
  const names = (await decks(face.context)).map(({ project }) => project);
  if (names.length < 2) return undefined;
  const chosen = await vscode.window.showQuickPick([{ label: 'All decks', deck: undefined }, ...names.map((deck) => ({ label: nameOfDeck(deck), deck }))], { title: 'Export Flashcards' });
  return chosen ? chosen.deck : null;
}

async function pickFormat(): Promise<CardFormat | undefined> {
  const entries = (Object.keys(formats) as CardFormat[]).map((format) => ({ label: formats[format].name, detail: formats[format].detail, format }));
  return (await vscode.window.showQuickPick(entries, { title: 'Export Flashcards', placeHolder: 'In which format?' }))?.format;
}
