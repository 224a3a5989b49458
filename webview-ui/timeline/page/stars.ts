/** Five stars; the same one again clears. */
import { plural } from '../../shared/format.ts';
import { element } from './dom.ts';
import { star } from './icons.ts';

export function stars(rating: number, rate: ((rating: number) => void) | undefined): HTMLElement {
  if (!rate) return element('span', { class: 'stars', role: 'img', 'aria-label': rating === 0 ? 'Unrated' : `${rating} of 5 stars` }, ...drawn(rating));
  const group = element('span', { class: `stars rating-${rating}`, role: 'group', 'aria-label': 'Rating' });
  for (let n = 1; n <= 5; n++) {
    const one = element('button', { type: 'button', class: n <= rating ? 'star-button on' : 'star-button', 'aria-pressed': n === rating ? 'true' : 'false', 'aria-label': plural(n, 'star'), title: n === rating ? `Clear (${n})` : `${plural(n, 'star')} (${n})` }, star());
    one.addEventListener('click', () => rate(n === rating ? 0 : n));
    group.append(one);
  }
  return group;
}

const drawn = (rating: number) => [1, 2, 3, 4, 5].map((n) => element('span', { class: n <= rating ? 'star-mark on' : 'star-mark' }, star()));
