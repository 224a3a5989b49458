/** The theatre: plays a stretch of time prompt by prompt, large and readable. */
import './film.css';
import './theatre.css';
import { count, plural } from '../../shared/format.ts';
import type { Change, View, ViewContext } from '../view.ts';
import { Details } from './details.ts';
import { debounce, element } from '../page/dom.ts';
import { button, setPlayButton } from './buttons.ts';
import { takeFocus } from './focus.ts';
import { type Speed, holdTime, speeds } from './pacing.ts';
import { promptPage } from './page.ts';
import { Playlist } from './playlist.ts';
import { SpeedChoice } from './speed-choice.ts';
import { nextRating, ratingText, Stars } from './stars.ts';
import { Strip } from './strip.ts';

export function createTheatre(context: ViewContext): View {
  return new Theatre(context);
}

interface Saved {
  readonly id: number | undefined;
  readonly speed: Speed;
}

class Theatre implements View {
  readonly element: HTMLElement;
  readonly #context: ViewContext;
  readonly #details: Details;
  readonly #title = element('h1', { class: 'film-title' });
  readonly #place = element('p', { class: 'film-place' });
  readonly #screen = element('div', { class: 'theatre-screen', tabindex: '0', role: 'region', 'aria-label': 'Prompt' });
  readonly #bar: HTMLElement;
  readonly #play: HTMLButtonElement;
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #stars = new Stars((star) => void this.#rate(star));
  readonly #strip = new Strip((index) => this.#goTo(index));
  readonly #speeds = new SpeedChoice((speed) => this.#setSpeed(speed));
  #list: Playlist;
  #index = 0;
  #speed: Speed = 1;
  #playing = false;
  #visible = false;
  #timer: number | undefined;
  /** The stretch may be changing with every move of the mouse. */
  readonly #refillLater = debounce(150, () => this.#refill());

