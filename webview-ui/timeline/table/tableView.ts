/** The same prompts as a table, for who reads by ear or prefers rows. */
import { age, count, exactMoment, plural } from '../../shared/format.ts';
import { debounce, element } from '../page/dom.ts';
import type { PageChange, PageState } from '../page/state.ts';
import type { View } from '../view.ts';
import { beginning } from '../chart/tooltip.ts';
import { fullHeight, scrollTo, visibleRows } from '../../shared/rows.ts';
import { sortedRows, type Sorting, type SortKey } from './rows.ts';

const rowHeight = 28;
const columns: readonly { readonly key: SortKey | undefined; readonly title: string; readonly className: string }[] = [
  { key: 'at', title: 'Time', className: 'cell-time' },
  { key: 'project', title: 'Project', className: 'cell-project' },
  { key: 'rating', title: 'Rating', className: 'cell-rating' },
  { key: 'length', title: 'Length', className: 'cell-length' },
  { key: undefined, title: 'Prompt', className: 'cell-text' },
];

export class TableView implements View {
  readonly element = element('section', { class: 'table-view' });
  readonly #state: PageState;
  readonly #grid = element('div', { class: 'table', role: 'grid', 'aria-label': 'Prompts', 'aria-multiselectable': 'false' });
  readonly #head = element('div', { class: 'table-row table-head', role: 'row', 'aria-rowindex': 1 });
  readonly #scroller = element('div', { class: 'table-scroller', role: 'presentation' });
  readonly #space = element('div', { class: 'table-space', role: 'rowgroup' });
  readonly #empty = element('p', { class: 'hint table-empty', hidden: true });
  readonly #readLater = debounce(80, () => void this.#readTexts());
  readonly #resize = new ResizeObserver(() => this.#fill());
  #sorting: Sorting = { key: 'at', descending: true };
  #rows = new Uint32Array(0);
  #at = 0;
  #frame = 0;

