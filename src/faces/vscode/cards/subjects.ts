/** What cards and worksheets are made from, as the user points at it. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { GenerateArgument } from '../contributions.ts';
import { chooseComment } from '../review/chooseComment.ts';
import { asUri } from '../review/place.ts';
import type { Services } from '../services/services.ts';
import type { CardSubject, CodeSubject, SessionSubject } from './core.ts';
import { turnsOf } from './turns.ts';

export interface Subject {
  readonly subject: CardSubject;
  /** For people: `src/cart.ts, lines 3-9`. */
  readonly name: string;
  /** The deck that suggests itself; empty for none. */
  readonly deck: string;
}

export interface Selection {
  readonly uri?: unknown;
  readonly startLine?: unknown;
  readonly endLine?: unknown;
}

/**
 * The code that is meant: the lines that are named, else the selection of the active editor.
 * @returns undefined without an editor or a selection, unless `whole` asks for the whole file then.
 */
export async function codeAt(services: Services, { uri: given, startLine, endLine }: Selection, whole: boolean): Promise<CodeSubject | undefined> {
  const editor = vscode.window.activeTextEditor;
  const uri = asUri(given) ?? editor?.document.uri;
  if (!uri) return undefined;
  const document = await vscode.workspace.openTextDocument(uri);
  const selection = editor?.document === document ? editor.selection : undefined;
  const last = document.lineCount;
  let start = 1;
  let end = last;
  const named = typeof startLine === 'number';
  if (named) {
    start = Math.min(Math.max(1, startLine), last);
    end = Math.min(Math.max(start, typeof endLine === 'number' ? endLine : start), last);
  } else if (!whole && selection && !selection.isEmpty) {
    start = selection.start.line + 1;
    // A selection that ends at the beginning of a line does not mean that line.
    end = selection.end.character === 0 ? Math.max(start, selection.end.line) : selection.end.line + 1;
  } else if (!whole) return undefined;
  const code = document.getText(new vscode.Range(start - 1, 0, end - 1, document.lineAt(end - 1).text.length));
  const file = services.repositories.pathOf(uri) ?? uri.fsPath;
  const commit = uri.scheme === 'file' ? await headOf(services, uri) : undefined;
  return { kind: start === 1 && end === last ? 'file' : 'selection', file, startLine: start, code, language: document.languageId, ...(commit !== undefined && { commit }) };
}

/** The commit that is checked out; undefined without git, or when git may not be run. */
async function headOf({ repositories }: Services, uri: vscode.Uri): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  const workspace = await repositories.forFile(uri).catch(() => undefined);
  const commit = await workspace?.git.tryOutput(join(uri.fsPath, '..'), ['rev-parse', '--verify', '--quiet', 'HEAD']);
  return commit?.trim() || undefined;
}

export function nameOfCode({ file, startLine, code, kind }: CodeSubject, { repositories }: Services): string {
  const path = vscode.workspace.asRelativePath(repositories.uriOf(file));
  if (kind === 'file') return path;
  const lines = code.split('\n').length;
  return lines === 1 ? `${path}, line ${startLine}` : `${path}, lines ${startLine}-${startLine + lines - 1}`;
}

const choices = [
  { from: 'selection', label: '$(selection) The selected code' },
  { from: 'file', label: '$(file-code) The file in the editor' },
  { from: 'topic', label: '$(lightbulb) A topic…' },
  { from: 'review', label: '$(comment) A review comment…' },
  { from: 'session', label: '$(comment-discussion) A conversation with an agent…' },
  { from: 'worksheet', label: '$(notebook) A worksheet…' },
] as const;

export type From = (typeof choices)[number]['from'];

/** What the user wants cards from; undefined when they want none after all. */
export async function chooseFrom(): Promise<From | undefined> {
  const editor = vscode.window.activeTextEditor;
  const possible = choices.filter(({ from }) => (from === 'selection' ? editor && !editor.selection.isEmpty : from === 'file' ? editor : true));
  return (await vscode.window.showQuickPick(possible, { title: 'Generate Flashcards', placeHolder: 'What are they to be about?' }))?.from;
}

/** @throws WheelhouseError `usage` when there is nothing of the kind at hand, `not-found`. */
export async function subjectOf(services: Services, from: From, argument: GenerateArgument, pickWorksheet: () => Promise<string | undefined>): Promise<Subject | undefined> {
  switch (from) {
    case 'selection':
    case 'file': {
      const code = await codeAt(services, argument, from === 'file');
      if (!code) throw new WheelhouseError('usage', 'Open a file and select the code that the flashcards are to be about.');
      return { subject: code, name: nameOfCode(code, services), deck: deckFor(code.language) };
    }
    case 'topic': {
      const topic = argument.topic ?? (await vscode.window.showInputBox({ title: 'Generate Flashcards', prompt: 'What are they to be about?', placeHolder: 'Promises in JavaScript: what happens when one of several fails' }));
      return topic === undefined || topic.trim() === '' ? undefined : { subject: { kind: 'topic', topic }, name: topic.trim(), deck: '' };
    }
    case 'review':
      return reviewSubject(services, argument.id);
    case 'session':
      return sessionSubject(argument.id);
    case 'worksheet': {
      const path = argument.path ?? (await pickWorksheet());
      return path === undefined ? undefined : worksheetSubject(path);
    }
  }
}

