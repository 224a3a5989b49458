/** Puts the page together. */
import { Chart } from './chart/chart.ts';
import { createCrawl } from './crawl/index.ts';
import { dayOf } from '../shared/dates.ts';
import { noFilters } from './model/filter.ts';
import { around, centreOn } from './model/viewport.ts';
import { chips } from './page/chips.ts';
import { debounce, element, isTyping } from './page/dom.ts';
import { icon } from './page/icons.ts';
import { MarkBar } from './page/markBar.ts';
import { Notices } from './page/notices.ts';
import { Panel } from './page/panel.ts';
import { readSavedState } from './page/savedState.ts';
import { PageState, type PageChange } from './page/state.ts';
import { Strip } from './page/strip.ts';
import { tabs, type TabTitle } from './page/tabs.ts';
import { onThemeChange } from '../shared/colours.ts';
import type { PromptSource } from './source.ts';
import type { TimelineRequest } from '../../src/protocol/timeline.ts';
import { createStats } from './stats/index.ts';
import { TableView } from './table/tableView.ts';
import { createTheatre } from './theatre/index.ts';
import type { TabName, View } from './view.ts';

const titles: readonly TabTitle[] = [
  { name: 'timeline', title: 'Timeline' },
  { name: 'day', title: 'Day' },
  { name: 'theatre', title: 'Theatre' },
  { name: 'crawl', title: 'Crawl' },
  { name: 'stats', title: 'Stats' },
  { name: 'table', title: 'Table' },
];
/** Tabs that are about the stretch of time that the strip's brush shows. */
const withStrip: readonly TabName[] = ['timeline', 'theatre'];
/** Tabs that are about the filters and the search. */
const withFilters: readonly TabName[] = ['timeline', 'day', 'table'];

