/** The filters as small buttons; a set one is filled and says what it lets through. */
import { addDays, dayOf, isoDay, parseIsoDay } from '../../shared/dates.ts';
import { noFilters, type Filters } from '../model/filter.ts';
import { count, shortDate } from '../../shared/format.ts';
import { button, element } from './dom.ts';
import { icon } from './icons.ts';
import { openPopover } from './popover.ts';
import type { PageState } from './state.ts';

export function chips(state: PageState): { readonly element: HTMLElement; update(): void } {
  const open = (name: string, content: () => HTMLElement) => {
    const chip = element('button', { type: 'button', class: 'chip', 'aria-haspopup': 'dialog' }, element('span', { class: 'chip-text' }, name), icon('chevronDown'));
    chip.addEventListener('click', () => openPopover(chip, name, content()));
    return chip;
  };
  const rating = open('Rating', () => ratings(state));
  const project = open('Project', () => projects(state));
  const agent = open('Agent', () => agents(state));
  const dates = open('Dates', () => period(state));
  const note = element('button', { type: 'button', class: 'chip', 'aria-pressed': 'false' }, element('span', { class: 'chip-text' }, 'Has note'));
  note.addEventListener('click', () => state.setFilters({ hasNote: !state.filters.hasNote }));
  const only = element('button', { type: 'button', class: 'chip set' }, element('span', { class: 'chip-text' }), icon('close'));
  only.addEventListener('click', () => state.setFilters({ only: undefined }));
  const clear = button('Clear filters', () => state.setFilters({ ...noFilters }), { text: 'Clear', className: 'quiet' });

  return {
    element: element('div', { class: 'chips', role: 'group', 'aria-label': 'Filters' }, only, rating, project, agent, note, dates, clear),
    update() {
      const { filters, timeline } = state;
      show(rating, 'Rating', ratingText(filters.ratings));
      show(project, 'Project', filters.projects.length === 0 ? '' : filters.projects.length === 1 ? (timeline.projects.find(({ path }) => path === filters.projects[0])?.label ?? '1 project') : `${filters.projects.length} projects`);
      show(agent, 'Agent', filters.agent ?? '');
      show(dates, 'Dates', datesText(filters));
      agent.hidden = timeline.agents.length < 2 && filters.agent === undefined;
      only.hidden = filters.only === undefined;
      if (only.firstElementChild) only.firstElementChild.textContent = filters.only?.title ?? '';
      only.title = `${filters.only?.title ?? ''}\nShow all prompts again`;
      only.setAttribute('aria-label', `Only ${filters.only?.title ?? ''}. Show all prompts again`);
      note.setAttribute('aria-pressed', filters.hasNote ? 'true' : 'false');
      note.classList.toggle('set', filters.hasNote);
      clear.hidden = !state.isFiltered;
    },
  };
}

function show(chip: HTMLElement, name: string, value: string): void {
  chip.classList.toggle('set', value !== '');
  const text = chip.firstElementChild;
  if (text) text.textContent = value === '' ? name : value;
  chip.title = value === '' ? `Filter by ${name.toLowerCase()}` : `${name}: ${value}`;
  chip.setAttribute('aria-label', value === '' ? name : `${name}: ${value}`);
}

const stars = (rating: number) => (rating === 0 ? 'Unrated' : '★'.repeat(rating) + '☆'.repeat(5 - rating));

function ratingText(ratings: readonly number[]): string {
  return [...ratings].sort((a, b) => b - a).map((rating) => (rating === 0 ? 'unrated' : `${rating}★`)).join(' ');
}

function datesText({ from, to }: Filters): string {
  if (from === undefined && to === undefined) return '';
  const last = to === undefined ? '' : shortDate(to - 1);
  return `${from === undefined ? '' : shortDate(from)} – ${last}`.trim();
}

function checkbox(label: Node | string, checked: boolean, onChange: (checked: boolean) => void, aside = ''): HTMLLabelElement {
  const box = element('input', { type: 'checkbox' });
  box.checked = checked;
  box.addEventListener('change', () => onChange(box.checked));
  return element('label', { class: 'check' }, box, element('span', { class: 'check-label' }, label), element('span', { class: 'check-aside' }, aside));
}

const toggled = <T>(list: readonly T[], item: T, on: boolean) => (on ? [...list, item] : list.filter((other) => other !== item));

function ratings(state: PageState): HTMLElement {
  const counts = new Uint32Array(6);
  for (const rating of state.timeline.prompts.rating) counts[rating] = (counts[rating] ?? 0) + 1;
  return element('div', { class: 'checks' }, ...[5, 4, 3, 2, 1, 0].map((rating) => {
    const label = element('span', { class: `swatch-${rating}`, role: 'img', 'aria-label': rating === 0 ? 'Unrated' : `${rating} of 5 stars` }, stars(rating));
    return checkbox(label, state.filters.ratings.includes(rating), (on) => state.setFilters({ ratings: toggled(state.filters.ratings, rating, on) }), count(counts[rating] ?? 0));
  }));
}

function projects(state: PageState): HTMLElement {
  const { timeline } = state;
  const counts = new Uint32Array(timeline.projects.length);
  for (const project of timeline.prompts.project) counts[project] = (counts[project] ?? 0) + 1;
  const order = timeline.projects.map((project, i) => ({ ...project, n: counts[i] ?? 0 })).sort((a, b) => b.n - a.n || a.label.localeCompare(b.label));
  const list = element('div', { class: 'checks scrolling' });
  const filter = element('input', { type: 'search', class: 'field', placeholder: 'Find a project', 'aria-label': 'Find a project' });
  const showMatching = () => {
    const wanted = filter.value.trim().toLowerCase();
    const shown = order.filter(({ path, label }) => wanted === '' || `${label}\n${path}`.toLowerCase().includes(wanted));
    list.replaceChildren(...shown.map(({ path, label, n }) => {
      const row = checkbox(element('bdi', {}, label === '' ? 'unknown' : label), state.filters.projects.includes(path), (on) => state.setFilters({ projects: toggled(state.filters.projects, path, on) }), count(n));
      row.title = path;
      return row;
    }), ...(shown.length === 0 ? [element('p', { class: 'hint' }, 'No such project.')] : []));
  };
  filter.addEventListener('input', showMatching);
  showMatching();
  return element('div', {}, ...(order.length > 8 ? [filter] : []), list);
}

function agents(state: PageState): HTMLElement {
  return element('div', { class: 'checks' }, ...state.timeline.agents.map((agent) => checkbox(agent, state.filters.agent === agent, (on) => state.setFilters({ agent: on ? agent : undefined }))));
}

function period(state: PageState): HTMLElement {
  const field = (name: string, at: number | undefined, set: (at: number | undefined) => void) => {
    const input = element('input', { type: 'date', class: 'field', value: at === undefined ? '' : isoDay(at) });
    input.addEventListener('change', () => set(parseIsoDay(input.value)));
    return element('label', { class: 'labelled' }, element('span', {}, name), input);
  };
  const { filters } = state;
  const today = dayOf(Date.now());
  const last = (days: number) => () => state.setFilters({ from: addDays(today.from, 1 - days), to: today.to });
  return element(
    'div',
    { class: 'period' },
    field('From', filters.from, (from) => state.setFilters({ from })),
    field('To', filters.to === undefined ? undefined : filters.to - 1, (to) => state.setFilters({ to: to === undefined ? undefined : addDays(to, 1) })),
    element('div', { class: 'buttons' }, button('Today', last(1)), button('7 days', last(7)), button('30 days', last(30)), button('Always', () => state.setFilters({ from: undefined, to: undefined }))),
  );
}
