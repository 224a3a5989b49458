import { h } from '../shared/dom.ts';
import { parseFilter, shown, spans, type Choice, type Filter, type Shown, type SpanName } from './rows.ts';
import { shownWords, spanWords } from './words.ts';

/** Typing is waited for. */
const TYPING_MS = 120;

/** The fields that choose what is shown. */
export class Filters {
  readonly element: HTMLElement;
  readonly #text = h('input', { type: 'text', placeholder: 'Path, command, reason', 'aria-label': 'Search', 'aria-keyshortcuts': '/', spellcheck: 'false' });
  readonly #session = h('select', { 'aria-label': 'Session' });
  readonly #tool = h('select', { 'aria-label': 'Tool' });
  readonly #show = h('select', { 'aria-label': 'Decision' }, ...shown.map((value) => h('option', { value }, shownWords[value])));
  readonly #since = h('select', { 'aria-label': 'Since' }, ...spans.map((value) => h('option', { value }, spanWords[value])));
  readonly #changed: (filter: Filter) => void;
  #filter: Filter;
  #offered = '';
  #timer = 0;

  constructor(kept: unknown, changed: (filter: Filter) => void) {
    this.#filter = parseFilter(kept);
    this.#changed = changed;
    this.element = h('div', { class: 'filters', role: 'search', 'aria-label': 'Filters' }, this.#text, this.#session, this.#tool, this.#show, this.#since);
    this.#text.addEventListener('input', () => {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#read(), TYPING_MS);
    });
    for (const choice of [this.#session, this.#tool, this.#show, this.#since]) choice.addEventListener('change', () => this.#read());
    this.#write();
  }

  get filter(): Filter {
    return this.#filter;
  }

  set(filter: Filter): void {
    this.#filter = filter;
    this.#write();
    this.#changed(filter);
  }

  focus(): void {
    this.#text.focus();
    this.#text.select();
  }

  /** What can be chosen; what is chosen stays, also when no call is of it any more. */
  offer(sessions: readonly Choice[], tools: readonly Choice[]): void {
    const { session, tool } = this.#filter;
    const offered = JSON.stringify([sessions, tools, session, tool]);
    if (offered === this.#offered) return;
    this.#offered = offered;
    const fill = (element: HTMLSelectElement, all: string, choices: readonly Choice[], chosen: string) => {
      const known = chosen === '' || choices.some(({ value }) => value === chosen);
      const options = known ? choices : [...choices, { value: chosen, label: chosen.slice(0, 8) }];
      element.replaceChildren(h('option', { value: '*' }, all), ...options.map(({ value, label }) => h('option', { value: `-${value}` }, label)));
    };
    fill(this.#session, 'All sessions', sessions, session);
    fill(this.#tool, 'All tools', tools, tool);
    this.#write();
  }

  #read(): void {
    // The value of "all" is none that a session or tool can have.
    const chosen = ({ value }: HTMLSelectElement) => (value === '*' ? '' : value.slice(1));
    this.#filter = { text: this.#text.value, session: chosen(this.#session), tool: chosen(this.#tool), show: this.#show.value as Shown, since: this.#since.value as SpanName };
    this.#changed(this.#filter);
  }

  #write(): void {
    const { text, session, tool, show, since } = this.#filter;
    if (document.activeElement !== this.#text || text === '') this.#text.value = text;
    this.#session.value = session === '' ? '*' : `-${session}`;
    this.#tool.value = tool === '' ? '*' : `-${tool}`;
    this.#show.value = show;
    this.#since.value = since;
  }
}
