import type { QuizView } from '../../src/protocol/quiz.ts';
import { h, key } from '../shared/dom.ts';
import { endWords } from './words.ts';

/** What was learned, when to come back, and nothing else. */
export function endScreen(view: QuizView, act: (action: 'close' | 'undo' | 'restart' | 'stats') => void): HTMLElement {
  const { heading, lines } = endWords(view);
  const { summary, now } = view;
  const more = summary?.nextDue !== undefined && summary.nextDue <= now;
  return h(
    'section',
    { class: 'end', 'aria-label': heading },
    h('h2', { tabindex: -1 }, heading),
    ...lines.map((line) => h('p', {}, line)),
    questions('Met for the first time', summary?.learned ?? []),
    questions('Worth another look', summary?.hard ?? []),
    h(
      'div',
      { class: 'row' },
      more ? h('button', { type: 'button', class: 'primary', onclick: () => act('restart') }, 'Go on', key('r')) : h('button', { type: 'button', class: 'primary', onclick: () => act('close') }, 'Close'),
      view.canUndo && h('button', { type: 'button', class: 'secondary', onclick: () => act('undo') }, 'Undo the last answer', key('u')),
      h('button', { type: 'button', class: 'secondary', onclick: () => act('stats') }, 'Statistics'),
    ),
  );
}

const shown = 6;

function questions(heading: string, list: readonly string[]): HTMLElement | undefined {
  if (list.length === 0) return undefined;
  return h('div', {}, h('h3', {}, heading), h('ul', {}, ...list.slice(0, shown).map((question) => h('li', {}, question)), list.length > shown && h('li', { class: 'quiet' }, `and ${list.length - shown} more`)));
}
