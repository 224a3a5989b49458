/** A month of days, darker where more happened; a click shows that day. */
import { addDays, dateOf, isoDay, startOfDay, type Span } from '../../shared/dates.ts';
import { addMonths, calendarMonth } from '../model/calendar.ts';
import { fullDate, monthAndYear, plural } from '../../shared/format.ts';
import { button, element } from './dom.ts';
import { icon } from './icons.ts';

const monday = 1;

/** First day of the week where the reader lives; 0 is Sunday. */
function firstWeekday(): number {
  try {
    const here = new Intl.Locale(navigator.language) as Intl.Locale & { getWeekInfo?(): { firstDay: number }; weekInfo?: { firstDay: number } };
    return ((here.getWeekInfo?.() ?? here.weekInfo)?.firstDay ?? monday) % 7;
  } catch {
    return monday;
  }
}

/** @param at A moment of the month to begin with. */
export function calendar(at: number, times: Float64Array, shown: Uint8Array, pick: (day: Span) => void): HTMLElement {
  const start = firstWeekday();
  const title = element('div', { class: 'calendar-title', 'aria-live': 'polite' });
  const grid = element('div', { class: 'calendar-grid', role: 'group', 'aria-label': 'Days' });
  let month = at;
  let focused = startOfDay(at);

  const show = (focus: boolean) => {
    const days = calendarMonth(month, times, start, shown);
    title.textContent = monthAndYear(month);
    const names = days.slice(0, 7).map((day) => element('div', { class: 'calendar-weekday', 'aria-hidden': 'true' }, new Intl.DateTimeFormat(undefined, { weekday: 'narrow' }).format(dateOf(day.from))));
    grid.replaceChildren(
      ...names,
      ...days.map((day) => {
        const cell = element('button', { type: 'button', class: `calendar-day level-${day.level}${day.inMonth ? '' : ' outside'}`, tabindex: day.from === focused ? 0 : -1, 'data-day': isoDay(day.from), 'aria-label': `${fullDate(day.from)}, ${plural(day.count, 'prompt')}`, 'aria-current': isoDay(day.from) === isoDay(Date.now()) ? 'date' : undefined }, String(day.day));
        cell.title = plural(day.count, 'prompt');
        cell.addEventListener('click', () => pick(day));
        return cell;
      }),
    );
    if (focus) grid.querySelector<HTMLElement>(`[data-day="${isoDay(focused)}"]`)?.focus();
  };
  const turn = (months: number) => {
    month = addMonths(month, months);
    focused = month;
    show(false);
  };
  grid.addEventListener('keydown', (event) => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
    const step = steps[event.key];
    if (step !== undefined) focused = addDays(focused, step);
    else if (event.key === 'PageUp') focused = addMonths(focused, -1);
    else if (event.key === 'PageDown') focused = addMonths(focused, 1);
    else return;
    event.preventDefault();
    month = focused;
    show(true);
  });
  show(false);
  return element('div', { class: 'calendar' }, element('div', { class: 'calendar-head' }, button('Month before', () => turn(-1), { icon: icon('chevronLeft') }), title, button('Next month', () => turn(1), { icon: icon('chevronRight') })), grid);
}
