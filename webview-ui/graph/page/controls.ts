/** What stands around the picture: the filters, the focus, the legend and the selected note. */
import { h, isWriting } from '../../shared/dom.ts';
import { plural } from '../../shared/format.ts';
import { isFiltering, noFilters, type Filters } from '../model/filter.ts';
import type { Change, GraphState, Tab } from './state.ts';
import { linksText, plainTags, summary, visibilityOf } from './words.ts';

export interface ControlActions {
  readonly open: (place: number) => void;
  readonly focus: (place: number) => void;
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
  /** Back to the picture or the table. */
  readonly leave: () => void;
}

export interface Controls {
  readonly header: HTMLElement;
  readonly legend: HTMLElement;
  readonly card: HTMLElement;
  readonly zoom: HTMLElement;
  readonly startFilter: () => void;
}

const tabNames: readonly { readonly name: Tab; readonly title: string }[] = [
  { name: 'graph', title: 'Graph' },
  { name: 'table', title: 'Table' },
];

export function controls(state: GraphState, actions: ControlActions): Controls {
  const tabs = tabBar(state);
  const search = h('input', { type: 'text', class: 'search', 'aria-label': 'Filter notes by title or tag', 'aria-keyshortcuts': '/', placeholder: 'Filter notes  /', spellcheck: 'false', value: state.filters.text });
  search.addEventListener('input', () => state.setFilters({ text: search.value }));
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    actions.leave();
  });
  const visibility = h('select', { 'aria-label': 'Who may read them' }, h('option', { value: 'all' }, 'All notes'), h('option', { value: 'public' }, 'PUBLIC only'), h('option', { value: 'private' }, 'Private only'));
  visibility.addEventListener('change', () => state.setFilters({ visibility: visibility.value as Filters['visibility'] }));
  const orphans = h('button', { type: 'button', class: 'toggle', 'aria-pressed': 'false', title: 'Only notes without links', onclick: () => state.setFilters({ orphans: !state.filters.orphans }) }, 'Orphans');
  const clear = h('button', { type: 'button', class: 'plain', onclick: () => state.setFilters(noFilters) }, 'Clear');
  const count = h('p', { class: 'quiet count', role: 'status' });
  const focus = h('div', { class: 'focus', role: 'group', 'aria-label': 'Neighbourhood' });
  const header = h('header', {}, tabs.element, search, h('div', { class: 'filters' }, visibility, orphans, clear), focus, count);
  const legend = h('div', { class: 'legend', role: 'group', 'aria-label': 'Colours of tags, as a filter' });
  const card = h('section', { class: 'card', 'aria-label': 'Selected note', hidden: true });
  const zoom = h(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
    h('button', { type: 'button', 'aria-label': 'Zoom in', title: 'Zoom in (+)', onclick: () => actions.zoom(1.4) }, '+'),
    h('button', { type: 'button', 'aria-label': 'Zoom out', title: 'Zoom out (-)', onclick: () => actions.zoom(1 / 1.4) }, '−'),
    h('button', { type: 'button', title: 'Fit everything (0)', onclick: actions.fit }, 'Fit'),
  );

  const showFilters = () => {
    const { filters, net } = state;
    if (search.value !== filters.text) search.value = filters.text;
    visibility.value = filters.visibility;
    orphans.setAttribute('aria-pressed', String(filters.orphans));
    clear.hidden = !isFiltering(filters);
    const isPart = isFiltering(filters) || state.focus !== undefined;
    count.textContent = summary(isPart ? state.litCount : net.nodes.length, net.nodes.length, net.links.length / 2, isPart);
  };
  const showFocus = () => {
    const { focus: now, net } = state;
    const place = now && net.placeOf(now.key);
    focus.hidden = place === undefined;
    if (!now || place === undefined) {
      focus.replaceChildren();
      return;
    }
    const title = net.nodes[place]?.title ?? '';
    const depths = [1, 2, 3].map((depth) => h('button', { type: 'button', class: 'toggle', 'aria-pressed': depth === now.depth ? 'true' : 'false', 'aria-label': plural(depth, 'step'), title: `Up to ${plural(depth, 'step')} away`, onclick: () => refocus(depth) }, String(depth)));
    const refocus = (depth: number) => {
      state.setFocus({ key: now.key, depth });
      focus.querySelectorAll('button')[depth - 1]?.focus();
    };
    const all = () => {
      state.setFocus(undefined);
      actions.leave();
    };
    focus.replaceChildren(h('span', { class: 'focus-title', title }, 'Around ', h('bdi', {}, title)), ...depths, h('button', { type: 'button', class: 'plain', onclick: all }, 'Show all'));
  };
  const showLegend = () => {
    const { coloured, filters, tags } = state;
    const chip = (tag: string, notes: number, look: string) => {
      const isChosen = filters.tags.includes(tag);
      return h('button', { type: 'button', class: 'chip', 'aria-pressed': String(isChosen), 'data-tag': tag, title: `${isChosen ? 'Stop filtering by' : 'Only'} ${tag}`, onclick: () => choose(tag) }, h('span', { class: `swatch ${look}`, 'aria-hidden': 'true' }), h('bdi', {}, tag), h('span', { class: 'quiet' }, ` ${notes.toLocaleString('en')}`));
    };
    const choose = (tag: string) => {
      state.setFilters({ tags: filters.tags.includes(tag) ? filters.tags.filter((each) => each !== tag) : [...filters.tags, tag] });
      [...legend.querySelectorAll<HTMLElement>('.chip')].find((each) => each.dataset['tag'] === tag)?.focus();
    };
    const others = tags.slice(coloured.length);
    const more = h('select', { class: 'more', 'aria-label': 'Other tags' }, h('option', { value: '' }, `${plural(others.length, 'other tag')} …`), ...others.slice(0, 500).map(({ tag, notes }) => h('option', { value: tag }, `${tag} (${notes})`)));
    more.addEventListener('change', () => more.value !== '' && choose(more.value));
    const chosen = filters.tags.filter((tag) => !coloured.some((each) => each.tag === tag));
    legend.replaceChildren(
      ...coloured.map(({ tag, notes }, n) => chip(tag, notes, `tag-${n}`)),
      ...chosen.map((tag) => chip(tag, tags.find((each) => each.tag === tag)?.notes ?? 0, 'tag-none')),
      ...(others.length > 0 ? [more] : []),
      h('p', { class: 'shapes' }, h('span', { class: 'swatch tag-none ring', 'aria-hidden': 'true' }), 'PUBLIC', h('span', { class: 'swatch tag-none', 'aria-hidden': 'true' }), 'private'),
    );
    legend.hidden = state.net.nodes.length === 0;
  };
  const showCard = () => {
    const { selected, selectedNote: note, net } = state;
    card.hidden = note === undefined || selected === undefined;
    if (!note || selected === undefined) return;
    const tags = plainTags(note);
    card.replaceChildren(
      h('h2', {}, h('bdi', {}, note.title)),
      h('p', { class: 'quiet' }, `${visibilityOf(note)} · ${linksText(net, selected)}`),
      ...(tags.length > 0 ? [h('p', { class: 'quiet tags' }, tags.map((tag) => `#${tag}`).join(' '))] : []),
      h('div', { class: 'actions' }, h('button', { type: 'button', class: 'secondary', 'aria-keyshortcuts': 'Enter', onclick: () => actions.open(selected) }, 'Open'), h('button', { type: 'button', class: 'secondary', 'aria-keyshortcuts': 'f', onclick: () => actions.focus(selected) }, 'Focus')),
    );
  };

  state.onChange((change: Change) => {
    if (change.graph || change.shown) {
      showFilters();
      showLegend();
    }
    if (change.graph || change.fit || change.shown) showFocus();
    if (change.graph || change.selected) showCard();
    if (change.tab) tabs.show(state.tab);
  });
  tabs.show(state.tab);
  const startFilter = () => {
    search.focus();
    search.select();
  };
  return { header, legend, card, zoom, startFilter };
}

