/** What the search found, with the words that it found. */
import { age, count, exactMoment, plural } from '../../shared/format.ts';
import { element, marked } from './dom.ts';
import type { PageState } from './state.ts';

/** The page alone knows of a set of prompts that it shows; the search does not. */
function within({ found, filters }: PageState): PageState['found'] {
  if (!found || !filters.only) return found;
  const ids = new Set(filters.only.ids);
  return { ...found, ids: found.ids.filter((id) => ids.has(id)), top: found.top.filter(({ id }) => ids.has(id)) };
}

export function results(state: PageState, open: (id: number) => void): HTMLElement {
  const { filters } = state;
  const found = within(state);
  if (!found) return element('p', { class: 'hint' }, 'Searching…');
  if (found.ids.length === 0) {
    return element('div', { class: 'results' }, element('p', { class: 'hint' }, `Nothing found for “${filters.text.trim()}”. The last word may be a beginning, “a phrase” stands in quotes, and -word excludes.`));
  }
  const labels = new Map(state.timeline.projects.map(({ path, label }) => [path, label]));
  const more = found.ids.length > found.top.length ? `, the ${found.order === 'newest' ? 'newest' : 'best'} ${count(found.top.length)} here` : '';
  const now = Date.now();
  const list = element('ol', { class: 'result-list' });
  for (const prompt of found.top) {
    const facts = [age(prompt.at, now), labels.get(prompt.project) ?? prompt.project, ...(prompt.rating > 0 ? ['★'.repeat(prompt.rating)] : [])].join(' · ');
    const item = element('button', { type: 'button', class: 'result', 'aria-current': prompt.id === state.selected ? 'true' : undefined }, element('span', { class: 'result-facts', title: exactMoment(prompt.at) }, facts), element('span', { class: 'result-text', dir: 'auto' }, ...marked(prompt.snippet)));
    item.addEventListener('click', () => open(prompt.id));
    list.append(element('li', {}, item));
  }
  return element('div', { class: 'results' }, element('p', { class: 'hint' }, `${plural(found.ids.length, 'prompt')}${more}`), list);
}
