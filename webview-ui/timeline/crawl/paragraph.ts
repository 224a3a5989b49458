/** What rolls: the title of the episode, and one paragraph for each prompt. */
import { element } from '../page/dom.ts';
import { starText } from '../theatre/stars.ts';
import { episodeTitle, opening, roman } from './facts.ts';
import type { Programme } from './screen.ts';

export function titleBlock({ facts, episode }: Programme): HTMLElement {
  return element('header', { class: 'crawl-title' },
    element('p', { class: 'crawl-episode' }, `Episode ${roman(Math.max(episode, 1))}`),
    element('h2', { class: 'crawl-project', dir: 'auto' }, episodeTitle(facts)),
    element('p', { class: 'crawl-opening' }, opening(facts)),
  );
}

/** @returns undefined while the text is under way. */
export function promptBlock({ list, texts }: Programme, index: number): HTMLElement | undefined {
  const text = texts.get(index);
  if (text === undefined) return undefined;
  const project = list.projectAt(index);
  const block = element('article', { class: 'crawl-prompt' });
  // A new place is said when the scene changes, not before every prompt.
  if (index > 0 && project !== list.projectAt(index - 1)) block.append(element('p', { class: 'crawl-where', dir: 'auto' }, project || 'elsewhere'));
  block.append(element('p', { class: 'crawl-text', dir: 'auto' }, text), element('p', { class: 'crawl-stars', 'aria-hidden': 'true' }));
  showStars(block, list.ratingAt(index));
  return block;
}

export function showStars(block: HTMLElement, rating: number): void {
  const stars = block.querySelector<HTMLElement>('.crawl-stars');
  if (!stars) return;
  // The line is always there: a rating must not push what rolls below it.
  stars.textContent = rating === 0 ? '' : starText(rating);
}