/** Shows the page in `root`; it lives as long as the document. */
export async function startPage(root: HTMLElement, source: PromptSource): Promise<void> {
  const notices = new Notices();
  const state = new PageState(source, notices);
  const makers: Readonly<Record<TabName, () => View>> = {
    timeline: () => new Chart(state, 'timeline'),
    day: () => new Chart(state, 'day'),
    theatre: () => createTheatre(state),
    crawl: () => createCrawl(state),
    stats: () => createStats(state),
    table: () => new TableView(state),
  };
  const views = new Map<TabName, View>();
  let front: View | undefined;

  const search = element('input', { type: 'search', class: 'search-field', placeholder: 'Search prompts', 'aria-label': 'Search prompts', spellcheck: 'false', autocomplete: 'off' });
  const filters = chips(state);
  const bar = tabs(titles, 'view', (name) => state.open(name));
  const stage = element('div', { class: 'stage', id: 'view', role: 'tabpanel' });
  const strip = new Strip(state);
  const panel = new Panel(state);
  const markBar = new MarkBar(state, titles.map(({ name }) => name));
  const header = element('header', { class: 'header' }, element('div', { class: 'search' }, icon('search'), search), filters.element, bar.element);
  const middle = element('div', { class: 'middle' }, element('div', { class: 'centre' }, notices.bar, stage, markBar.element, strip.element), panel.edge, panel.element);
  root.classList.add('page');
  root.replaceChildren(header, middle, notices.live);

  const saved = readSavedState(source.loadState());
  if (saved.span) state.span = saved.span;
  state.restoreViewStates(saved.views);
  state.tab = saved.tab;
  state.filters = saved.filters;
  search.value = saved.filters.text;
  panel.setWidth(saved.panelWidth);
  const save = debounce(250, () => source.saveState({ span: state.span, filters: state.filters, tab: state.tab, selected: state.selected, panelOpen: panel.isOpen, panelWidth: panel.width, views: state.viewStates }));

  const showTab = () => {
    const name = state.tab;
    let view = views.get(name);
    if (!view) views.set(name, (view = makers[name]()));
    if (view === front) return;
    front?.hide();
    front = view;
    bar.show(name);
    stage.setAttribute('aria-labelledby', `tab-${name}`);
    root.dataset['tab'] = name;
    strip.element.hidden = !withStrip.includes(name);
    filters.element.classList.toggle('aside', !withFilters.includes(name));
    stage.replaceChildren(view.element);
    view.show(state);
  };

  state.onChange((change: PageChange) => {
    if (change.tab) showTab();
    else front?.update?.(change);
    if (change.filters || change.timeline || change.ratings) filters.update();
    if (change.filters && document.activeElement !== search && search.value !== state.filters.text) search.value = state.filters.text;
    markBar.update();
    panel.update(change);
    strip.update(change);
    save();
  });

  const searchLater = debounce(120, () => {
    if (search.value === state.filters.text) return;
    // What is found takes the place of the prompt that was read.
    if (search.value.trim() !== '') state.select(undefined);
    state.setFilters({ text: search.value });
  });
  search.addEventListener('input', searchLater);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') searchLater.flush();
    else if (event.key === 'Escape' && search.value !== '') {
      search.value = '';
      searchLater();
    } else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isTyping(event.target) || (event.target instanceof Element && event.target.closest('[popover]'))) return;
    if (event.key === '/' || (event.key === 'f' && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (onKey(event)) event.preventDefault();
  });

  /** What the view does not take: stars and Escape for the panel, from anywhere on the page. */
  function onKey(event: KeyboardEvent): boolean {
    const inPanel = event.target instanceof Node && panel.element.contains(event.target);
    const onControl = event.target instanceof HTMLElement && event.target.closest('button, summary, [role="separator"]') !== null;
    if (!inPanel && !(onControl && /^(?:Arrow|Enter$| $|Home$|End$|Page)/.test(event.key)) && front?.key?.(event) === true) return true;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (/^[1-5]$/.test(event.key) && state.selected !== undefined) {
      const rating = Number(event.key);
      void state.rate(state.selected, state.timeline.prompts.rating[state.rowOf(state.selected)] === rating ? 0 : rating);
      return true;
    }
    if (event.key === 'Escape' && panel.isOpen) {
      panel.close();
      return true;
    }
    return false;
  }

  const request = ({ tab, text, prompt, only }: TimelineRequest) => {
    if (only !== undefined) {
      search.value = '';
      state.setFilters({ ...noFilters, only });
      state.setSpan(around(only.ids.map((id) => state.timeline.prompts.at[state.rowOf(id)] ?? NaN), state.span));
    }
    if (text !== undefined) {
      search.value = text;
      state.setFilters({ text });
    }
    if (tab !== undefined) state.open(tab);
    const row = prompt === undefined ? -1 : state.rowOf(prompt);
    if (row < 0) return;
    const at = state.timeline.prompts.at[row] ?? 0;
    if (at < state.span.from || at >= state.span.to) state.setSpan(centreOn(dayOf(at), at, state.limits));
    state.select(prompt);
  };

  let reading = false;
  let again = false;
  const refresh = async () => {
    again = reading;
    if (reading) return;
    reading = true;
    try {
      const timeline = await source.timeline(state.timeline.version === '' ? undefined : state.timeline.version);
      if (timeline) state.setTimeline(timeline, Date.now());
      else void panel.refresh();
    } catch (error) {
      notices.fail(error);
    } finally {
      reading = false;
    }
    if (again) await refresh();
  };
  source.onChange(() => void refresh());
  source.onShow(request);
  onThemeChange(() => state.themeChanged());
  // The line for now moves; a minute is a pixel at most.
  setInterval(() => state.tab === 'timeline' && !document.hidden && front?.update?.({}), 30_000);

  const asked = source.ready();
  await refresh();
  showTab();
  filters.update();
  if (saved.filters.text.trim() !== '') state.setFilters({});
  if (saved.selected !== undefined && state.rowOf(saved.selected) >= 0) state.select(saved.selected);
  try {
    request(await asked);
  } catch (error) {
    notices.fail(error);
  }
}
