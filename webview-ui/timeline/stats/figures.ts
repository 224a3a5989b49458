/** Pieces of the page: cards, tables, rows with bars. */
import { scaleLinear } from 'd3-scale';
import { create } from 'd3-selection';
import { element } from '../page/dom.ts';

/** A part of the page with a headline and a sentence that says what is to be seen. */
export function card(title: string, sentence: string, ...content: HTMLElement[]): HTMLElement {
  const made = element('section', { class: 'stats-card', 'aria-label': title }, element('h2', {}, title));
  if (sentence !== '') made.append(element('p', { class: 'stats-sentence', dir: 'auto' }, sentence));
  made.append(...content);
  return made;
}

/** A cell: text, a number (set to the right), or an element. */
export type Cell = string | { readonly number: string } | HTMLElement;

export function table(caption: string, heads: readonly string[], rows: readonly (readonly Cell[])[]): HTMLTableElement {
  const head = element('tr', {}, ...heads.map((text, index) => element('th', { class: isNumber(rows[0]?.[index]) ? 'is-number' : isBar(rows[0]?.[index]) ? 'is-bar' : '', scope: 'col' }, text)));
  const body = rows.map((cells) => element('tr', {}, ...cells.map((cell, index) => tableCell(cell, index === 0))));
  return element('table', { class: 'stats-table' }, element('caption', { class: 'for-screen-readers' }, caption), element('thead', {}, head), element('tbody', {}, ...body));
}

const isNumber = (cell: Cell | undefined) => typeof cell === 'object' && 'number' in cell;

const isBar = (cell: Cell | undefined) => cell instanceof HTMLElement && cell.className === 'stats-bar-cell';

function tableCell(cell: Cell, isHead: boolean): HTMLElement {
  const made = isHead ? element('th', { scope: 'row', dir: 'auto' }) : element('td');
  if (typeof cell === 'string') made.textContent = cell;
  else if ('number' in cell) {
    made.className = 'is-number';
    made.textContent = cell.number;
  } else made.append(cell);
  return made;
}

/** The same as a chart in numbers, folded away. */
export function folded(content: HTMLTableElement): HTMLElement {
  return element('details', { class: 'stats-numbers' }, element('summary', {}, 'As a table'), element('div', { class: 'stats-scroll', tabindex: '0', role: 'group', 'aria-label': `${content.caption?.textContent ?? ''}: table` }, content));
}

/** A bar of a table's row. The row says the number; the bar is for the eye only. */
export function bar(value: number, most: number, className: string): HTMLElement {
  const width = scaleLinear().domain([0, Math.max(most, 1)]).range([0, 100]);
  const svg = create('svg').attr('class', `stats-row-bar ${className}`).attr('viewBox', '0 0 100 10').attr('preserveAspectRatio', 'none').attr('aria-hidden', 'true');
  svg.append('rect').attr('width', value > 0 ? Math.max(width(value), 0.6) : 0).attr('height', 10);
  const cell = element('div', { class: 'stats-bar-cell' });
  const node = svg.node();
  if (node) cell.append(node);
  return cell;
}
