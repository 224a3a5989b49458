/** The sky behind the crawl, on one canvas. */
import { element } from '../page/dom.ts';
import { type Star, heightOf, seeded, size, starField } from './star-field.ts';

const count = 260;

export class Sky {
  readonly element = element('canvas', { class: 'crawl-sky', 'aria-hidden': 'true' });
  readonly #stars: readonly Star[] = starField(count, seeded(1977));
  #seconds = 0;

  /** @param seconds That have passed since the last time; 0 only draws. */
  move(seconds: number): void {
    this.#seconds += seconds;
    const { width, height } = this.element;
    const ink = this.element.getContext('2d');
    if (!ink || width === 0) return;
    ink.clearRect(0, 0, width, height);
    ink.fillStyle = '#fff';
    for (const star of this.#stars) {
      ink.globalAlpha = star.light;
      ink.fillRect(star.x * width, heightOf(star, this.#seconds) * height, size[star.depth], size[star.depth]);
    }
  }

  resize(width: number, height: number): void {
    this.element.width = width;
    this.element.height = height;
    this.move(0);
  }
}