async function reviewSubject(services: Services, id: string | undefined): Promise<Subject | undefined> {
  const item = await chooseComment(services, id === undefined ? undefined : { id }, { title: 'Generate Flashcards from Review Comment', among: () => true, notAtCursor: true });
  if (!item) return undefined;
  const source = item.range.start === 0 ? undefined : await (await services.model.contextOf(item)).sources.read(item.path);
  // Some lines around it say what the comment is about.
  const start = Math.max(1, item.range.start - 10);
  const code = source?.split(/\r?\n/).slice(start - 1, item.range.end + 10).join('\n') ?? item.quote ?? '';
  const comment = [item.text, ...item.replies.map(({ text }) => text)].join('\n\n');
  const language = vscode.workspace.textDocuments.find(({ uri }) => services.repositories.pathOf(uri) === item.path)?.languageId;
  return { subject: { kind: 'review', comment, file: item.path, startLine: start, code, ...(language !== undefined && { language }) }, name: `the review comment on ${item.file}:${item.range.start}`, deck: deckFor(language) };
}

export async function worksheetSubject(path: string): Promise<Subject> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  return { subject: { kind: 'worksheet', file: path, text: document.getText(), language: document.languageId }, name: `the worksheet ${basename(path)}`, deck: deckFor(document.languageId) };
}

/** Conversations are files of the agent, by the id of their session. */
async function sessionSubject(id: string | undefined): Promise<Subject | undefined> {
  const all = await transcripts();
  const wanted = id === undefined ? await pickTranscript(all) : all.find((transcript) => transcript.id === id);
  if (!wanted) {
    if (id !== undefined) throw new WheelhouseError('not-found', `No conversation of the session ${id} was found.`);
    return undefined;
  }
  const turns = turnsOf(await readFile(wanted.path, 'utf8'));
  if (turns.length === 0) throw new WheelhouseError('not-found', 'Nothing was said in that conversation yet.');
  const name = turns[0]?.prompt.replace(/\s+/g, ' ').slice(0, 60) ?? 'a conversation';
  return { subject: { kind: 'session', name, turns } satisfies SessionSubject, name: `the conversation “${name}”`, deck: '' };
}

interface Transcript {
  readonly id: string;
  readonly path: string;
  readonly project: string;
  readonly at: number;
}

/** Newest first. */
async function transcripts(): Promise<readonly Transcript[]> {
  const home = process.env['HOME'] ?? '';
  const projects = join(process.env['CLAUDE_CONFIG_DIR'] ?? join(home, '.claude'), 'projects');
  const found: Transcript[] = [];
  for (const project of await readdir(projects).catch(() => [])) {
    for (const name of await readdir(join(projects, project)).catch(() => [])) {
      if (!name.endsWith('.jsonl')) continue;
      const path = join(projects, project, name);
      const at = (await stat(path).catch(() => undefined))?.mtimeMs;
      if (at !== undefined) found.push({ id: name.slice(0, -'.jsonl'.length), path, project, at });
    }
  }
  return found.sort((a, b) => b.at - a.at);
}

const offered = 30;

async function pickTranscript(all: readonly Transcript[]): Promise<Transcript | undefined> {
  const newest = all.slice(0, offered);
  if (newest.length === 0) throw new WheelhouseError('not-found', 'There are no conversations of Claude Code on this machine yet.');
  const entries = await Promise.all(
    newest.map(async (transcript) => {
      const first = turnsOf(await readFile(transcript.path, 'utf8').catch(() => ''), 1)[0]?.prompt ?? '';
      return { label: first.replace(/\s+/g, ' ').slice(0, 80) || 'Without a prompt', description: new Date(transcript.at).toLocaleString(), detail: transcript.project.replace(/^-/, '').replaceAll('-', '/'), transcript };
    }),
  );
  return (await vscode.window.showQuickPick(entries, { title: 'Generate Flashcards from a Conversation', matchOnDetail: true }))?.transcript;
}

/** Code of one language goes into a deck of its name, until the user says otherwise. */
export function deckFor(language: string | undefined): string {
  const names: Readonly<Record<string, string>> = { plaintext: '', typescriptreact: 'typescript', javascriptreact: 'javascript', shellscript: 'shell' };
  return language === undefined ? '' : (names[language] ?? language);
}
