/** Words of another language: pairs become cards that are asked both ways and read aloud. */
import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Argument, Result } from '../support/commands.ts';
import { createCards, listCards, readWordPairs, vocabularyDrafts, type WordPair } from './core.ts';
import { count, nameOfDeck } from './deckText.ts';
import { askForDeck } from './decks.ts';
import type { Face } from './face.ts';

type Given = Argument<'wheelhouse.cards.vocabulary'>;

const usualDeck = 'vocabulary';

/** Adds pairs: those that are given, those that are selected in the editor, or those that the user types one after the other. */
export async function vocabulary(face: Face, argument: Given | undefined): Promise<Result<'wheelhouse.cards.vocabulary'>> {
  const editor = vscode.window.activeTextEditor;
  const selected = argument?.pairs === undefined && editor && !editor.selection.isEmpty ? editor.document.getText(editor.selection) : undefined;
  const given = argument?.pairs ?? (selected !== undefined && readWordPairs(selected).pairs.length > 0 ? selected : undefined);
  const deck = argument?.deck ?? (argument?.pairs === undefined ? await askForDeck(face, usualDeck, 'Add Vocabulary') : usualDeck);
  if (deck === undefined) return undefined;
  if (given === undefined) return { deck, added: await typeWords(face, deck, argument) };
  const { pairs, problems } = readWordPairs(given);
  if (pairs.length === 0) throw new WheelhouseError('invalid-input', problems[0] ? `Line ${problems[0].line}: ${problems[0].message}` : 'There are no word pairs. Write one a line, such as "der Baum = the tree".');
  const added = await keep(face, deck, pairs, argument);
  const left = problems.length > 0 ? ` ${count(problems.length, 'line')} had no pair in it.` : '';
  vscode.window.setStatusBarMessage(`${count(added, 'word')} added to ${nameOfDeck(deck)}.${left}`, 5000);
  return { deck, added };
}

/** Without an end, until Escape: most words come to mind one after the other. */
async function typeWords(face: Face, deck: string, argument: Given | undefined): Promise<number> {
  let added = 0;
  for (;;) {
    const line = await vscode.window.showInputBox({
      title: `Add Vocabulary to ${nameOfDeck(deck)}`,
      prompt: added === 0 ? 'A word and what it means, with “=” between. Escape ends it.' : `${count(added, 'word')} added. The next one, or Escape.`,
      placeHolder: 'der Baum = the tree',
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === '' ? undefined : readWordPairs(text).problems[0]?.message),
    });
    if (line === undefined || line.trim() === '') return added;
    added += await keep(face, deck, readWordPairs(line).pairs, argument);
  }
}

/** @returns how many were new: a pair that is in the deck is not added again. */
async function keep(face: Face, deck: string, pairs: readonly WordPair[], argument: Given | undefined): Promise<number> {
  const { drafts } = vocabularyDrafts(pairs, { project: deck, ...(argument?.front !== undefined && { front: argument.front }), ...(argument?.back !== undefined && { back: argument.back }) });
  const there = new Set((await listCards(face.context, { project: deck })).map(({ question, answer }) => `${question}\n${answer}`));
  const fresh = drafts.filter(({ question, answer }) => !there.has(`${question}\n${answer}`));
  if (fresh.length > 0) await createCards(face.context, fresh);
  return fresh.length;
}
