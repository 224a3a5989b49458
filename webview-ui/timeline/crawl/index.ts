/** The opening crawl: prompts roll away under the stars, and can be rated as they go. */
import '../theatre/film.css';
import './crawl.css';
import { exactTime, fullDate } from '../../shared/format.ts';
import { debounce, element } from '../page/dom.ts';
import { button } from '../theatre/buttons.ts';
import { takeFocus } from '../theatre/focus.ts';
import { nextRating, ratingText, starText } from '../theatre/stars.ts';
import type { Change, View, ViewContext } from '../view.ts';
import { CalmScreen } from './calm.ts';
import { Controls } from './controls.ts';
import { programmeOf } from './programme.ts';
import { RollingScreen } from './rolling.ts';
import type { Programme, Screen, ScreenEvents } from './screen.ts';

export function createCrawl(context: ViewContext): View {
  return new Crawl(context);
}

const speeds = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10] as const;
const smallestFont = 14;
const largestFont = 72;

interface Saved {
  readonly id: number | undefined;
  readonly speed: number;
  readonly font: number | undefined;
}

class Crawl implements View {
  readonly element = element('section', { class: 'film crawl', tabindex: -1, 'aria-label': 'Crawl' });
  readonly #context: ViewContext;
  readonly #controls: Controls;
  readonly #clock = element('p', { class: 'crawl-time' });
  readonly #place = element('p', { class: 'crawl-place' });
  readonly #given = element('p', { class: 'crawl-given', 'aria-hidden': 'true' });
  #screen: Screen | undefined;
  #programme: Programme | undefined;
  #index = 0;
  #playing = false;
  #ended = false;
  #visible = false;
  #speed = 1;
  #font: number | undefined;
  /** The prompt at which the crawl was left. */
  #lastId: number | undefined;
  /** The stretch may be changing with every move of the mouse. */
  readonly #beginLater = debounce(150, () => {
    if (this.#programme?.list.isStillOf(this.#context) === true) this.#rated(this.#programme, this.#index);
    else this.#begin();
  });

  constructor(context: ViewContext) {
    this.#context = context;
    this.#controls = new Controls(this.element, {
      onPlay: () => this.#setPlaying(!this.#playing),
      onStep: (by) => this.#step(by),
      onSpeed: (by) => this.#changeSpeed(by),
      onFont: (by) => this.#changeFont(by),
      onSeek: (index) => this.#screen?.goTo(index),
      onRate: (star) => void this.#rate(star),
      onLeave: () => context.open('timeline'),
    });
    const saved = context.loadState('crawl') as Saved | undefined;
    this.#speed = speeds.find((speed) => speed === saved?.speed) ?? 1;
    this.#font = typeof saved?.font === 'number' ? clampFont(saved.font) : undefined;
    this.#lastId = saved?.id;
    this.#controls.setSpeed(this.#speed);
  }

  show(): void {
    this.#visible = true;
    this.#begin();
    this.#controls.stir();
    takeFocus(this.element);
  }

  hide(): void {
    this.#visible = false;
    this.#beginLater.cancel();
    this.#playing = false;
    this.#screen?.stop();
    this.#controls.rest();
  }

  update(change: Change): void {
    if (change.theme === true) this.#controls.strip.draw();
    const programme = this.#programme;
    if (change.selection === true || change.timeline === true) this.#beginLater();
    if (programme && change.ratings === true) this.#rated(programme, this.#index);
  }

  key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    this.#controls.stir();
    if (event.key === 'Escape') this.#context.open('timeline');
    else if (!this.#programme) return false;
    else if (event.key === ' ') {
      // The space key on a button presses that button.
      if (event.target instanceof HTMLButtonElement) return false;
      this.#setPlaying(!this.#playing);
    } else if (event.key === 'ArrowLeft') this.#step(-1);
    else if (event.key === 'ArrowRight') this.#step(1);
    else if (event.key === 'ArrowUp' || event.key === '+' || event.key === '=') this.#changeSpeed(1);
    else if (event.key === 'ArrowDown' || event.key === '-') this.#changeSpeed(-1);
    else if (event.key === ']') this.#changeFont(1);
    else if (event.key === '[') this.#changeFont(-1);
    else if (event.key === 'Home') this.#restart();
    else if (event.key === 'End') this.#screen?.goTo(this.#programme.list.count - 1);
    else if (/^[1-5]$/.test(event.key)) void this.#rate(Number(event.key));
    else return false;
    return true;
  }

  dispose(): void {
    this.hide();
    this.#screen?.dispose();
    this.#controls.strip.dispose();
  }

  /** A stretch of time from its title, or from where it was left. */
  #begin(): void {
    this.#screen?.dispose();
    this.#programme = programmeOf(this.#context, () => {
      if (this.#visible) this.#screen?.wake();
    });
    const programme = this.#programme;
    if (!programme) {
      this.#screen = undefined;
      this.element.replaceChildren(this.#nothing());
      return;
    }
    const events: ScreenEvents = { onCurrent: (index) => this.#setCurrent(index), onEnd: () => this.#end() };
    const screen = this.#context.reducedMotion ? new CalmScreen(events) : new RollingScreen(events);
    this.#screen = screen;
    this.element.replaceChildren(screen.element, element('div', { class: 'crawl-clock' }, this.#clock, this.#place, this.#given), this.#controls.element);
    this.#controls.strip.set(programme.list.times, programme.list.ratings());
    screen.setFont(this.#font);
    screen.setSpeed(this.#speed);
    this.#ended = false;
    this.#index = -1;
    screen.start(programme, Math.max(programme.list.indexOf(this.#lastId), 0));
    this.#setPlaying(true);
  }

  #nothing(): HTMLElement {
    return element('div', { class: 'film-empty' }, element('p', {}, 'Space is empty: there is no prompt in this stretch of time. The crawl rolls what the timeline shows; zoom out, or mark a stretch there.'), button('Show the Timeline', { class: 'is-main' }, () => this.#context.open('timeline')));
  }

  #setCurrent(index: number): void {
    if (index === this.#index || !this.#programme) return;
    this.#index = index;
    const { list } = this.#programme;
    const at = list.times[index] ?? 0;
    this.#clock.textContent = exactTime(at);
    this.#place.textContent = [fullDate(at), list.projectAt(index)].filter((part) => part !== '').join(' · ');
    this.#controls.strip.moveTo(index);
    this.#showRating();
    this.#save();
  }

  #showRating(): void {
    const rating = this.#programme?.list.ratingAt(this.#index) ?? 0;
    this.#controls.stars.set(rating);
    this.#given.textContent = rating === 0 ? '' : starText(rating);
  }

  /** The stars of a prompt are different now, wherever they are shown. */
  #rated(programme: Programme, index: number): void {
    this.#controls.strip.setRatings(programme.list.ratings());
    this.#screen?.rated(index);
    this.#showRating();
  }

  async #rate(star: number): Promise<void> {
    // The prompt that is rated is the one that was at reading height when the key was pressed.
    const programme = this.#programme;
    const index = this.#index;
    const id = programme?.list.ids[index];
    if (!programme || id === undefined) return;
    const rating = nextRating(programme.list.ratingAt(index), star);
    if (await this.#context.rate(id, rating)) this.#context.announce(ratingText(rating));
    if (programme === this.#programme) this.#rated(programme, index);
  }

  #setPlaying(playing: boolean): void {
    this.#playing = playing;
    this.#screen?.setPlaying(playing);
    this.#controls.setPlaying(playing);
    this.element.classList.toggle('is-paused', !playing);
    if (playing && this.#ended) this.#restart();
  }

  #end(): void {
    this.#setPlaying(false);
    this.#ended = true;
    this.#context.announce('The end.');
  }

  #restart(): void {
    this.#ended = false;
    this.#index = -1;
    if (this.#programme) this.#screen?.start(this.#programme, 0);
  }

  #step(by: number): void {
    const count = this.#programme?.list.count ?? 0;
    this.#ended = false;
    this.#screen?.goTo(Math.min(Math.max(this.#index + by, 0), count - 1));
  }

  #changeSpeed(by: number): void {
    const at = speeds.findIndex((speed) => speed === this.#speed);
    this.#speed = speeds[Math.min(Math.max(at + by, 0), speeds.length - 1)] ?? 1;
    this.#screen?.setSpeed(this.#speed);
    this.#controls.setSpeed(this.#speed);
    this.#save();
  }

  #changeFont(by: number): void {
    this.#font = clampFont((this.#screen?.font ?? 32) + 2 * by);
    this.#screen?.setFont(this.#font);
    this.#save();
  }

  #save(): void {
    this.#lastId = this.#programme?.list.ids[this.#index];
    this.#context.saveState('crawl', { id: this.#lastId, speed: this.#speed, font: this.#font } satisfies Saved);
  }
}

const clampFont = (size: number) => Math.min(Math.max(size, smallestFont), largestFont);
