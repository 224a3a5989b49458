/** One proposed card: open with its buttons, or one line when it is kept or discarded. */
import type { CardFields } from '../../src/protocol/quiz.ts';
import type { ProposedCard } from '../../src/protocol/approval.ts';
import { h, key as keyName, unseen } from '../shared/dom.ts';
import { dedent, highlightInto } from '../shared/highlight.ts';
import { renderMarkdown } from '../shared/markdown.ts';

export type ProposalAction = 'keep' | 'discard' | 'reopen' | 'edit' | 'save' | 'cancel' | 'choose' | 'source';

export interface Draft extends CardFields {
  readonly tags: string;
}

export interface ProposalOptions {
  readonly chosen: boolean;
  readonly draft: Draft | undefined;
  readonly act: (action: ProposalAction) => void;
  readonly onDraft: (draft: Draft) => void;
  readonly openLink: (href: string) => void;
}

export function proposal(card: ProposedCard, options: ProposalOptions): HTMLElement {
  const inner = card.state !== 'open' ? closed(card, options) : options.draft ? editor(options.draft, options) : open(card, options);
  return h('article', { class: `proposal ${card.state}`, tabindex: 0, 'data-key': card.key, 'aria-label': `Card ${card.key}: ${card.question.slice(0, 120)}` }, ...inner);
}

const button = (act: ProposalOptions['act'], action: ProposalAction, name: string, letter: string) =>
  h('button', { type: 'button', class: 'plain', 'data-action': action, 'aria-keyshortcuts': letter, onclick: () => act(action) }, name, keyName(letter));

function open(card: ProposedCard, { chosen, act, openLink }: ProposalOptions): Node[] {
  const box = h('input', { type: 'checkbox', 'aria-label': `Keep card ${card.key}`, onchange: () => act('choose') });
  box.checked = chosen;
  const markdown = { openLink, ...(card.code && { language: card.code.language }) };
  return [
    h('div', { class: 'tick' }, box),
    h(
      'div',
      { class: 'body' },
      h('div', { class: 'question' }, renderMarkdown(card.question, markdown)),
      h('div', { class: 'reply' }, renderMarkdown(card.answer, markdown)),
      card.notes.trim() !== '' && h('div', { class: 'notes quiet' }, renderMarkdown(card.notes, markdown)),
      card.code && code(card.code),
      card.duplicate && duplicate(card.duplicate, openLink),
      h(
        'div',
        { class: 'foot' },
        button(act, 'keep', 'Keep', 'k'),
        button(act, 'edit', 'Edit', 'e'),
        button(act, 'discard', 'Discard', 'd'),
        card.code && h('button', { type: 'button', class: 'link', onclick: () => act('source') }, card.code.label),
        card.tags.length > 0 && h('span', { class: 'quiet' }, card.tags.map((tag) => `#${tag}`).join(' ')),
      ),
    ),
  ];
}

function code({ language, code }: { readonly language: string; readonly code: string }): HTMLElement | undefined {
  if (code === '') return undefined;
  const inner = h('code');
  highlightInto(inner, dedent(code), language);
  const lines = code.split('\n').length;
  return h('details', {}, h('summary', {}, lines === 1 ? 'The line that it is about' : `The ${lines} lines that it is about`), h('pre', { tabindex: 0, role: 'group', 'aria-label': 'Code' }, inner));
}

function duplicate(card: { readonly question: string; readonly answer: string; readonly deck: string }, openLink: (href: string) => void): HTMLElement {
  return h(
    'div',
    { class: 'duplicate' },
    h('p', {}, h('span', { 'aria-hidden': 'true' }, '≈ '), card.deck === '' ? 'You have a card like this' : `You have a card like this in ${card.deck}`),
    h('div', { class: 'quiet' }, renderMarkdown(card.question, { openLink }), renderMarkdown(card.answer, { openLink })),
  );
}

function closed({ state, question }: ProposedCard, { act }: ProposalOptions): Node[] {
  const kept = state === 'kept';
  return [
    h('span', { class: 'tick', 'aria-hidden': 'true' }, kept ? '✓' : '–'),
    h('p', { class: 'line' }, unseen(kept ? 'Kept: ' : 'Discarded: '), question.replace(/\s+/g, ' ').slice(0, 200)),
    h('button', { type: 'button', class: 'plain', 'data-action': 'reopen', onclick: () => act('reopen') }, kept ? 'Take back' : 'Put back'),
  ];
}

function editor(draft: Draft, { act, onDraft }: ProposalOptions): Node[] {
  const now: { -readonly [Name in keyof Draft]: Draft[Name] } = { ...draft };
  const field = (name: keyof Draft, label: string, long: boolean) => {
    const input = long ? h('textarea', {}) : h('input', { type: 'text' });
    input.value = draft[name];
    input.addEventListener('input', () => {
      now[name] = input.value;
      onDraft({ ...now });
    });
    return h('label', {}, h('span', {}, label), input);
  };
  return [
    h(
      'form',
      {
        class: 'editor',
        'aria-label': 'Edit the card',
        onsubmit: (event) => {
          event.preventDefault();
          act('save');
        },
      },
      field('question', 'Question', true),
      field('answer', 'Answer', true),
      field('notes', 'Notes', true),
      field('tags', 'Tags, with spaces between', false),
      h('div', { class: 'row' }, h('button', { type: 'submit', class: 'primary' }, 'Save', keyName('Ctrl+Enter')), h('button', { type: 'button', class: 'secondary', onclick: () => act('cancel') }, 'Cancel', keyName('Esc'))),
    ),
  ];
}
