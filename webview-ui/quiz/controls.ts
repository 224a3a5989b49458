/** The buttons under a card: to turn it, to rate it, and what else can be done with it. */
import type { QuizCard, QuizView } from '../../src/protocol/quiz.ts';
import { h, key, unseen } from '../shared/dom.ts';
import type { Action } from './keys.ts';
import { ratings, spokenRating } from './words.ts';

type Act = (action: Action) => void;

export function controls(view: QuizView, card: QuizCard, revealed: boolean, act: Act): HTMLElement {
  return h('div', { class: 'actions' }, revealed ? ratingButtons(card, act) : revealButton(act), tools(view, card, revealed, act));
}

function revealButton(act: Act): HTMLElement {
  return h('button', { type: 'button', class: 'primary reveal', 'aria-keyshortcuts': 'Space', onclick: () => act('reveal') }, 'Show answer', key('Space'));
}

function ratingButtons(card: QuizCard, act: Act): HTMLElement {
  const buttons = ratings.map((name, index) => {
    const confidence = (index + 1) as 1 | 2 | 3 | 4 | 5;
    const preview = card.previews[index] ?? { label: '', days: 0, again: false };
    return h(
      'button',
      { type: 'button', class: `secondary rating ${confidence < 3 ? 'wrong' : 'right'}`, 'aria-keyshortcuts': confidence, title: spokenRating(confidence, preview), onclick: () => act(confidence) },
      h('span', { class: 'name' }, name, unseen(', ')),
      h('span', { class: 'when' }, h('b', {}, confidence), ` · ${preview.label}`),
    );
  });
  return h('div', { class: 'ratings', role: 'group', 'aria-label': 'How well did you know it?' }, ...buttons);
}

function tools({ canUndo, explanation }: QuizView, card: QuizCard, revealed: boolean, act: Act): HTMLElement {
  const tool = (action: Action, letter: string, name: string, there = true) =>
    there && h('button', { type: 'button', class: 'plain', 'aria-keyshortcuts': letter, onclick: () => act(action) }, name, key(letter));
  return h(
    'div',
    { class: 'tools', role: 'group', 'aria-label': 'This card' },
    tool('undo', 'u', 'Undo', canUndo),
    tool('edit', 'e', 'Edit'),
    tool('skip', 'n', 'Skip'),
    tool('suspend', 's', 'Suspend'),
    tool('flag', 'f', card.flag > 0 ? 'Unflag' : 'Flag'),
    tool('explain', 'x', explanation.phase === 'asking' ? 'Stop' : 'Explain', revealed),
    tool('source', 'o', 'Source', card.source !== undefined),
    tool('speak', 'v', 'Read aloud'),
  );
}