  constructor(context: ViewContext) {
    this.#context = context;
    this.#details = new Details(context.source);
    this.#list = new Playlist(context);
    this.#previous = button('Previous prompt', { glyph: '‹', key: '←' }, () => this.#goTo(this.#index - 1));
    this.#play = button('Play', { glyph: '▶', key: 'Space', class: 'is-main' }, () => this.#setPlaying(!this.#playing));
    this.#next = button('Next prompt', { glyph: '›', key: '→' }, () => this.#goTo(this.#index + 1));
    const more = button('Details', {}, () => context.select(this.#list.ids[this.#index]));
    const leave = button('Leave', { key: 'Esc' }, () => context.open('timeline'));
    this.#bar = element('div', { class: 'film-bar' }, element('div', { class: 'film-group' }, this.#previous, this.#play, this.#next, this.#speeds.element), this.#stars.element, element('div', { class: 'film-group' }, more, leave));
    this.element = element('section', { class: 'film theatre', tabindex: -1, 'aria-label': 'Theatre' }, element('header', { class: 'film-head' }, this.#title, this.#place), this.#screen, this.#strip.element, this.#bar);

    const saved = context.loadState('theatre') as Saved | undefined;
    this.#index = Math.max(this.#list.indexOf(saved?.id), 0);
    this.#setSpeed(speeds.find((speed) => speed === saved?.speed) ?? 1);
  }

  show(): void {
    this.#visible = true;
    const here = this.#list.ids[this.#index];
    this.#list = new Playlist(this.#context);
    // The prompt in the side panel is what the user looked at last; then where the theatre was left.
    const selected = this.#list.indexOf(this.#context.selected);
    this.#fill(selected >= 0 ? selected : Math.max(this.#list.indexOf(here), 0));
    takeFocus(this.element);
  }

  hide(): void {
    this.#visible = false;
    this.#refillLater.cancel();
    this.#setPlaying(false);
  }

  update(change: Change): void {
    if (change.theme === true) this.#strip.draw();
    if (change.selection === true || change.timeline === true) this.#refillLater();
    if (change.ratings === true) this.#showRatings();
  }

  key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'Escape') this.#context.open('timeline');
    else if (this.#list.count === 0) return false;
    else if (event.key === 'ArrowLeft') this.#goTo(this.#index - 1);
    else if (event.key === 'ArrowRight') this.#goTo(this.#index + 1);
    else if (event.key === 'Home') this.#goTo(0);
    else if (event.key === 'End') this.#goTo(this.#list.count - 1);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') this.#scroll(event.key === 'ArrowUp' ? -1 : 1);
    else if (event.key === ' ') {
      // The space key on a button presses that button.
      if (event.target instanceof HTMLButtonElement || event.target instanceof HTMLInputElement || (event.target as Element | null)?.tagName === 'SUMMARY') return false;
      this.#setPlaying(!this.#playing);
    } else if (/^[1-5]$/.test(event.key)) void this.#rate(Number(event.key));
    else return false;
    return true;
  }

  dispose(): void {
    this.hide();
    this.#strip.dispose();
  }

  #refill(): void {
    if (this.#list.isStillOf(this.#context)) {
      this.#showRatings();
      return;
    }
    const here = this.#list.ids[this.#index];
    this.#list = new Playlist(this.#context);
    this.#fill(Math.max(this.#list.indexOf(here), 0));
  }

  /** A new list of prompts, at one of them. */
  #fill(index: number): void {
    this.#details.forget();
    const empty = this.#list.count === 0;
    this.#title.textContent = this.#list.title;
    this.element.classList.toggle('is-empty', empty);
    this.#bar.hidden = empty;
    this.#strip.element.hidden = empty;
    if (empty) {
      this.#setPlaying(false);
      this.#title.textContent = 'Theatre';
      this.#place.textContent = '';
      this.#screen.replaceChildren(this.#nothing());
      return;
    }
    this.#strip.set(this.#list.times, this.#list.ratings());
    this.#goTo(index);
  }

  #nothing(): HTMLElement {
    return element('div', { class: 'film-empty' }, element('p', {}, 'There is no prompt in this stretch of time. The theatre plays what the timeline shows, one prompt after the other: zoom out, or mark a stretch there.'), button('Show the Timeline', { class: 'is-main' }, () => this.#context.open('timeline')));
  }

  #goTo(index: number): void {
    if (index < 0 || index >= this.#list.count) return;
    this.#index = index;
    this.#place.textContent = `${count(index + 1)} of ${plural(this.#list.count, 'prompt')}`;
    this.#previous.disabled = index === 0;
    this.#next.disabled = index === this.#list.count - 1;
    this.#stars.set(this.#list.ratingAt(index));
    this.#strip.moveTo(index);
    this.#save();
    void this.#load(index);
    this.#schedule();
  }

  async #load(index: number): Promise<void> {
    const list = this.#list;
    const id = list.ids[index];
    if (id === undefined) return;
    try {
      const detail = await this.#details.get(id);
      if (list !== this.#list || index !== this.#index || !this.#visible) return;
      const before = list.times[index - 1];
      this.#screen.replaceChildren(promptPage(detail, before === undefined ? undefined : detail.at - before));
      this.#screen.scrollTop = 0;
      const next = list.ids[index + 1];
      // The next one is there before it is wanted; whether it comes is told when it is on the screen.
      if (next !== undefined) this.#details.get(next).catch(() => undefined);
    } catch (error) {
      if (list === this.#list && index === this.#index) this.#context.fail(error);
    }
  }

  #schedule(): void {
    window.clearTimeout(this.#timer);
    if (!this.#playing) return;
    if (this.#index >= this.#list.count - 1) {
      this.#setPlaying(false);
      this.#context.announce('The end of the stretch.');
      return;
    }
    const gap = (this.#list.times[this.#index + 1] ?? 0) - (this.#list.times[this.#index] ?? 0);
    const hold = holdTime(this.#list.lengthAt(this.#index), gap, this.#speed);
    if (!this.#context.reducedMotion) this.#strip.moveTo(this.#index + 1, hold);
    this.#timer = window.setTimeout(() => this.#goTo(this.#index + 1), hold);
  }

  #setPlaying(playing: boolean): void {
    // At the end, playing begins anew.
    if (playing && !this.#playing && this.#index === this.#list.count - 1 && this.#list.count > 1) {
      this.#playing = true;
      setPlayButton(this.#play, true);
      this.#goTo(0);
      return;
    }
    this.#playing = playing && this.#list.count > 1;
    setPlayButton(this.#play, this.#playing);
    if (!this.#playing && this.#list.count > 0) this.#strip.moveTo(this.#index);
    if (this.#playing) this.#schedule();
    else window.clearTimeout(this.#timer);
  }

  #setSpeed(speed: Speed): void {
    this.#speed = speed;
    this.#speeds.set(speed);
    this.#save();
    if (this.#playing) this.#schedule();
  }

  async #rate(star: number): Promise<void> {
    const list = this.#list;
    const index = this.#index;
    const id = list.ids[index];
    if (id === undefined) return;
    const rating = nextRating(list.ratingAt(index), star);
    const done = await this.#context.rate(id, rating);
    if (done) this.#context.announce(ratingText(rating));
    this.#showRatings();
  }

  /** Ratings may have changed anywhere, also in another window. */
  #showRatings(): void {
    this.#strip.setRatings(this.#list.ratings());
    this.#stars.set(this.#list.ratingAt(this.#index));
  }

  #scroll(direction: number): void {
    this.#screen.scrollBy({ top: direction * this.#screen.clientHeight * 0.4, behavior: this.#context.reducedMotion ? 'instant' : 'smooth' });
  }

  #save(): void {
    this.#context.saveState('theatre', { id: this.#list.ids[this.#index], speed: this.#speed } satisfies Saved);
  }
}
