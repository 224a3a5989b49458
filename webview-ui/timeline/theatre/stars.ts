/** Five stars that rate the prompt on the screen. */
import { element } from '../page/dom.ts';
import { button } from './buttons.ts';

/** What a press on a star or its key means: the same again clears. */
export const nextRating = (now: number, pressed: number) => (now === pressed ? 0 : pressed);

export const starText = (rating: number) => '★'.repeat(rating) + '☆'.repeat(5 - rating);

export const ratingText = (rating: number) => (rating === 0 ? 'not rated' : `${rating} of 5 stars`);

export class Stars {
  readonly element: HTMLElement;
  readonly #buttons: readonly HTMLButtonElement[];

  /** @param onRate Gets the star that was pressed, 1-5. */
  constructor(onRate: (star: number) => void) {
    this.#buttons = [1, 2, 3, 4, 5].map((star) =>
      button(`${star} ${star === 1 ? 'star' : 'stars'}`, { glyph: '☆', key: String(star), class: 'film-star' }, () => onRate(star)),
    );
    this.element = element('div', { class: 'film-stars', role: 'group', 'aria-label': 'Rating' }, ...this.#buttons);
  }

  set(rating: number): void {
    this.element.setAttribute('aria-label', `Rating: ${ratingText(rating)}`);
    this.element.dataset['rating'] = String(rating);
    this.#buttons.forEach((star, index) => {
      const filled = index < rating;
      star.classList.toggle('is-filled', filled);
      star.setAttribute('aria-pressed', String(index + 1 === rating));
      if (star.firstChild) star.firstChild.textContent = filled ? '★' : '☆';
    });
  }
}
