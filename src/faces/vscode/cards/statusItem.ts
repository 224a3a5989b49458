import * as vscode from 'vscode';
import type { CommandId } from '../contributions.ts';
import { setting } from '../support/settings.ts';
import { count } from './deckText.ts';

const quiz: CommandId = 'wheelhouse.cards.quiz';

/** `5 due`, and nothing while nothing is due. */
export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('wheelhouse.cards', vscode.StatusBarAlignment.Right, 90);

  constructor() {
    this.#item.name = 'Wheelhouse: Cards Due';
    this.#item.command = { command: quiz, title: 'Quiz' };
  }

  show(due: number): void {
    if (due === 0 || !setting('wheelhouse.cards.statusBar')) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(mortar-board) ${due} due`;
    this.#item.tooltip = `${count(due, 'flashcard')} due. Click for a quiz.`;
    this.#item.accessibilityInformation = { label: `${count(due, 'flashcard')} due` };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
