import * as vscode from 'vscode';
import type { CommandId } from '../contributions.ts';
import { byNeed, deckDescription, deckDetails, nameOfDeck, waiting } from './deckText.ts';
import type { Deck, SavedWorksheet } from './core.ts';
import type { LearnNode } from './learnView.ts';

const quiz: CommandId = 'wheelhouse.cards.quiz';

/** The lines of the tree: decks, and worksheets below them. */
export function learnNodes(decks: readonly Deck[], worksheets: readonly SavedWorksheet[], now: number): readonly LearnNode[] {
  const nodes = [...decks].sort(byNeed).map((deck): LearnNode => ({ deck: deck.project, parent: undefined, children: [], item: () => deckItem(deck, now) }));
  if (worksheets.length === 0) return nodes;
  const children: LearnNode[] = [];
  const folder: LearnNode = { parent: undefined, children, item: () => folderItem(worksheets.length) };
  children.push(...worksheets.map((sheet): LearnNode => ({ path: sheet.path, parent: folder, children: [], item: () => worksheetItem(sheet) })));
  return [...nodes, folder];
}

function deckItem(deck: Deck, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(nameOfDeck(deck.project));
  const isDue = waiting(deck) > 0;
  item.id = `deck ${deck.project}`;
  item.description = deckDescription(deck, now);
  item.tooltip = `${nameOfDeck(deck.project)}\n${deckDetails(deck, now)}`;
  item.iconPath = new vscode.ThemeIcon(isDue ? 'layers-active' : 'layers', new vscode.ThemeColor(isDue ? 'charts.blue' : 'descriptionForeground'));
  item.contextValue = deck.suspended > 0 ? 'deck suspended' : 'deck';
  item.command = { command: quiz, title: 'Quiz', arguments: [{ deck: deck.project }] };
  item.accessibilityInformation = { label: `Deck ${nameOfDeck(deck.project)}, ${item.description === '' ? 'nothing due' : item.description}` };
  return item;
}

function folderItem(count: number): vscode.TreeItem {
  const item = new vscode.TreeItem('Worksheets', vscode.TreeItemCollapsibleState.Collapsed);
  item.id = 'worksheets';
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon('notebook', new vscode.ThemeColor('descriptionForeground'));
  item.contextValue = 'worksheets';
  return item;
}

function worksheetItem({ path, concept, language, date, from, run }: SavedWorksheet): vscode.TreeItem {
  const uri = vscode.Uri.file(path);
  const item = new vscode.TreeItem(concept);
  item.id = `worksheet ${path}`;
  item.description = [language?.name, date].filter((text) => text !== undefined && text !== '').join(' · ');
  item.tooltip = [concept, ...(from === undefined ? [] : [`From ${from}`]), path, ...(run === undefined ? [] : [`Run: ${run}`])].join('\n');
  item.resourceUri = uri;
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = 'worksheet';
  item.command = { command: 'vscode.open', title: 'Open Worksheet', arguments: [uri] };
  return item;
}
