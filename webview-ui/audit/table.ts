/** The table: of a hundred thousand rows, those on the screen. */
import type { AuditRow } from '../../src/protocol/audit.ts';
import { age, exactMoment } from '../shared/format.ts';
import { h } from '../shared/dom.ts';
import { decisionIcon, markIcon } from './icons.ts';
import { heightOf, rowAt, scrollFor, topOf, visible, type Layout } from './layout.ts';
import { decisionWords, layerWords, markWords, oneLine, resultWords, sessionLabel, spoken, took } from './words.ts';

const ROW_HEIGHT = 28;
/** Until it was measured. */
const GUESSED_EXTRA = 200;

const columns = [
  ['time', 'Time'],
  ['session', 'Session'],
  ['tool', 'Tool'],
  ['what', 'Path or command'],
  ['decision', 'Decision'],
  ['layer', 'By'],
  ['result', 'Result'],
  ['took', 'Took'],
] as const;

export class Table {
  readonly element = h('div', { class: 'table', role: 'treegrid', 'aria-label': 'Calls', 'aria-readonly': 'true' });
  readonly #scroller = h('div', { class: 'scroller', role: 'presentation' });
  readonly #space = h('div', { class: 'space', role: 'rowgroup' });
  readonly #detailOf: (row: AuditRow) => HTMLElement;
  readonly #measure = new ResizeObserver(() => this.#measured());
  #rows: readonly AuditRow[] = [];
  /** The place of the row that the keyboard is at. */
  #at = 0;
  #open: { readonly n: number; readonly element: HTMLElement; extra: number } | undefined;
  #frame = 0;

