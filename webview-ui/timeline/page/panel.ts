/** The side panel: what the search found, or one prompt. Its edge is dragged, or moved by arrow keys. */
import type { PromptDetail } from '../../../src/protocol/timeline.ts';
import { plural } from '../../shared/format.ts';
import { button, element, setAttributes } from './dom.ts';
import { detail, type DetailView } from './detail.ts';
import { icon } from './icons.ts';
import { results } from './results.ts';
import { panelWidths } from './savedState.ts';
import type { PageChange, PageState } from './state.ts';

export class Panel {
  readonly element = element('aside', { class: 'panel', 'aria-label': 'Prompt', hidden: true });
  readonly edge = element('div', { class: 'panel-edge', role: 'separator', 'aria-orientation': 'vertical', 'aria-label': 'Width of the panel', tabindex: 0, hidden: true });
  readonly #state: PageState;
  readonly #head = element('div', { class: 'panel-head' });
  readonly #body = element('div', { class: 'panel-body' });
  #detail: DetailView | undefined;
  #shownId: number | undefined;
  /** What is shown of it, to see whether anything is different. */
  #shownText = '';
  #asked = 0;
  #resultsClosed = false;
  #width = panelWidths.usual;
  #before: HTMLElement | undefined;

  constructor(state: PageState) {
    this.#state = state;
    this.element.append(this.#head, this.#body);
    this.#listenToEdge();
  }

  get width(): number {
    return this.#width;
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  setWidth(width: number): void {
    this.#width = Math.max(panelWidths.least, Math.min(panelWidths.most, Math.round(width)));
    this.element.style.width = `${this.#width}px`;
    setAttributes(this.edge, { 'aria-valuenow': this.#width, 'aria-valuemin': panelWidths.least, 'aria-valuemax': panelWidths.most });
  }

  update(change: PageChange): void {
    if (change.filters) this.#resultsClosed = false;
    if (change.selected) void this.#showSelected();
    else if (change.ratings && this.#detail && this.#shownId !== undefined) this.#detail.showRating(this.#ratingOf(this.#shownId));
    else if ((change.filters || change.visibility) && this.#state.selected === undefined) this.#showResults();
    else if (change.filters) this.#showHead();
    else if (change.timeline) void this.refresh();
  }

  /** Somebody else may have changed the prompt that is shown. Who is writing a note is left alone. */
  async refresh(): Promise<void> {
    const id = this.#shownId;
    if (id === undefined) return;
    const asked = this.#asked;
    const prompt = await this.#state.source.prompt(id).catch(() => undefined);
    if (!prompt || asked !== this.#asked || JSON.stringify(prompt) === this.#shownText) return;
    if (this.#body.contains(document.activeElement)) this.#detail?.showRating(prompt.rating);
    else this.#fill(prompt);
  }

  #fill(prompt: PromptDetail): void {
    this.#detail = detail(prompt, this.#state);
    this.#shownId = prompt.id;
    this.#shownText = JSON.stringify(prompt);
    this.#body.replaceChildren(this.#detail.element);
  }

  #ratingOf = (id: number) => this.#state.timeline.prompts.rating[this.#state.rowOf(id)] ?? 0;

  /** An answer for a prompt that is no longer chosen is dropped. */
  async #showSelected(): Promise<void> {
    const id = this.#state.selected;
    const asked = ++this.#asked;
    this.#detail?.leave();
    this.#detail = undefined;
    if (id === undefined) {
      this.#shownId = undefined;
      this.#showResults();
      return;
    }
    this.#show();
    try {
      const prompt = await this.#state.source.prompt(id);
      if (asked !== this.#asked) return;
      this.#fill(prompt);
      this.#body.scrollTop = 0;
    } catch (error) {
      if (asked === this.#asked) this.#body.replaceChildren(element('p', { class: 'hint' }, error instanceof Error ? error.message : String(error)));
    }
  }

  #showResults(): void {
    const searching = this.#state.filters.text.trim() !== '';
    if (!searching || this.#resultsClosed) {
      this.#hide();
      return;
    }
    this.#show();
    this.#body.replaceChildren(results(this.#state, (id) => this.#state.select(id)));
  }

  #show(): void {
    if (this.element.hidden && document.activeElement instanceof HTMLElement) this.#before = document.activeElement;
    this.element.hidden = false;
    this.edge.hidden = false;
    this.#showHead();
  }

  #showHead(): void {
    const { found, selected } = this.#state;
    const back = selected !== undefined && found ? [button(`Back to ${plural(found.ids.length, 'result')}`, () => this.#state.select(undefined), { icon: icon('chevronLeft'), text: plural(found.ids.length, 'result'), className: 'quiet' })] : [];
    const title = element('h2', { class: back.length > 0 ? 'for-screen-readers' : 'panel-title' }, selected === undefined ? 'Found' : 'Prompt');
    this.#head.replaceChildren(title, ...back, element('span', { class: 'spring' }), button('Close (Escape)', () => this.close(), { icon: icon('close') }));
  }

  close(): void {
    this.#resultsClosed = true;
    if (this.#state.selected === undefined) this.#hide();
    else this.#state.select(undefined);
  }

  #hide(): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.edge.hidden = true;
    this.#body.replaceChildren();
    if (hadFocus) this.#before?.focus();
  }

  #listenToEdge(): void {
    this.edge.addEventListener('pointerdown', (event) => {
      this.edge.setPointerCapture(event.pointerId);
      const start = { x: event.clientX, width: this.#width };
      const move = (moved: PointerEvent) => this.setWidth(start.width + start.x - moved.clientX);
      this.edge.addEventListener('pointermove', move);
      this.edge.addEventListener('lostpointercapture', () => {
        this.edge.removeEventListener('pointermove', move);
        this.#state.keep();
      }, { once: true });
    });
    this.edge.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.setWidth(this.#width + step);
      this.#state.keep();
    });
  }
}