  constructor(state: PageState) {
    this.#state = state;
    this.#scroller.append(this.#space);
    this.#grid.append(element('div', { role: 'rowgroup' }, this.#head), this.#scroller);
    this.element.append(element('h1', { class: 'for-screen-readers' }, 'Table of prompts'), this.#grid, this.#empty);
    this.#scroller.addEventListener('scroll', () => this.#later());
    this.#space.addEventListener('keydown', (event) => {
      if (!this.#onKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  show(): void {
    this.#resize.observe(this.#scroller);
    this.#sort();
  }

  hide(): void {
    this.#resize.disconnect();
  }

  dispose(): void {
    this.hide();
  }

  update(change: PageChange): void {
    if (change.visibility || change.timeline) this.#sort();
    else if (change.ratings || change.selected) this.#fill();
  }

  #sort(): void {
    const { timeline, visibility } = this.#state;
    const id = timeline.prompts.id[this.#rows[this.#at] ?? -1];
    this.#rows = sortedRows(timeline, visibility, this.#sorting) as Uint32Array<ArrayBuffer>;
    const row = id === undefined ? -1 : this.#state.rowOf(id);
    this.#at = Math.max(0, this.#rows.indexOf(row));
    this.#space.style.height = `${fullHeight(this.#rows.length, rowHeight)}px`;
    this.#grid.setAttribute('aria-rowcount', String(this.#rows.length + 1));
    this.#empty.hidden = this.#rows.length > 0;
    this.#empty.textContent = timeline.prompts.count === 0 ? 'No prompts yet. What you ask an agent appears here.' : 'No prompt passes the search and the filters.';
    this.#showHead();
    this.#fill();
  }

  #showHead(): void {
    this.#head.replaceChildren(...columns.map(({ key, title, className }) => {
      const sorted = key === this.#sorting.key ? (this.#sorting.descending ? 'descending' : 'ascending') : undefined;
      const cell = element('div', { class: `cell ${className}`, role: 'columnheader', 'aria-sort': sorted });
      if (key === undefined) {
        cell.append(title);
        return cell;
      }
      const sort = element('button', { type: 'button', class: 'sort' }, title, element('span', { class: 'sort-mark', 'aria-hidden': 'true' }, sorted === 'descending' ? '↓' : sorted === 'ascending' ? '↑' : ''));
      sort.addEventListener('click', () => {
        this.#sorting = { key, descending: key === this.#sorting.key ? !this.#sorting.descending : key !== 'project' };
        this.#sort();
        this.#head.querySelectorAll<HTMLElement>('.sort')[columns.findIndex((column) => column.key === key)]?.focus();
        this.#state.announce(`Sorted by ${title.toLowerCase()}`);
      });
      cell.append(sort);
      return cell;
    }));
  }

  #later(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#fill();
    });
  }

  #fill(): void {
    const { scrollTop, clientHeight } = this.#scroller;
    const { first, count, top } = visibleRows(this.#rows.length, rowHeight, scrollTop, clientHeight);
    const focused = this.#space.contains(document.activeElement);
    const shown = Array.from({ length: count }, (_, i) => this.#row(first + i, top + i * rowHeight));
    this.#space.replaceChildren(...shown);
    if (focused) this.#rowElement(this.#at)?.focus({ preventScroll: true });
    // Tab always finds one row, also when the current one is scrolled away.
    if (!this.#rowElement(this.#at)) shown[0]?.setAttribute('tabindex', '0');
    this.#readLater();
  }

  #rowElement = (at: number) => this.#space.querySelector<HTMLElement>(`[aria-rowindex="${at + 2}"]`);

  #row(at: number, top: number): HTMLElement {
    const { prompts, projects } = this.#state.timeline;
    const row = this.#rows[at] ?? 0;
    const id = prompts.id[row] ?? 0;
    const rating = prompts.rating[row] ?? 0;
    const time = prompts.at[row] ?? 0;
    const label = projects[prompts.project[row] ?? 0]?.label ?? '';
    const cell = (className: string, ...children: (Node | string)[]) => element('div', { class: `cell ${className}`, role: 'gridcell' }, ...children);
    const text = beginning(this.#state.knownBrief(id)?.text ?? '', 200).replace(/\s+/g, ' ');
    const line = element(
      'div',
      { class: 'table-row', role: 'row', tabindex: at === this.#at ? 0 : -1, 'aria-rowindex': at + 2, 'aria-selected': id === this.#state.selected ? 'true' : 'false' },
      cell('cell-time', element('span', { title: exactMoment(time) }, age(time, Date.now()))),
      cell('cell-project', element('bdi', {}, label === '' ? 'unknown' : label)),
      cell('cell-rating', rating === 0 ? element('span', { class: 'unrated' }, '–') : element('span', { class: `swatch-${rating}`, role: 'img', 'aria-label': plural(rating, 'star') }, '★'.repeat(rating))),
      cell('cell-length', count(prompts.length[row] ?? 0)),
      cell('cell-text', element('span', { dir: 'auto' }, text), ...(((prompts.flags[row] ?? 0) & 1) === 1 ? [element('span', { class: 'has-note' }, 'note')] : [])),
    );
    line.style.top = `${top}px`;
    line.addEventListener('click', () => {
      this.#at = at;
      this.#state.select(id);
      this.#rowElement(at)?.focus();
    });
    return line;
  }

  async #readTexts(): Promise<void> {
    const { scrollTop, clientHeight } = this.#scroller;
    const { first, count } = visibleRows(this.#rows.length, rowHeight, scrollTop, clientHeight);
    const ids = [...this.#rows.subarray(first, first + count)].map((row) => this.#state.timeline.prompts.id[row] ?? 0);
    if (ids.every((id) => this.#state.knownBrief(id))) return;
    try {
      await this.#state.briefs(ids);
      this.#fill();
    } catch (error) {
      this.#state.fail(error);
    }
  }

  #onKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / rowHeight) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.#rows.length, End: this.#rows.length }[event.key];
    const id = this.#state.timeline.prompts.id[this.#rows[this.#at] ?? -1];
    if (step !== undefined) this.#goTo(this.#at + step);
    else if ((event.key === 'Enter' || event.key === ' ') && id !== undefined) this.#state.select(id);
    else if (/^[1-5]$/.test(event.key) && id !== undefined) {
      const rating = Number(event.key);
      void this.#state.rate(id, this.#state.timeline.prompts.rating[this.#state.rowOf(id)] === rating ? 0 : rating);
    } else return false;
    return true;
  }

  #goTo(wanted: number): void {
    this.#at = Math.max(0, Math.min(this.#rows.length - 1, wanted));
    const top = scrollTo(this.#at, this.#rows.length, rowHeight, this.#scroller.scrollTop, this.#scroller.clientHeight);
    if (top !== undefined) this.#scroller.scrollTop = top;
    this.#fill();
    this.#rowElement(this.#at)?.focus({ preventScroll: true });
  }
}
