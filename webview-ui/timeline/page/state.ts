/** What the page shows: the one place that its parts read and change. */
import type { PromptBrief, SearchResult, Timeline } from '../../../src/protocol/timeline.ts';
import type { Span } from '../../shared/dates.ts';
import { isFiltered, noFilters, searchFilter, visibility, type Filters } from '../model/filter.ts';
import { rowFinder } from '../model/rowFinder.ts';
import { plural, spanLabel } from '../../shared/format.ts';
import { firstView, historyLimits, lowerBound } from '../model/viewport.ts';
import type { PromptSource } from '../source.ts';
import type { Change, Selection, TabName, ViewContext } from '../view.ts';
import { debounce } from './dom.ts';

/** Beside what views are told: filters, hits and the visible stretch. */
export interface PageChange extends Change {
  readonly filters?: boolean;
  readonly visibility?: boolean;
  readonly span?: boolean;
  readonly tab?: boolean;
}

/** What the shell does for the state. */
export interface Shell {
  announce(text: string): void;
  fail(error: unknown): void;
}

const nothing: Timeline = {
  version: '',
  prompts: { count: 0, id: new Uint32Array(0), at: new Float64Array(0), length: new Uint32Array(0), rating: new Uint8Array(0), project: new Uint16Array(0), agent: new Uint8Array(0), flags: new Uint8Array(0) },
  projects: [],
  agents: [],
};

export class PageState implements ViewContext {
  readonly source: PromptSource;
  timeline: Timeline = nothing;
  /** By row: 0 hidden by a filter, 1 dimmed, 2 lit. */
  visibility: Uint8Array = new Uint8Array(0);
  filters: Filters = noFilters;
  /** What the search found; undefined when nothing is searched. */
  found: SearchResult | undefined;
  span: Span = { from: 0, to: 1 };
  limits: Span = { from: 0, to: 1 };
  tab: TabName = 'timeline';
  selected: number | undefined;
  /** Prompts that the user marked with a box, and when they are from. */
  mark: { readonly ids: Uint32Array; readonly span: Span } | undefined;
  readonly #shell: Shell;
  readonly #listeners = new Set<(change: PageChange) => void>();
  readonly #briefs = new Map<number, PromptBrief>();
  readonly #viewStates = new Map<string, unknown>();
  readonly #settled = debounce(250, () => this.#emit({ selection: true }));
  #rowOf: ((id: number) => number) | undefined;
  #selection: Selection | undefined;
  #searches = 0;

  constructor(source: PromptSource, shell: Shell) {
    this.source = source;
    this.#shell = shell;
  }

  onChange(listener: (change: PageChange) => void): void {
    this.#listeners.add(listener);
  }

  #emit(change: PageChange): void {
    if (change.timeline || change.selection || change.visibility || change.span) this.#selection = undefined;
    for (const listener of this.#listeners) listener(change);
  }

