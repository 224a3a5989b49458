/** The crawl's controls: they fade away when nobody moves. */
import { element } from '../page/dom.ts';
import { button, setPlayButton } from '../theatre/buttons.ts';
import { Stars } from '../theatre/stars.ts';
import { Strip } from '../theatre/strip.ts';

export interface ControlEvents {
  onPlay(): void;
  /** -1 back, 1 forward. */
  onStep(by: number): void;
  onSpeed(by: number): void;
  onFont(by: number): void;
  onSeek(index: number): void;
  onRate(star: number): void;
  onLeave(): void;
}

/** Milliseconds. */
const patience = 2000;

export class Controls {
  readonly element: HTMLElement;
  readonly strip: Strip;
  readonly stars: Stars;
  readonly #stage: HTMLElement;
  readonly #play: HTMLButtonElement;
  readonly #speed = element('output', { class: 'crawl-speed', 'aria-label': 'Speed' });
  #timer: number | undefined;

  /** @param stage Gets the class `is-idle` while nobody moves. */
  constructor(stage: HTMLElement, events: ControlEvents) {
    this.#stage = stage;
    this.strip = new Strip((index) => events.onSeek(index));
    this.stars = new Stars((star) => events.onRate(star));
    this.#play = button('Pause', { glyph: '❚❚', key: 'Space', class: 'is-main' }, () => events.onPlay());
    const group = (...parts: HTMLElement[]) => element('div', { class: 'film-group' }, ...parts);
    this.element = element('div', { class: 'crawl-controls' }, this.strip.element, element('div', { class: 'film-bar' },
    group(
        button('Back', { glyph: '‹', key: '←' }, () => events.onStep(-1)),
        this.#play,
        button('Forward', { glyph: '›', key: '→' }, () => events.onStep(1)),
        button('Slower', { glyph: '−', key: '↓' }, () => events.onSpeed(-1)),
        this.#speed,
        button('Faster', { glyph: '+', key: '↑' }, () => events.onSpeed(1)),
      ),
    this.stars.element,
    group(
        button('A−: smaller letters', { glyph: 'A−', key: '[' }, () => events.onFont(-1)),
        button('A+: larger letters', { glyph: 'A+', key: ']' }, () => events.onFont(1)),
        button('Leave', { key: 'Esc' }, () => events.onLeave()),
      ),
  ));
    for (const type of ['pointermove', 'pointerdown', 'focusin'] as const) stage.addEventListener(type, () => this.stir());
  }

  setPlaying(playing: boolean): void {
    setPlayButton(this.#play, playing);
  }

  setSpeed(speed: number): void {
    this.#speed.textContent = `${speed}×`;
  }

  /** Somebody is there. */
  stir(): void {
    this.#stage.classList.remove('is-idle');
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#stage.classList.add('is-idle'), patience);
  }

  /** Stays as it is, without a timer. */
  rest(): void {
    window.clearTimeout(this.#timer);
    this.#stage.classList.remove('is-idle');
  }
}
