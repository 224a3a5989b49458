/** The same notes as a table, for who reads by ear or prefers rows. Only the rows on the screen are there. */
import { h } from '../../shared/dom.ts';
import { age, exactMoment } from '../../shared/format.ts';
import { fullHeight, scrollTo, visibleRows } from '../../shared/rows.ts';
import { ordered, type Column, type Sorting } from './order.ts';
import type { Change, GraphState } from './state.ts';
import { plainTags, visibilityOf } from './words.ts';

const rowHeight = 28;
const columns: readonly { readonly name: Column; readonly title: string }[] = [
  { name: 'title', title: 'Title' },
  { name: 'visibility', title: 'Readable' },
  { name: 'tags', title: 'Tags' },
  { name: 'links', title: 'Links' },
  { name: 'backlinks', title: 'Backlinks' },
  { name: 'changed', title: 'Changed' },
];

export interface TableActions {
  readonly open: (place: number) => void;
  readonly focus: (place: number) => void;
  readonly say: (text: string) => void;
}

export class Table {
  readonly element: HTMLElement;
  readonly #state: GraphState;
  readonly #actions: TableActions;
  readonly #head = h('div', { class: 'row head', role: 'row', 'aria-rowindex': 1 });
  readonly #scroller = h('div', { class: 'scroller', role: 'presentation' });
  readonly #space = h('div', { class: 'space', role: 'rowgroup' });
  readonly #grid = h('div', { class: 'table', role: 'grid', 'aria-label': 'Notes and their links' }, h('div', { role: 'rowgroup' }, this.#head), this.#scroller);
  readonly #none = h('p', { class: 'none', hidden: true }, 'No note passes the filters.');
  #sorting: Sorting = { column: 'backlinks', descending: true };
  #rows: readonly number[] = [];
  #at = 0;
  #frame = 0;
  #isStale = true;

  constructor(state: GraphState, actions: TableActions) {
    this.#state = state;
    this.#actions = actions;
    this.#scroller.append(this.#space);
    this.element = h('div', { class: 'table-view' }, this.#grid, this.#none);
    this.#scroller.addEventListener('scroll', () => (this.#frame ||= requestAnimationFrame(() => this.#fill())));
    this.#space.addEventListener('keydown', (event) => {
      if (!this.#onKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    new ResizeObserver(() => this.#show()).observe(this.#scroller);
    state.onChange((change) => this.#update(change));
  }

  #update(change: Change): void {
    if (change.graph || change.shown) this.#isStale = true;
    if (change.graph || change.shown || change.selected || change.tab) this.#show();
  }

  #show(): void {
    if (this.#state.tab !== 'table') return;
    if (this.#isStale) this.#sort();
    else this.#fill();
  }

  #sort(): void {
    this.#isStale = false;
    const { net, isLit, selected } = this.#state;
    const current = selected ?? this.#rows[this.#at];
    this.#rows = ordered(net, isLit, this.#sorting);
    this.#at = Math.max(0, current === undefined ? 0 : this.#rows.indexOf(current));
    this.#space.style.height = `${fullHeight(this.#rows.length, rowHeight)}px`;
    this.#grid.setAttribute('aria-rowcount', String(this.#rows.length + 1));
    this.#none.hidden = this.#rows.length > 0;
    this.#showHead();
    this.#fill();
  }

  #showHead(): void {
    this.#head.replaceChildren(
      ...columns.map(({ name, title }) => {
        const sorted = name === this.#sorting.column ? (this.#sorting.descending ? 'descending' : 'ascending') : undefined;
        const sort = () => {
          const isNumber = name === 'links' || name === 'backlinks' || name === 'changed';
          this.#sorting = { column: name, descending: sorted === undefined ? isNumber : sorted === 'ascending' };
          this.#sort();
          this.#head.querySelector<HTMLElement>(`.${name} button`)?.focus();
          this.#actions.say(`Sorted by ${title.toLowerCase()}`);
        };
        return h('div', { class: `cell ${name}`, role: 'columnheader', 'aria-sort': sorted }, h('button', { type: 'button', class: 'sort', onclick: sort }, title, h('span', { 'aria-hidden': 'true' }, sorted === undefined ? '' : sorted === 'descending' ? ' ↓' : ' ↑')));
      }),
    );
  }

  #fill(): void {
    this.#frame = 0;
    const { first, count, top } = visibleRows(this.#rows.length, rowHeight, this.#scroller.scrollTop, this.#scroller.clientHeight);
    const isFocused = this.#space.contains(document.activeElement);
    const shown = Array.from({ length: count }, (_, n) => this.#row(first + n, top + n * rowHeight));
    this.#space.replaceChildren(...shown);
    const current = this.#space.querySelector<HTMLElement>('[tabindex="0"]');
    if (isFocused) current?.focus({ preventScroll: true });
    // Tab always finds one row, also when the current one is scrolled away.
    if (!current) shown[0]?.setAttribute('tabindex', '0');
  }

  #row(at: number, top: number): HTMLElement {
    const { net, selected } = this.#state;
    const place = this.#rows[at] ?? 0;
    const note = net.nodes[place];
    if (!note) return h('div', { class: 'row', role: 'row' });
    const cell = (name: Column, text: string, label = '') => h('div', { class: `cell ${name}`, role: 'gridcell', title: label }, h('bdi', {}, text));
    const tags = plainTags(note);
    const row = h(
      'div',
      { class: 'row', role: 'row', tabindex: at === this.#at ? 0 : -1, 'aria-rowindex': at + 2, 'aria-selected': place === selected ? 'true' : 'false', onclick: () => this.#open(at) },
      cell('title', note.title.replace(/\s+/g, ' '), note.title === note.id ? '' : note.id),
      cell('visibility', visibilityOf(note)),
      cell('tags', tags.join(' '), tags.length > 3 ? tags.join(' ') : ''),
      cell('links', String(net.outgoing[place] ?? 0)),
      cell('backlinks', String(net.incoming[place] ?? 0)),
      cell('changed', age(note.modifiedAt, Date.now()), exactMoment(note.modifiedAt)),
    );
    row.style.top = `${top}px`;
    return row;
  }

  #open(at: number): void {
    const place = this.#rows[at];
    if (place === undefined) return;
    this.#at = at;
    this.#state.select(place);
    this.#actions.open(place);
  }

  #onKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / rowHeight) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.#rows.length, End: this.#rows.length }[event.key];
    const place = this.#rows[this.#at];
    if (step !== undefined) this.#goTo(this.#at + step);
    else if (event.key === 'Enter' || event.key === ' ') this.#open(this.#at);
    else if (event.key === 'f' && place !== undefined) this.#actions.focus(place);
    else return false;
    return true;
  }

  #goTo(wanted: number): void {
    this.#at = Math.max(0, Math.min(this.#rows.length - 1, wanted));
    const top = scrollTo(this.#at, this.#rows.length, rowHeight, this.#scroller.scrollTop, this.#scroller.clientHeight);
    if (top !== undefined) this.#scroller.scrollTop = top;
    this.#fill();
    this.#space.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }
}
