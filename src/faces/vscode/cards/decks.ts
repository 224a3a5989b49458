/** The commands on decks. */
import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Argument, Result } from '../support/commands.ts';
import { algorithms, changeCards, decks, deleteCards, listCards, setAlgorithm as switchAlgorithm, settingsFor, undo, type Algorithm } from './core.ts';
import { count, deckDescription, nameOfDeck } from './deckText.ts';
import type { Face } from './face.ts';

/** The deck that is named, else the one that the user picks; undefined when they pick none. */
export async function chooseDeck(face: Face, given: unknown, title: string): Promise<string | undefined> {
  if (typeof given === 'string') return given;
  const now = Date.now();
  const all = await decks(face.context);
  if (all.length === 0) throw new WheelhouseError('not-found', 'There is no deck yet. Create a flashcard first.');
  const entries = all.map((deck) => ({ label: nameOfDeck(deck.project), description: `${count(deck.total, 'card')}${deckDescription(deck, now) === '' ? '' : ` · ${deckDescription(deck, now)}`}`, deck: deck.project }));
  return (await vscode.window.showQuickPick(entries, { title, placeHolder: 'Which deck?' }))?.deck;
}

/** Asks for the deck that new cards go to: one that is there, or a new name. undefined: cancelled. */
export async function askForDeck(face: Face, suggested: string, title: string): Promise<string | undefined> {
  const all = (await decks(face.context)).map(({ project }) => project).filter((deck) => deck !== '');
  const names = [...new Set([suggested, ...all])].filter((name) => name !== '');
  const pick = vscode.window.createQuickPick();
  pick.title = title;
  pick.placeholder = 'Which deck? Type a new name, or choose one.';
  const show = () => {
    const typed = pick.value.trim();
    pick.items = [...names.map((label) => ({ label })), ...(typed !== '' && !names.includes(typed) ? [{ label: typed, description: 'new deck' }] : []), { label: nameOfDeck(''), alwaysShow: true }];
  };
  show();
  return new Promise((resolve) => {
    let chosen: string | undefined;
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      const label = pick.selectedItems[0]?.label;
      chosen = label === undefined ? pick.value.trim() : label === nameOfDeck('') ? '' : label;
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(chosen);
      pick.dispose();
    });
    pick.show();
  });
}

const algorithmWords: Readonly<Record<Algorithm, { label: string; detail: string }>> = {
  fsrs: { label: 'FSRS', detail: 'Models how you forget, and asks shortly before you would. The best choice for nearly everybody.' },
  sm2: { label: 'SM-2', detail: 'SuperMemo’s classic: 1 day, 6 days, then ever longer by how easy the card is.' },
  leitner: { label: 'Leitner boxes', detail: 'A right answer moves the card one box up, a wrong one back to the first.' },
  fixed: { label: 'Fixed intervals', detail: 'The same steps for every card: 1, 3, 7, 14, 30 … days.' },
};

export async function setAlgorithm(face: Face, argument: Argument<'wheelhouse.cards.setAlgorithm'> | undefined): Promise<Result<'wheelhouse.cards.setAlgorithm'>> {
  const all = 'All decks';
  const deck = typeof argument?.deck === 'string' ? argument.deck : argument?.algorithm ? undefined : await pickScope(face, all);
  if (deck === null) return undefined;
  const now = (await settingsFor(face.context, deck)).algorithm;
  const algorithm = argument?.algorithm ?? (await vscode.window.showQuickPick(algorithms.map((value) => ({ value, ...algorithmWords[value], ...(value === now && { description: 'now' }) })), { title: `Scheduler of ${deck === undefined ? all : nameOfDeck(deck)}`, placeHolder: 'History and due dates stay.' }))?.value;
  if (algorithm === undefined) return undefined;
  const cards = await switchAlgorithm(face.context, algorithm, deck);
  vscode.window.setStatusBarMessage(`${algorithmWords[algorithm].label} schedules ${deck === undefined ? 'all decks' : nameOfDeck(deck)} now`, 4000);
  return { algorithm, cards };
}

/** A deck, undefined for all, null for none of them. */
async function pickScope(face: Face, all: string): Promise<string | undefined | null> {
  const names = (await decks(face.context)).map(({ project }) => project);
  const chosen = await vscode.window.showQuickPick([{ label: all, deck: undefined }, ...names.map((deck) => ({ label: nameOfDeck(deck), deck }))], { title: 'Choose Scheduler of Deck' });
  return chosen ? chosen.deck : null;
}

export async function renameDeck(face: Face, argument: Argument<'wheelhouse.cards.renameDeck'> | undefined): Promise<Result<'wheelhouse.cards.renameDeck'>> {
  const deck = await chooseDeck(face, argument?.deck, 'Rename Deck');
  if (deck === undefined) return undefined;
  const name = (argument?.name ?? (await vscode.window.showInputBox({ title: `Rename ${nameOfDeck(deck)}`, value: deck, prompt: 'The name of a deck that is there joins the two.' })))?.trim();
  if (name === undefined || name === deck) return undefined;
  const ids = (await listCards(face.context, { project: deck })).map(({ id }) => id);
  if (ids.length === 0) throw new WheelhouseError('not-found', `There is no deck ${JSON.stringify(nameOfDeck(deck))}.`);
  return { name, cards: await changeCards(face.context, ids, { project: name }) };
}

export async function deleteDeck(face: Face, argument: Argument<'wheelhouse.cards.deleteDeck'> | undefined): Promise<Result<'wheelhouse.cards.deleteDeck'>> {
  const deck = await chooseDeck(face, argument?.deck, 'Delete Deck');
  if (deck === undefined) return undefined;
  const ids = (await listCards(face.context, { project: deck })).map(({ id }) => id);
  if (ids.length === 0) throw new WheelhouseError('not-found', `There is no deck ${JSON.stringify(nameOfDeck(deck))}.`);
  const confirm = `Delete ${count(ids.length, 'Card')}`;
  const detail = 'Their history goes with them. “Undo Last Change to Flashcards” brings them back.';
  if (argument?.confirmed !== true && (await vscode.window.showWarningMessage(`Delete the deck “${nameOfDeck(deck)}”?`, { modal: true, detail }, confirm)) !== confirm) return undefined;
  return { notes: await deleteCards(face.context, ids) };
}

export async function resumeSuspended(face: Face, argument: Argument<'wheelhouse.cards.resumeSuspended'> | undefined): Promise<Result<'wheelhouse.cards.resumeSuspended'>> {
  const deck = await chooseDeck(face, argument?.deck, 'Resume Suspended Flashcards');
  if (deck === undefined) return undefined;
  const ids = (await listCards(face.context, { project: deck, suspended: true })).map(({ id }) => id);
  if (ids.length > 0) await changeCards(face.context, ids, { suspended: false });
  return { cards: ids.length };
}

export async function undoLast(face: Face): Promise<string> {
  const { label } = await undo(face.context);
  vscode.window.setStatusBarMessage(`Taken back: ${label}`, 4000);
  return label;
}