  /** @param detailOf What a row shows when it is opened; it may fill itself later. */
  constructor(detailOf: (row: AuditRow) => HTMLElement) {
    this.#detailOf = detailOf;
    const head = h('div', { class: 'row head', role: 'row', 'aria-rowindex': '1' }, ...columns.map(([name, title]) => h('div', { class: `cell ${name}`, role: 'columnheader' }, title)));
    this.#scroller.append(this.#space);
    this.element.append(h('div', { role: 'rowgroup' }, head), this.#scroller);
    this.#scroller.addEventListener('scroll', () => this.#later());
    this.#space.addEventListener('keydown', (event) => this.#onKey(event));
    new ResizeObserver(() => this.#later()).observe(this.#scroller);
  }

  get at(): number {
    return this.#at;
  }

  /** Shows these rows; what was on the screen stays where it was, unless it was the top. */
  show(rows: readonly AuditRow[]): void {
    const { scrollTop } = this.#scroller;
    const first = scrollTop < ROW_HEIGHT ? undefined : this.#rows[rowAt(this.#layout(), scrollTop)];
    const offset = first === undefined ? 0 : scrollTop - topOf(this.#layout(), this.#place(first.n));
    const current = this.#rows[this.#at];
    this.#rows = rows;
    this.#at = current === undefined || (this.#at === 0 && !this.#hasFocus()) ? 0 : Math.max(0, this.#place(current.n));
    if (this.#open !== undefined && this.#place(this.#open.n) < 0) this.#close();
    this.element.setAttribute('aria-rowcount', String(rows.length + 1));
    this.#resize();
    const place = first === undefined ? -1 : this.#place(first.n);
    if (place >= 0) this.#scroller.scrollTop = topOf(this.#layout(), place) + offset;
    this.#fill();
  }

  /** Ages grow while nothing happens. */
  redraw(): void {
    this.#fill();
  }

  goToTop(): void {
    this.#at = 0;
    this.#scroller.scrollTop = 0;
    this.#fill();
  }

  goTo(wanted: number): void {
    if (this.#rows.length === 0) return;
    this.#at = Math.max(0, Math.min(this.#rows.length - 1, wanted));
    const top = scrollFor(this.#layout(), this.#at, this.#scroller.scrollTop, this.#scroller.clientHeight);
    if (top !== undefined) this.#scroller.scrollTop = top;
    this.#fill();
    this.#rowElement(this.#at)?.focus({ preventScroll: true });
  }

  /** Opens the row at this place, or closes it. */
  toggle(at: number): void {
    const row = this.#rows[at];
    if (row === undefined) return;
    const again = this.#open?.n === row.n;
    this.#close();
    if (!again) {
      const element = h('div', { class: 'opened', role: 'row', 'aria-level': '2' }, h('div', { role: 'gridcell', 'aria-colspan': String(columns.length) }, this.#detailOf(row)));
      this.#open = { n: row.n, element, extra: GUESSED_EXTRA };
      this.#measure.observe(element);
    }
    this.#resize();
    this.goTo(at);
  }

  #close(): void {
    if (this.#open === undefined) return;
    this.#measure.unobserve(this.#open.element);
    this.#open.element.remove();
    this.#open = undefined;
  }

  #measured(): void {
    const height = this.#open?.element.offsetHeight ?? 0;
    if (this.#open === undefined || height === 0 || height === this.#open.extra) return;
    this.#open.extra = height;
    this.#resize();
    const top = scrollFor(this.#layout(), this.#at, this.#scroller.scrollTop, this.#scroller.clientHeight);
    if (top !== undefined && this.#place(this.#open.n) === this.#at) this.#scroller.scrollTop = top;
    this.#fill();
  }

  #layout(): Layout {
    return { rows: this.#rows.length, rowHeight: ROW_HEIGHT, open: this.#open === undefined ? -1 : this.#place(this.#open.n), extra: this.#open?.extra ?? 0 };
  }

  #place(n: number): number {
    return this.#rows.findIndex((row) => row.n === n);
  }

  #resize(): void {
    this.#space.style.height = `${heightOf(this.#layout())}px`;
  }

  #later(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#fill();
    });
  }

  #fill(): void {
    const layout = this.#layout();
    const { from, to } = visible(layout, this.#scroller.scrollTop, this.#scroller.clientHeight);
    const inDetail = this.#open?.element.contains(document.activeElement) === true;
    const focused = !inDetail && this.#hasFocus();
    const now = Date.now();
    const wanted: HTMLElement[] = [];
    for (let at = from; at < to; at++) {
      const row = this.#rows[at];
      if (row === undefined) continue;
      wanted.push(this.#row(row, at, topOf(layout, at), now, at === layout.open));
      if (at === layout.open && this.#open !== undefined) {
        this.#open.element.style.top = `${topOf(layout, at) + ROW_HEIGHT}px`;
        wanted.push(this.#open.element);
      }
    }
    // What is open is not taken out and put in again: it would lose the focus and its scroll.
    for (const child of [...this.#space.children]) if (child !== this.#open?.element || !wanted.includes(this.#open.element)) child.remove();
    const kept = this.#open !== undefined && this.#open.element.parentNode === this.#space ? wanted.indexOf(this.#open.element) : -1;
    if (kept >= 0) {
      this.#open?.element.before(...wanted.slice(0, kept));
      this.#open?.element.after(...wanted.slice(kept + 1));
    } else this.#space.append(...wanted);
    if (focused) this.#rowElement(this.#at)?.focus({ preventScroll: true });
    // Tab always finds one row, also when the current one is scrolled away.
    if (!this.#rowElement(this.#at)) wanted[0]?.setAttribute('tabindex', '0');
  }

  #row(row: AuditRow, at: number, top: number, now: number, isOpen: boolean): HTMLElement {
    const cell = (name: string, ...children: Parameters<typeof h>[2][]) => h('div', { class: `cell ${name}`, role: 'gridcell' }, ...children);
    const when = age(row.at, now);
    const line = h(
      'div',
      { class: `row${row.mark === null ? '' : ` ${row.mark}`}`, role: 'row', 'aria-level': '1', tabindex: at === this.#at ? '0' : '-1', 'aria-rowindex': String(at + 2), 'aria-expanded': String(isOpen), 'aria-label': spoken(row, when) },
      cell('time', h('span', { title: exactMoment(row.at) }, when)),
      cell('session', h('bdi', {}, oneLine(sessionLabel(row)))),
      cell('tool', oneLine(row.tool)),
      cell('what', row.mark !== null && markIcon(row.mark), row.mark !== null && h('span', { class: `tag ${row.mark}` }, markWords[row.mark]), h('bdi', { class: 'text', title: row.own > 0 ? row.what : undefined }, oneLine(row.what.slice(row.own)))),
      cell('decision', decisionIcon(row.decision), h('span', {}, `${decisionWords[row.decision]}${row.inferred ? '?' : ''}`)),
      cell('layer', layerWords[row.layer]),
      cell('result', h('span', { class: row.result === 'error' ? 'failed' : '' }, resultWords[row.result])),
      cell('took', took(row.durationMs)),
    );
    line.style.top = `${top}px`;
    line.addEventListener('click', () => this.toggle(this.#place(row.n)));
    return line;
  }

  #hasFocus = (): boolean => this.#space.contains(document.activeElement);
  #rowElement = (at: number): HTMLElement | null => this.#space.querySelector<HTMLElement>(`[aria-rowindex="${at + 2}"]`);

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inDetail = this.#open?.element.contains(event.target as Node) === true;
    if (event.key === 'Escape' && this.#open !== undefined) {
      const at = this.#place(this.#open.n);
      this.#close();
      this.#resize();
      this.goTo(at);
    } else if (inDetail) return;
    else {
      const page = Math.max(1, Math.floor(this.#scroller.clientHeight / ROW_HEIGHT) - 1);
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.#rows.length, End: this.#rows.length }[event.key];
      if (step !== undefined) this.goTo(this.#at + step);
      else if (event.key === 'Enter' || event.key === ' ') this.toggle(this.#at);
      else return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