  get reducedMotion(): boolean {
    return document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  get wholePeriod(): { readonly from: number; readonly to: number } | undefined {
    const { at, count } = this.timeline.prompts;
    return count === 0 ? undefined : { from: at[0] ?? 0, to: (at[count - 1] ?? 0) + 1 };
  }

  get selection(): Selection {
    return (this.#selection ??= this.#select());
  }

  #select(): Selection {
    const { at, id } = this.timeline.prompts;
    const period = this.mark?.span ?? this.span;
    const ids = this.mark ? this.mark.ids : id.slice(lowerBound(at, period.from), lowerBound(at, period.to)).filter((_, i) => this.visibility[lowerBound(at, period.from) + i] === 2);
    return { ids, period, title: `${plural(ids.length, 'prompt')}, ${spanLabel(period)}`, marked: this.mark !== undefined };
  }

  rowOf(id: number): number {
    return (this.#rowOf ??= rowFinder(this.timeline.prompts.id))(id);
  }

  /** A new timeline keeps the view where it is, unless there was none yet. */
  setTimeline(timeline: Timeline, now: number): void {
    const first = this.timeline.version === '' && this.timeline.prompts.count === 0;
    this.timeline = timeline;
    this.#rowOf = undefined;
    this.limits = historyLimits(timeline.prompts.at, now);
    if (first && this.span.from === 0 && this.span.to === 1) this.span = firstView(timeline.prompts.at, now);
    this.#see();
    this.#emit({ timeline: true, visibility: true, selection: true });
    if (!first && this.filters.text.trim() !== '') void this.#search();
  }

  #see(): void {
    this.visibility = visibility(this.timeline, this.filters, this.found?.ids);
  }

  setSpan(span: Span): void {
    this.span = span;
    this.#emit({ span: true });
    this.#settled();
  }

  setFilters(change: Partial<Filters>): void {
    const before = this.filters;
    this.filters = { ...before, ...change };
    if (this.filters.text.trim() === '') this.found = undefined;
    this.#see();
    this.#emit({ filters: true, visibility: true, selection: true });
    if (this.filters.text.trim() !== '') void this.#search();
    else this.#searches++;
  }

  get isFiltered(): boolean {
    return isFiltered(this.filters) || this.filters.text.trim() !== '';
  }

  /** An answer to an older question is dropped. */
  async #search(): Promise<void> {
    const search = ++this.#searches;
    try {
      const found = await this.source.search(searchFilter(this.filters));
      if (search !== this.#searches) return;
      this.found = found;
      this.#see();
      this.#emit({ visibility: true, selection: true, filters: true });
      this.announce(`${plural(found.ids.length, 'prompt')} found`);
    } catch (error) {
      if (search === this.#searches) this.fail(error);
    }
  }

  setMark(mark: PageState['mark']): void {
    this.mark = mark;
    this.#emit({ selection: true });
    if (mark) this.announce(`${plural(mark.ids.length, 'prompt')} marked`);
  }

  select(id: number | undefined): void {
    if (id === this.selected) return;
    this.selected = id;
    this.#emit({ selected: true });
  }

  async rate(id: number, rating: number): Promise<boolean> {
    if (!this.source.can.rate) {
      this.fail(new Error('This page is a file of its own and cannot rate. Open the timeline in VS Code to rate prompts.'));
      return false;
    }
    const before = this.#setRating(id, rating);
    try {
      await this.source.rate(id, rating);
      this.announce(rating === 0 ? 'Rating cleared' : plural(rating, 'star'));
      return true;
    } catch (error) {
      this.#setRating(id, before);
      this.fail(error);
      return false;
    }
  }

  #setRating(id: number, rating: number): number {
    const row = this.rowOf(id);
    const before = this.timeline.prompts.rating[row] ?? 0;
    if (row >= 0) this.timeline.prompts.rating[row] = rating;
    const brief = this.#briefs.get(id);
    if (brief) this.#briefs.set(id, { ...brief, rating });
    this.#emit({ ratings: true });
    return before;
  }

  /** The columns follow a note that was saved. */
  setHasNote(id: number, has: boolean): void {
    const row = this.rowOf(id);
    const flags = this.timeline.prompts.flags;
    if (row >= 0) flags[row] = has ? (flags[row] ?? 0) | 1 : (flags[row] ?? 0) & ~1;
  }

  /** Beginnings of prompts, from what was asked before where possible; unknown ids are left out. */
  async briefs(ids: readonly number[]): Promise<readonly PromptBrief[]> {
    const missing = ids.filter((id) => !this.#briefs.has(id)).slice(0, 500);
    if (missing.length > 0) {
      if (this.#briefs.size > 20_000) this.#briefs.clear();
      for (const brief of await this.source.briefs(missing)) this.#briefs.set(brief.id, brief);
    }
    return ids.flatMap((id) => this.#briefs.get(id) ?? []);
  }

  knownBrief(id: number): PromptBrief | undefined {
    return this.#briefs.get(id);
  }

  announce(text: string): void {
    this.#shell.announce(text);
  }

  fail(error: unknown): void {
    this.#shell.fail(error);
  }

  search(text: string): void {
    this.setFilters({ text });
    this.open('timeline');
  }

  open(tab: TabName): void {
    if (tab === this.tab) return;
    this.tab = tab;
    this.#emit({ tab: true });
  }

  /** Something that is kept has changed, but nothing that is shown by others. */
  keep(): void {
    this.#emit({});
  }

  themeChanged(): void {
    this.#emit({ theme: true });
  }

  loadState(tab: TabName): unknown {
    return this.#viewStates.get(tab);
  }

  saveState(tab: TabName, state: unknown): void {
    this.#viewStates.set(tab, state);
    this.keep();
  }

  get viewStates(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.#viewStates);
  }

  restoreViewStates(states: Readonly<Record<string, unknown>>): void {
    for (const [name, state] of Object.entries(states)) this.#viewStates.set(name, state);
  }
}
