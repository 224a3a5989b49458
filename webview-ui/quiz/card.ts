/** The card itself: question, code, what was typed, and the answer. */
import type { Explanation, QuizCard } from '../../src/protocol/quiz.ts';
import { h, unseen } from '../shared/dom.ts';
import { dedent, highlightInto } from '../shared/highlight.ts';
import { renderMarkdown } from '../shared/markdown.ts';
import { compareTyped, isRight, type Segment } from './typed.ts';
import { states } from './words.ts';

export interface CardActions {
  readonly openLink: (href: string) => void;
  readonly openSource: () => void;
  readonly onTyped: (text: string) => void;
}

export interface CardElements {
  readonly article: HTMLElement;
  readonly front: HTMLElement;
  /** Empty until the card is turned. */
  readonly answer: HTMLElement;
  readonly input: HTMLInputElement | undefined;
  readonly explanation: HTMLElement;
}

export function cardElements(card: QuizCard, revealed: boolean, typed: string, actions: CardActions): CardElements {
  const options = { openLink: actions.openLink, ...(card.source && { language: card.source.language }) };
  const front = h('div', { class: 'front', ...(card.languages.front !== '' && { lang: card.languages.front }) }, renderMarkdown(card.front, options, true));
  const input = card.expected === undefined || revealed ? undefined : typedInput(typed, actions.onTyped);
  const answer = h('section', { class: 'answer', 'aria-label': 'Answer', tabindex: -1 });
  const explanation = h('section', { class: 'explanation', 'aria-label': 'Explanation' });
  if (revealed) {
    if (card.expected !== undefined) answer.append(comparison(card.expected, typed));
    answer.append(h('div', { class: 'back', ...(card.languages.back !== '' && { lang: card.languages.back }) }, renderMarkdown(card.back, options)));
    if (card.notes.trim() !== '') answer.append(h('div', { class: 'notes' }, renderMarkdown(card.notes, options)));
    answer.append(explanation);
  }
  const article = h('article', { class: 'card', 'aria-label': 'Card' }, front, card.source && card.kind === 'code' && codeElement(card.source.code, card.source.language), input && h('div', { class: 'typing' }, input), revealed && answer, footer(card, actions));
  return { article, front, answer, input, explanation };
}

function typedInput(typed: string, onTyped: (text: string) => void): HTMLInputElement {
  const input = h('input', { type: 'text', 'aria-label': 'Your answer', placeholder: 'Type the answer, then Enter', autocomplete: 'off', spellcheck: 'false', oninput: () => onTyped(input.value) });
  input.value = typed;
  return input;
}

function codeElement(code: string, language: string): HTMLElement | undefined {
  if (code === '') return undefined;
  const inner = h('code');
  highlightInto(inner, dedent(code), language);
  return h('pre', { class: 'source', tabindex: 0, role: 'group', 'aria-label': 'Code of the card' }, inner);
}

const segmentWords: Readonly<Record<Segment['kind'], string>> = { same: '', missing: 'missing: ', extra: 'too much: ' };

function comparison(expected: string, typed: string): HTMLElement {
  if (typed.trim() === '') return h('p', { class: 'typed quiet' }, 'Nothing was typed.');
  if (isRight(expected, typed)) return h('p', { class: 'typed right' }, h('span', { 'aria-hidden': 'true' }, '✓ '), typed.trim(), unseen(', right'));
  const segments = compareTyped(expected, typed).map(({ text, kind }) => (kind === 'same' ? text : h(kind === 'extra' ? 'del' : 'ins', {}, unseen(segmentWords[kind]), text)));
  return h('p', { class: 'typed wrong' }, ...segments);
}

function footer(card: QuizCard, { openSource }: CardActions): HTMLElement {
  const quiet = [card.deck, states[card.state], ...card.tags.map((tag) => `#${tag}`)].filter((text) => text !== '');
  return h(
    'footer',
    { class: 'about' },
    h('span', {}, quiet.join(' · ')),
    card.flag > 0 && h('span', { class: `flag flag-${card.flag}` }, h('span', { 'aria-hidden': 'true' }, '⚑ '), 'Flagged'),
    card.source && h('button', { type: 'button', class: 'link', onclick: openSource }, card.source.label),
  );
}

/** Fills the place of the explanation with how far it is. */
export function showExplanation(place: HTMLElement, explanation: Explanation, openLink: (href: string) => void): void {
  if (explanation.phase === 'none') {
    place.replaceChildren();
    return;
  }
  const { text } = explanation;
  const head =
    explanation.phase === 'asking'
      ? h('p', { class: 'quiet' }, text === '' ? `Asking ${explanation.model} …` : `${explanation.model} is writing …`)
      : explanation.phase === 'failed'
        ? h('p', { class: 'error' }, explanation.why)
        : h('p', { class: 'quiet' }, `Explained by ${explanation.model}. It can be wrong.`);
  place.replaceChildren(h('h2', {}, 'Explanation'), text === '' ? '' : renderMarkdown(text, { openLink }), head);
}
