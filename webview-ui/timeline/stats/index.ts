/** Figures about a period: how much, how good, when, how long, and in which words. */
import '../theatre/film.css';
import './stats.css';
import { element } from '../page/dom.ts';
import { button } from '../theatre/buttons.ts';
import { takeFocus } from '../theatre/focus.ts';
import type { Change, View, ViewContext } from '../view.ts';
import { cloudCard } from './cloud-card.ts';
import { type PeriodChoice, periodOf, periods } from './periods.ts';
import { type ChartCard, headline, hours, lengths, projects, ratings, trend, weekdays } from './sections.ts';

export function createStats(context: ViewContext): View {
  return new Stats(context);
}

const mostWords = 90;
/** Milliseconds after the last rating or new prompt until the figures are asked for again. */
const settle = 400;

class Stats implements View {
  readonly element: HTMLElement;
  readonly #context: ViewContext;
  readonly #content = element('div', { class: 'stats-content' });
  readonly #choices: readonly HTMLButtonElement[];
  readonly #sizes: ResizeObserver;
  #choice: PeriodChoice = periods[0];
  #cards: readonly ChartCard[] = [];
  #clouds: readonly { stop(): void }[] = [];
  #widths = new WeakMap<ChartCard, number>();
  #round = 0;
  #visible = false;
  #timer: number | undefined;

  constructor(context: ViewContext) {
    this.#context = context;
    this.#choices = periods.map((period) => button(period.label, {}, () => this.#choose(period)));
    const chooser = element('div', { class: 'film-choice', role: 'group', 'aria-label': 'Period' }, ...this.#choices);
    this.element = element('section', { class: 'film stats', 'aria-label': 'Stats', tabindex: '0' }, element('header', { class: 'film-head' }, element('h1', { class: 'film-title' }, 'Your prompts in figures'), element('div', { class: 'film-bar' }, chooser)), this.#content);
    this.#sizes = new ResizeObserver(() => this.#draw());
    this.#sizes.observe(this.#content);
    const saved = context.loadState('stats') as { readonly period?: unknown } | undefined;
    this.#choice = periods.find(({ name }) => name === saved?.period) ?? periods[0];
  }

  show(): void {
    this.#visible = true;
    void this.#load();
    takeFocus(this.element);
  }

  hide(): void {
    this.#visible = false;
    this.#round++;
    window.clearTimeout(this.#timer);
    for (const cloud of this.#clouds) cloud.stop();
  }

  update(change: Change): void {
    if (change.timeline === true || change.ratings === true) {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => void this.#load(), settle);
    }
    // Letters may have another width now.
    if (change.theme === true) {
      this.#widths = new WeakMap();
      this.#draw();
    }
  }

  key(event: KeyboardEvent): boolean {
    if (event.key !== 'Escape') return false;
    this.#context.open('timeline');
    return true;
  }

  dispose(): void {
    this.hide();
    this.#sizes.disconnect();
  }

  #choose(choice: PeriodChoice): void {
    this.#choice = choice;
    this.#context.saveState('stats', { period: choice.name });
    void this.#load();
  }

  async #load(): Promise<void> {
    const round = ++this.#round;
    this.#choices.forEach((choice, index) => choice.setAttribute('aria-pressed', String(periods[index] === this.#choice)));
    this.#content.setAttribute('aria-busy', 'true');
    try {
      const { source } = this.#context;
      const period = periodOf(this.#choice, Date.now());
      const [stats, words, terms] = await Promise.all([source.stats(period), source.words(period, false, mostWords), source.words(period, true, mostWords)]);
      if (round !== this.#round) return;
      for (const cloud of this.#clouds) cloud.stop();
      this.#content.setAttribute('aria-busy', 'false');
      if (stats.total === 0) {
        this.#cards = this.#clouds = [];
        this.#content.replaceChildren(this.#nothing());
        return;
      }
      const search = (word: string) => this.#context.search(word);
      const clouds = [
        cloudCard('Words', words, 'No words yet: prompts of a few sentences fill this cloud.', search),
        cloudCard('Technical terms', terms, 'No technical terms yet: names of files, functions and tools appear here.', search),
      ] as const;
      const [length, hour, weekday, week] = [lengths(stats), hours(stats), weekdays(stats), trend(stats)];
      this.#clouds = clouds;
      this.#cards = [length, hour, weekday, week, ...clouds];
      week.element.classList.add('is-wide');
      this.#content.replaceChildren(headline(stats), ratings(stats), projects(stats), length.element, weekday.element, hour.element, week.element, clouds[0].element, clouds[1].element);
      hour.element.classList.add('is-wide');
      this.#draw();
      this.#context.announce(`Figures of ${String(stats.total)} prompts ${this.#choice.words}.`);
    } catch (error) {
      if (round !== this.#round) return;
      this.#content.setAttribute('aria-busy', 'false');
      this.#context.fail(error);
    }
  }

  /** Draws the charts whose width is another now. */
  #draw(): void {
    if (!this.#visible) return;
    for (const chart of this.#cards) {
      const frame = chart.element.querySelector<HTMLElement>('.stats-frame');
      const width = Math.floor(frame?.clientWidth ?? 0);
      if (width < 60 || this.#widths.get(chart) === width) continue;
      this.#widths.set(chart, width);
      chart.draw(width);
    }
  }

  #nothing(): HTMLElement {
    const none = this.#context.timeline.prompts.count === 0;
    const text = none
      ? 'Here you will see how many prompts you write, when, for which projects, and which kind does well. Write the first one in an agent’s terminal; it appears by itself.'
      : `No prompts ${this.#choice.words}. A longer period has some.`;
    const action = none ? button('Show the Timeline', { class: 'is-main' }, () => this.#context.open('timeline')) : button('Show All', { class: 'is-main' }, () => this.#choose(periods[0]));
    return element('div', { class: 'film-empty' }, element('p', {}, text), action);
  }
}
