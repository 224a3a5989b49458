/** A cloud of words: a word leads to the search for it; the list below the cloud has the same words for the keyboard. */
import { create } from 'd3-selection';
import type { WordCount } from '../../../src/protocol/timeline.ts';
import { count } from '../../shared/format.ts';
import { element } from '../page/dom.ts';
import { button } from '../theatre/buttons.ts';
import { type Cloud, layOut } from './cloud.ts';
import { card, folded, table } from './figures.ts';
import type { ChartCard } from './sections.ts';

const height = 300;
/** Pixels around the words, which fill the picture. */
const air = 4;
/** A narrow cloud has fewer words rather than tiny ones. */
const wordsIn = (width: number) => (width < 420 ? 45 : 90);

/** @param search What a press on a word does. */
export function cloudCard(title: string, words: readonly WordCount[], nothing: string, search: (word: string) => void): ChartCard & { stop(): void } {
  const frame = element('div', { class: 'stats-frame stats-cloud' });
  const missing = element('p', { class: 'stats-more' });
  missing.hidden = true;
  const first = words[0];
  const numbers = folded(table(title, ['Word', 'Times'], words.map(({ word, count: n }) => [wordButton(word, search), { number: count(n) }])));
  const whole = first ? card(title, `Most often: ${words.slice(0, 3).map(({ word }) => word).join(', ')}.`, frame, missing, numbers) : card(title, nothing);
  let round = 0;
  return {
    element: whole,
    draw: (width) => {
      const mine = ++round;
      if (!first) return;
      const font = getComputedStyle(frame).fontFamily;
      void layOut(words.slice(0, wordsIn(width)), width, height, font, () => mine !== round).then((cloud) => {
        if (!cloud) return;
        frame.replaceChildren(picture(cloud, width, font, `${title}, ${count(cloud.words.length)} of them, larger when used more often. The table below has the numbers.`, search));
        missing.hidden = cloud.left.length === 0;
        missing.textContent = `Not in the picture: ${cloud.left.join(', ')}`;
        whole.dataset['placed'] = String(cloud.words.length);
      });
    },
    stop: () => {
      round++;
    },
  };
}

function wordButton(word: string, search: (word: string) => void): HTMLElement {
  const made = button(word, { class: 'stats-word' }, () => search(word));
  made.title = 'Search for this word';
  return made;
}

function picture({ words, bounds }: Cloud, width: number, font: string, summary: string, search: (word: string) => void): SVGSVGElement {
  const svg = create('svg').attr('width', width).attr('height', height).attr('viewBox', [bounds.x - air, bounds.y - air, bounds.width + 2 * air, bounds.height + 2 * air].join(' ')).attr('role', 'img').attr('aria-label', summary);
  const text = svg.selectAll('text').data(words).join('text').attr('class', (_, index) => `stats-cloud-word is-${index % 3}`).attr('text-anchor', 'middle');
  text.attr('x', (word) => word.x).attr('y', (word) => word.y).attr('font-size', (word) => word.size).attr('font-family', font).attr('font-weight', 600).text((word) => word.text);
  text.append('title').text((word) => `${word.word}: ${count(word.count)} times`);
  text.on('click', (_event, word) => search(word.word));
  const node = svg.node();
  if (!node) throw new Error('no picture');
  return node;
}
