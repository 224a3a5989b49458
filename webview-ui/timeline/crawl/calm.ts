/** The crawl for people who want no motion: a short list that steps from prompt to prompt. */
import { element } from '../page/dom.ts';
import { holdTime } from '../theatre/pacing.ts';
import { titleLine } from './facts.ts';
import { promptBlock, showStars, titleBlock } from './paragraph.ts';
import type { Programme, Screen, ScreenEvents } from './screen.ts';
import { Sky } from './sky.ts';

/** Prompts after the current one that can be seen coming. */
const ahead = 2;

export class CalmScreen implements Screen {
  readonly element: HTMLElement;
  readonly #events: ScreenEvents;
  readonly #sky = new Sky();
  readonly #list = element('div', { class: 'crawl-calm', tabindex: '0', role: 'region', 'aria-label': 'Prompts' });
  readonly #sizes: ResizeObserver;
  #programme: Programme | undefined;
  #index = 0;
  #playing = false;
  #speed = 1;
  #font = 26;
  #ownFont: number | undefined;
  #timer: number | undefined;

  constructor(events: ScreenEvents) {
    this.#events = events;
    this.element = element('div', { class: 'crawl-stage is-calm' }, this.#sky.element, this.#list);
    this.#sizes = new ResizeObserver(() => this.#measure());
    this.#sizes.observe(this.element);
  }

  get font(): number {
    return this.#font;
  }

  start(programme: Programme, index: number): void {
    this.#programme = programme;
    this.#measure();
    this.goTo(index);
  }

  goTo(index: number): void {
    this.#index = index;
    this.#events.onCurrent(index);
    this.#draw();
    this.#schedule();
  }

  setPlaying(playing: boolean): void {
    this.#playing = playing;
    this.#schedule();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#schedule();
  }

  setFont(size: number | undefined): void {
    this.#ownFont = size;
    this.#measure();
  }

  wake(): void {
    this.#draw();
  }

  rated(index: number): void {
    const block = this.#list.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (block) showStars(block, this.#programme?.list.ratingAt(index) ?? 0);
  }

  stop(): void {
    window.clearTimeout(this.#timer);
  }

  dispose(): void {
    this.stop();
    this.#sizes.disconnect();
  }

  #draw(): void {
    const programme = this.#programme;
    if (!programme) return;
    const blocks: HTMLElement[] = [];
    if (this.#index === 0) blocks.push(element('p', { class: 'crawl-prologue' }, titleLine(programme.facts)), titleBlock(programme));
    for (let index = this.#index; index <= Math.min(this.#index + ahead, programme.list.count - 1); index++) {
      const block = promptBlock(programme, index);
      if (!block) break;
      block.dataset['index'] = String(index);
      block.classList.toggle('is-current', index === this.#index);
      blocks.push(block);
    }
    this.#list.replaceChildren(...blocks);
    this.#list.scrollTop = 0;
  }

  #schedule(): void {
    window.clearTimeout(this.#timer);
    const list = this.#programme?.list;
    if (!this.#playing || !list) return;
    const gap = (list.times[this.#index + 1] ?? Infinity) - (list.times[this.#index] ?? 0);
    this.#timer = window.setTimeout(() => (this.#index + 1 < list.count ? this.goTo(this.#index + 1) : this.#events.onEnd()), holdTime(list.lengthAt(this.#index), gap, this.#speed));
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0) return;
    this.#font = this.#ownFont ?? Math.round(Math.min(Math.max(width / 40, 18), 28));
    this.#list.style.fontSize = `${this.#font}px`;
    this.#sky.resize(width, height);
  }
}
