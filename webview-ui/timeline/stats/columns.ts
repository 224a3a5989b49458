/** A chart of groups side by side: above, dots for the mean stars; below, columns for how many. */
import { max } from 'd3-array';
import { axisLeft } from 'd3-axis';
import { scaleBand, scaleLinear, scaleSqrt } from 'd3-scale';
import { create } from 'd3-selection';
import { shortCount } from '../../shared/format.ts';
import { type Group, stars } from './quality.ts';

export interface Column extends Group {
  /** Under the column. */
  readonly label: string;
  /** When the mouse rests on it. */
  readonly title: string;
}

const left = 34;
const right = 8;
const dots = { top: 10, height: 58 };
const barHeight = 104;
/** Between the dots and the columns, and under the columns for their labels. */
const gap = 24;
const foot = 22;
/** Fewer columns than fill the width stand at the left, not as walls. */
const widest = 84;
/** Pixels of a letter of the labels, on average. */
const letter = 6.2;

/** @param width Pixels. @param summary What a screen reader says in place of the picture. */
export function columnChart(columns: readonly Column[], width: number, summary: string): SVGSVGElement {
  const x = scaleBand<number>().domain(columns.map((_, index) => index)).range([left, Math.min(width - right, left + columns.length * widest)]).paddingInner(columns.length > 60 ? 0.1 : 0.25);
  const isRated = columns.some((column) => column.rated > 0);
  const top = isRated ? dots.top + dots.height + gap : dots.top;
  const height = top + barHeight + foot;
  const most = max(columns, (column) => column.count) ?? 0;
  const y = scaleLinear().domain([0, Math.max(most, 1)]).nice(3).range([top + barHeight, top]);
  const mean = scaleLinear().domain([1, 5]).range([dots.top + dots.height, dots.top]);
  const radius = scaleSqrt().domain([1, Math.max(max(columns, (column) => column.rated) ?? 1, 2)]).range([2.5, Math.min(6, Math.max(x.bandwidth() / 1.6, 3))]);
  const placed = columns.map((column, index) => ({ ...column, left: x(index) ?? 0, middle: (x(index) ?? 0) + x.bandwidth() / 2 }));
  const every = labelStep(columns.map((column) => column.label), x.step());

  const svg = create('svg').attr('width', width).attr('height', height).attr('viewBox', `0 0 ${width} ${height}`).attr('role', 'img').attr('aria-label', summary).attr('class', 'stats-chart');
  const grid = svg.append('g').attr('class', 'stats-grid');
  for (const rating of isRated ? [1, 3, 5] : []) {
    grid.append('line').attr('x1', left).attr('x2', width - right).attr('y1', mean(rating)).attr('y2', mean(rating));
    grid.append('text').attr('x', left - 6).attr('y', mean(rating)).attr('dy', '0.34em').attr('text-anchor', 'end').text(`${rating}★`);
  }
  const axis = svg.append('g').attr('class', 'stats-axis').attr('transform', `translate(${left},0)`);
  axis.call(axisLeft(y).tickValues(y.ticks(3).filter(Number.isInteger)).tickFormat((value) => shortCount(Number(value))).tickSize(-(width - left - right)).tickPadding(6));
  axis.select('.domain').remove();

  const group = svg.selectAll('.stats-column').data(placed).join('g').attr('class', 'stats-column');
  group.append('title').text((column) => column.title);
  // The whole height answers to the mouse, also where the column is low.
  group.append('rect').attr('class', 'stats-catch').attr('x', (column) => column.middle - x.step() / 2).attr('width', x.step()).attr('y', 0).attr('height', height);
  group.append('rect').attr('class', 'stats-bar').attr('x', (column) => column.left).attr('width', x.bandwidth()).attr('y', (column) => y(column.count)).attr('height', (column) => y(0) - y(column.count)).attr('rx', Math.min(2, x.bandwidth() / 4));
  // A hollow dot stands on few ratings; the colour is that of the timeline's bubbles.
  const dot = group.filter((column) => column.rated > 0).append('circle');
  dot.attr('class', (column) => `stats-dot is-${Math.round(column.mean)}${column.rated < 3 ? ' is-weak' : ''}`);
  dot.attr('cx', (column) => column.middle).attr('cy', (column) => mean(column.mean)).attr('r', (column) => radius(column.rated));
  const label = svg.append('g').attr('class', 'stats-labels').selectAll('text').data(placed.filter((_, index) => index % every === 0)).join('text');
  label.attr('x', (column) => column.middle).attr('y', height - 6).attr('text-anchor', 'middle').text((column) => column.label);
  const node = svg.node();
  if (!node) throw new Error('no chart');
  return node;
}

/** Every how many columns a label has room. @param step Pixels from one column to the next. */
export function labelStep(labels: readonly string[], step: number): number {
  const widest = labels.reduce((most, label) => Math.max(most, label.length), 0) * letter + 8;
  return Math.max(Math.ceil(widest / step), 1);
}

/** In words, for the tooltip and the table. */
export const meanText = ({ rated, mean }: Group) => (rated === 0 ? 'no rating' : `${stars(mean)} ★ of ${rated} rated`);
