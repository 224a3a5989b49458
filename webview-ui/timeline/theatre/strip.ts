/** The thin strip under what plays: every prompt's place, and where it plays now. */
import { moment } from '../../shared/format.ts';
import { element } from '../page/dom.ts';
import { type Stretch, marks, nearest, placeOf } from './places.ts';

export class Strip {
  readonly element: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #head: HTMLElement;
  readonly #sizes: ResizeObserver;
  #times: ArrayLike<number> = [];
  #ratings: ArrayLike<number> = [];
  #stretch: Stretch = { from: 0, to: 0 };
  #index = 0;

  /** @param onSeek Gets the index of the prompt to go to. */
  constructor(onSeek: (index: number) => void) {
    this.#canvas = element('canvas', { 'aria-hidden': 'true' });
    this.#head = element('div', { class: 'film-strip-head' });
    this.element = element('div', { class: 'film-strip', role: 'slider', tabindex: '0', 'aria-label': 'Place in the stretch' }, this.#canvas, this.#head);
    const seek = (event: PointerEvent) => {
      const box = this.element.getBoundingClientRect();
      if (this.#times.length > 0 && box.width > 0) onSeek(nearest(this.#times, this.#stretch, (event.clientX - box.left) / box.width));
    };
    this.element.addEventListener('pointerdown', (event) => {
      this.element.setPointerCapture(event.pointerId);
      seek(event);
    });
    this.element.addEventListener('pointermove', (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) seek(event);
    });
    // The arrows go by one in the whole view; these two are the slider's own.
    this.element.addEventListener('keydown', (event) => {
      const target = { Home: 0, End: this.#times.length - 1, PageUp: this.#index - 10, PageDown: this.#index + 10 }[event.key];
      if (target === undefined || this.#times.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      onSeek(Math.min(Math.max(target, 0), this.#times.length - 1));
    });
    this.#sizes = new ResizeObserver(() => this.draw());
    this.#sizes.observe(this.element);
  }

  /** @param times Rising; must not be changed afterwards. */
  set(times: ArrayLike<number>, ratings: ArrayLike<number>): void {
    this.#times = times;
    this.#ratings = ratings;
    this.#stretch = { from: times[0] ?? 0, to: times[times.length - 1] ?? 0 };
    this.draw();
  }

  setRatings(ratings: ArrayLike<number>): void {
    this.#ratings = ratings;
    this.draw();
  }

  /** @param glide Milliseconds that the head takes to get there; 0 is at once. */
  moveTo(index: number, glide = 0): void {
    this.#index = index;
    const at = this.#times[index] ?? 0;
    this.#head.style.transitionDuration = `${glide}ms`;
    this.#head.style.left = `${placeOf(at, this.#stretch) * 100}%`;
    this.element.setAttribute('aria-valuemin', '1');
    this.element.setAttribute('aria-valuemax', String(Math.max(this.#times.length, 1)));
    this.element.setAttribute('aria-valuenow', String(index + 1));
    this.element.setAttribute('aria-valuetext', `${index + 1} of ${this.#times.length}, ${moment(at)}`);
  }

  /** Draws again, also after a change of theme. */
  draw(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0) return;
    const scale = window.devicePixelRatio || 1;
    this.#canvas.width = Math.round(width * scale);
    this.#canvas.height = Math.round(height * scale);
    const ink = this.#canvas.getContext('2d');
    if (!ink) return;
    ink.scale(scale, scale);
    const colours = [0, 1, 2, 3, 4, 5].map((rating) => this.#colour(rating));
    for (const { x, rating } of marks(this.#times, this.#ratings, this.#stretch, width - 2)) {
      // Taller is better: the colour alone does not say it.
      const tall = rating === 0 ? 0.4 : 0.4 + 0.12 * rating;
      ink.fillStyle = colours[rating] ?? '';
      ink.fillRect(x, height * (1 - tall), 2, height * tall);
    }
  }

  /** What the style sheet says, as a colour that a canvas takes. */
  #colour(rating: number): string {
    this.#head.style.color = `var(--tl-rating-${rating})`;
    const { color } = getComputedStyle(this.#head);
    this.#head.style.color = '';
    return color;
  }

  dispose(): void {
    this.#sizes.disconnect();
  }
}
