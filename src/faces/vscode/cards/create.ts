/** Cards by hand. */
import * as vscode from 'vscode';
import type { Argument } from '../support/commands.ts';
import { createCard, toJson, type CardDraft, type CardJson, type CardSource } from './core.ts';
import { nameOfDeck } from './deckText.ts';
import { askForDeck } from './decks.ts';
import type { Face } from './face.ts';
import { codeAt, deckFor, nameOfCode } from './subjects.ts';

type Given = NonNullable<Argument<'wheelhouse.cards.createFromSelection'>>;

/** A card that keeps the selected code with it; without a selection, one without code. */
export async function createFromSelection(face: Face, argument: Given | undefined): Promise<CardJson | undefined> {
  const code = await codeAt(face.services, argument ?? {}, false);
  if (!code) return createPlain(face, argument);
  const { file, startLine, language, commit } = code;
  const lines = code.code.split('\n').length;
  const source: CardSource = { file, startLine, endLine: startLine + lines - 1, code: code.code, ...(language !== undefined && { language }), ...(commit !== undefined && { commit }) };
  return create(face, argument, `Flashcard from ${nameOfCode(code, face.services)}`, deckFor(language), { kind: 'code', source });
}

export function createPlain(face: Face, argument: Given | undefined): Promise<CardJson | undefined> {
  return create(face, argument, 'Create Flashcard', '', {});
}

async function create(face: Face, argument: Given | undefined, title: string, suggested: string, more: Pick<CardDraft, 'kind' | 'source'>): Promise<CardJson | undefined> {
  const question = argument?.question ?? (await ask(title, 'Question', 'Markdown. Hide words with {{c1::…}}, and they are what is asked.', 1));
  if (question === undefined) return undefined;
  const isCloze = /\{\{c\d+::/.test(question);
  const answer = argument?.answer ?? (isCloze ? '' : await ask(title, 'Answer', 'Markdown, as short as it can be.', 2));
  if (answer === undefined) return undefined;
  const byArgument = argument?.question !== undefined;
  const deck = argument?.deck ?? (byArgument ? suggested : await askForDeck(face, suggested, title));
  if (deck === undefined) return undefined;
  const { kind, source } = more;
  const card = await createCard(face.context, {
    question,
    answer,
    project: deck,
    ...(argument?.notes !== undefined && { notes: argument.notes }),
    ...(argument?.tags !== undefined && { tags: argument.tags }),
    // Hidden words are asked as such, whatever the card was made from.
    ...(kind !== undefined && !isCloze && { kind }),
    ...(source && { source }),
  });
  vscode.window.setStatusBarMessage(`$(mortar-board) Flashcard kept in ${nameOfDeck(deck)}`, 3000);
  return toJson(card);
}

function ask(title: string, what: string, prompt: string, step: number): Thenable<string | undefined> {
  const empty = `The ${what.toLowerCase()} is missing.`;
  return vscode.window.showInputBox({ title: `${title} (${step}/2)`, prompt: `${what}. ${prompt}`, ignoreFocusOut: true, validateInput: (text) => (text.trim() === '' ? empty : undefined) });
}
