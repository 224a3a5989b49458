/** A prompt's text with its pasted parts folded in their places. */
import type { PastedPart } from '../../../src/protocol/timeline.ts';
import { plural } from '../../shared/format.ts';
import { element } from './dom.ts';

/** Longer texts are shown in two steps: a browser lays out megabytes of one paragraph for seconds. */
const shownAtOnce = 20_000;

export function promptText(text: string, pasted: readonly PastedPart[]): HTMLElement {
  const box = element('div', { class: 'prompt-text', dir: 'auto', tabindex: 0, role: 'document', 'aria-label': 'Prompt' });
  for (const piece of split(text, pasted)) {
    if (typeof piece === 'string') box.append(...long(piece));
    else if (piece.text === undefined) box.append(element('span', { class: 'pasted-lost', title: 'The agent no longer has this text.' }, piece.placeholder));
    else box.append(element('details', { class: 'pasted' }, element('summary', {}, summary(piece)), element('div', { class: 'pasted-text', dir: 'auto' }, ...long(piece.text))));
  }
  return box;
}

const summary = ({ placeholder, text = '' }: PastedPart) => (placeholder === '' ? `Pasted: ${plural(text.split('\n').length, 'line')}` : placeholder.replace(/^\[|\]$/g, ''));

/** The text around the placeholders, and in their places the parts; parts that have no place come last. */
export function split(text: string, pasted: readonly PastedPart[]): (string | PastedPart)[] {
  const pieces: (string | PastedPart)[] = [];
  const placed = pasted.map((part) => ({ part, at: part.placeholder === '' ? -1 : text.indexOf(part.placeholder) })).sort((a, b) => a.at - b.at);
  let done = 0;
  for (const { part, at } of placed) {
    if (at < done) continue;
    if (at > done) pieces.push(text.slice(done, at));
    pieces.push(part);
    done = at + part.placeholder.length;
  }
  if (done < text.length) pieces.push(text.slice(done));
  return [...pieces, ...placed.filter(({ part }) => !pieces.includes(part)).map(({ part }) => part)];
}

function long(text: string): Node[] {
  if (text.length <= shownAtOnce * 1.2) return [document.createTextNode(text)];
  const more = element('button', { type: 'button', class: 'button' }, `Show ${plural(text.length - shownAtOnce, 'more character')}`);
  more.addEventListener('click', () => more.replaceWith(document.createTextNode(text.slice(shownAtOnce))));
  return [document.createTextNode(text.slice(0, shownAtOnce)), more];
}