function tabBar(state: GraphState): { readonly element: HTMLElement; readonly show: (tab: Tab) => void } {
  const buttons = tabNames.map(({ name, title }) => ({ name, tab: h('button', { type: 'button', role: 'tab', class: 'tab', id: `tab-${name}`, 'aria-controls': 'view', onclick: () => state.setTab(name) }, title) }));
  const element = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' }, ...buttons.map(({ tab }) => tab));
  element.addEventListener('keydown', ({ key }) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    const other = buttons.find(({ name }) => name !== state.tab);
    other?.tab.focus();
    if (other) state.setTab(other.name);
  });
  return {
    element,
    show: (shown) => {
      for (const { name, tab } of buttons) {
        tab.setAttribute('aria-selected', String(name === shown));
        tab.tabIndex = name === shown ? 0 : -1;
      }
    },
  };
}

/** Slash filters from anywhere; Escape leaves one thing after the other: the field, the focus, the selection, the filters. */
export function pageKeys(state: GraphState, { startFilter, leave }: { readonly startFilter: () => void; readonly leave: () => void }): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/' && !isWriting(event.target)) {
      event.preventDefault();
      startFilter();
    } else if (event.key === 'Escape') {
      if (isWriting(event.target)) leave();
      else if (state.focus) state.setFocus(undefined);
      else if (state.selected !== undefined) state.select(undefined);
      else if (isFiltering(state.filters)) state.setFilters(noFilters);
    }
  });
}
