/** What the page shows: the one place that its parts read and change. */
import type { GraphNode, NoteGraph } from '../../../src/protocol/noteGraph.ts';
import type { Camera } from '../model/camera.ts';
import { levels, LIT, noFilters, tagColours, tagsOf, type Filters, type Focus, type TagCount } from '../model/filter.ts';
import type { Places } from '../model/layout.ts';
import { linkCount, netOf, radiusOf, type Net } from '../model/net.ts';
import { tagColourCount } from '../paint/palette.ts';

export type Tab = 'graph' | 'table';

export interface Change {
  readonly graph?: boolean;
  readonly places?: boolean;
  /** Filters or focus, and so levels. */
  readonly shown?: boolean;
  /** Together with `shown`: the picture goes to what is shown now. */
  readonly fit?: boolean;
  readonly selected?: boolean;
  readonly tab?: boolean;
}

/** What survives hiding and reloading. */
export interface Kept {
  readonly tab: Tab;
  readonly filters: Filters;
  readonly focus: Focus | undefined;
  readonly selected: string | undefined;
  readonly camera: Camera | undefined;
}

export class GraphState {
  net: Net = netOf({ nodes: [], links: [] });
  places: Places | undefined;
  levels = new Uint8Array(0);
  colours = new Int8Array(0);
  radii = new Float32Array(0);
  byWeight: readonly number[] = [];
  tags: readonly TagCount[] = [];
  filters: Filters = noFilters;
  focus: Focus | undefined;
  camera: Camera | undefined;
  tab: Tab = 'graph';
  #selected: string | undefined;
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #keep: (kept: Kept) => void;
  #timer = 0;

  constructor(kept: unknown, keep: (kept: Kept) => void) {
    this.#keep = keep;
    const { tab, filters, focus, selected, camera } = (kept ?? {}) as Partial<Kept>;
    this.tab = tab === 'table' ? 'table' : 'graph';
    this.filters = { ...noFilters, ...filters };
    this.focus = focus;
    this.#selected = selected;
    this.camera = camera;
  }

  onChange(listener: (change: Change) => void): void {
    this.#listeners.add(listener);
  }

  get selected(): number | undefined {
    return this.#selected === undefined ? undefined : this.net.placeOf(this.#selected);
  }

  get selectedNote(): GraphNode | undefined {
    return this.selected === undefined ? undefined : this.net.nodes[this.selected];
  }

  isLit = (place: number): boolean => this.levels[place] === LIT;

  get litCount(): number {
    return this.levels.reduce((sum, level) => sum + (level === LIT ? 1 : 0), 0);
  }

  /** The tags that have a colour. */
  get coloured(): readonly TagCount[] {
    return this.tags.slice(0, tagColourCount);
  }

  setGraph(graph: NoteGraph): void {
    const net = netOf(graph);
    this.net = net;
    this.places = undefined;
    this.tags = tagsOf(net);
    this.colours = tagColours(net, this.coloured) as Int8Array<ArrayBuffer>;
    this.radii = Float32Array.from(net.nodes, (_, place) => radiusOf(net, place));
    this.byWeight = [...net.nodes.keys()].sort((a, b) => linkCount(net, b) - linkCount(net, a) || a - b);
    if (this.focus && net.placeOf(this.focus.key) === undefined) this.focus = undefined;
    // A tag that is nowhere any more would hide everything.
    const known = new Set(this.tags.map(({ tag }) => tag));
    this.filters = { ...this.filters, tags: this.filters.tags.filter((tag) => known.has(tag)) };
    this.#show({ graph: true });
  }

  setPlaces(places: Places): void {
    this.places = places;
    this.#emit({ places: true });
  }

  setFilters(filters: Partial<Filters>): void {
    this.filters = { ...this.filters, ...filters };
    this.#show({});
  }

  setFocus(focus: Focus | undefined): void {
    this.focus = focus;
    this.#show({ fit: true });
  }

  select(place: number | undefined): void {
    const key = place === undefined ? undefined : this.net.nodes[place]?.key;
    if (key === this.#selected) return;
    this.#selected = key;
    this.#emit({ selected: true });
  }

  setTab(tab: Tab): void {
    this.tab = tab;
    this.#emit({ tab: true });
  }

  setCamera(camera: Camera): void {
    this.camera = camera;
    this.#keepLater();
  }

  #show(change: Change): void {
    this.levels = levels(this.net, this.filters, this.focus) as Uint8Array<ArrayBuffer>;
    this.#emit({ ...change, shown: true });
  }

  #emit(change: Change): void {
    this.#keepLater();
    for (const listener of this.#listeners) listener(change);
  }

  #keepLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep({ tab: this.tab, filters: this.filters, focus: this.focus, selected: this.#selected, camera: this.camera }), 200);
  }
}
