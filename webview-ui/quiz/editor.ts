import type { CardFields } from '../../src/protocol/quiz.ts';
import { h, key } from '../shared/dom.ts';

/** The card's fields for changing in place. Ctrl+Enter saves, Escape leaves; both come from the page's keys. */
export function editorForm(fields: CardFields, onInput: (fields: CardFields) => void, save: () => void, cancel: () => void): HTMLElement {
  const field = (name: keyof CardFields, label: string) => {
    const area = h('textarea', { oninput: () => onInput({ question: question.area.value, answer: answer.area.value, notes: notes.area.value }) });
    area.value = fields[name];
    return { area, element: h('label', {}, h('span', {}, label), area) };
  };
  const question = field('question', 'Question');
  const answer = field('answer', 'Answer');
  const notes = field('notes', 'Notes');
  return h(
    'form',
    {
      class: 'editor',
      'aria-label': 'Edit the card',
      onsubmit: (event) => {
        event.preventDefault();
        save();
      },
    },
    question.element,
    answer.element,
    notes.element,
    h('div', { class: 'row' }, h('button', { type: 'submit', class: 'primary' }, 'Save', key('Ctrl+Enter')), h('button', { type: 'button', class: 'secondary', onclick: cancel }, 'Cancel', key('Esc'))),
  );
}
