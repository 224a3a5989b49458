/** The pictures of the statistics. Each has its figures beside it, or in a table, for those who do not see it. */
import type { LearnStats } from '../../src/protocol/learnStats.ts';
import { h, svg } from '../shared/dom.ts';
import { spent } from '../shared/time.ts';
import { calendarOf, counted, dayName } from './figures.ts';

const cell = 11;
const gap = 3;
const step = cell + gap;
const left = 30;
const top = 18;

/** A square for each day of the last year, darker for more answers. */
export function calendar(stats: LearnStats): HTMLElement {
  const { days, weeks, months } = calendarOf(stats);
  const picture = svg('svg', { viewBox: `0 0 ${left + weeks * step} ${top + 7 * step}`, width: left + weeks * step, height: top + 7 * step, role: 'img', 'aria-label': `Answers on each day of the last year; ${counted(stats.days.length, 'day')} with answers. The table below has the figures.` });
  for (const { week, name } of months) picture.append(svg('text', { x: left + week * step, y: 11 }, name));
  for (const [weekday, name] of [[0, 'Mon'], [2, 'Wed'], [4, 'Fri']] as const) picture.append(svg('text', { x: 0, y: top + weekday * step + cell - 2 }, name));
  for (const { date, week, weekday, reviews, tookMs, level } of days) {
    const about = reviews === 0 ? 'no answers' : `${counted(reviews, 'answer')} in ${spent(tookMs)}`;
    picture.append(svg('rect', { x: left + week * step, y: top + weekday * step, width: cell, height: cell, rx: 2.5, class: `day level-${level}` }, svg('title', {}, `${dayName(date)}: ${about}`)));
  }
  // What is newest matters most, and is on the right.
  const scroller = h('div', { class: 'scroller', tabindex: 0, role: 'group', 'aria-label': 'Calendar' }, picture);
  requestAnimationFrame(() => (scroller.scrollLeft = scroller.scrollWidth));
  return scroller;
}

/** A column for each of the coming days. */
export function forecast({ forecast: days }: LearnStats): HTMLElement {
  const most = Math.max(1, ...days.map(({ due }) => due));
  const columns = days.map(({ date, due }, ahead) => {
    const fill = h('div', { class: 'column' });
    fill.style.height = `${Math.max(due === 0 ? 0 : 2, (100 * due) / most)}%`;
    return h('div', { class: 'slot', title: `${ahead === 0 ? 'Today' : dayName(date)}: ${counted(due, 'card')}` }, h('span', { class: 'top-figure' }, due > 0 && (due === most || ahead === 0) ? due : ''), fill);
  });
  const total = days.reduce((sum, { due }) => sum + due, 0);
  return h(
    'div',
    { class: 'forecast', role: 'img', 'aria-label': `${counted(total, 'card')} due within ${days.length} days, at most ${most} on one day, ${days[0]?.due ?? 0} today.` },
    h('div', { class: 'columns' }, ...columns),
    h('div', { class: 'axis quiet' }, h('span', {}, 'Today'), h('span', {}, dayName(days.at(-1)?.date ?? ''))),
  );
}

/** A bar from 0 to `most`, with its figure in words behind it. */
export function bar(share: number, mark?: number): HTMLElement {
  const fill = h('div', { class: 'fill' });
  fill.style.width = `${Math.max(0, Math.min(100, share * 100))}%`;
  const line = mark === undefined ? undefined : h('div', { class: 'mark' });
  if (line) line.style.left = `${(mark ?? 0) * 100}%`;
  return h('div', { class: 'track', 'aria-hidden': 'true' }, fill, line);
}
