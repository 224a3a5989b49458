/** 1x, 2x or 10x. */
import { element } from '../page/dom.ts';
import { button } from './buttons.ts';
import { type Speed, speeds } from './pacing.ts';

export class SpeedChoice {
  readonly element: HTMLElement;
  readonly #buttons: readonly HTMLButtonElement[];

  constructor(onChoose: (speed: Speed) => void) {
    this.#buttons = speeds.map((speed) => button(`${speed}×`, {}, () => onChoose(speed)));
    this.element = element('div', { class: 'film-choice', role: 'group', 'aria-label': 'Speed' }, ...this.#buttons);
  }

  set(speed: Speed): void {
    this.#buttons.forEach((choice, index) => choice.setAttribute('aria-pressed', String(speeds[index] === speed)));
  }
}
