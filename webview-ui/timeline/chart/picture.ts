/** What is drawn: lanes, bubbles and rings for one stretch of an axis. */
import type { Span } from '../../shared/dates.ts';
import { laneLayout, lanesOf, rerank, type Lanes } from '../model/lanes.ts';
import { bubbleAt, LevelOfDetail, type Bubbles } from '../model/levelOfDetail.ts';
import { offsets, radii } from '../model/sizes.ts';
import { lowerBound } from '../model/viewport.ts';
import { element } from '../page/dom.ts';
import type { PageState } from '../page/state.ts';
import { Painter } from '../paint/painter.ts';
import { readPalette, type Palette } from '../paint/palette.ts';
import type { Axis } from './axis.ts';
import { AxisView } from './axisView.ts';
import type { Box } from './gestures.ts';
import type { Places } from './neighbours.ts';

/** Prompts with a ring, by id. */
export interface Rings {
  readonly hovered: number | undefined;
  readonly selected: number | undefined;
  readonly cursor: number | undefined;
}

/** Bubbles whose middle is so far outside can still be seen. */
const margin = 24;

export class Picture {
  readonly canvas = element('canvas', { class: 'bubbles' });
  readonly axisView = new AxisView();
  lanes: Lanes = { order: [], laneOf: new Uint16Array(0), others: false };
  laneHeight = 40;
  width = 0;
  /** Of the last frame. */
  bubbles: Bubbles | undefined;
  /** Prompts that no filter hides, by project. */
  totals = new Uint32Array(0);
  readonly #state: PageState;
  readonly #axis: Axis;
  readonly #detail = new LevelOfDetail();
  #painter: Painter | undefined;
  #palette: Palette | undefined;
  #height = 0;
  #places = 1;
  #radius: Uint8Array = new Uint8Array(0);
  #offset: Int8Array = new Int8Array(0);

  constructor(state: PageState, axis: Axis) {
    this.#state = state;
    this.#axis = axis;
  }

  /** @param host Where the theme's colours are read. */
  restyle(host: HTMLElement): void {
    this.#palette = readPalette(host);
    if (this.#painter) this.#painter.setPalette(this.#palette);
    else this.#painter = new Painter(this.canvas, this.#palette);
    this.axisView.restyle();
  }

  newTimeline(): void {
    const { projects } = this.#state.timeline;
    if (this.lanes.laneOf.length !== projects.length) this.lanes = lanesOf(this.lanes.order.filter((project) => project < projects.length), new Uint32Array(projects.length));
    this.count();
    this.#radius = new Uint8Array(0);
    if (this.width > 0) this.resize(this.width, this.#height);
  }

  count(): void {
    const { prompts, projects } = this.#state.timeline;
    const totals = new Uint32Array(projects.length);
    for (let row = 0; row < prompts.count; row++) {
      const project = prompts.project[row] ?? 0;
      if (this.#state.visibility[row] !== 0) totals[project] = (totals[project] ?? 0) + 1;
    }
    this.totals = totals;
  }

  /** CSS pixels. */
  resize(width: number, height: number): void {
    this.width = width;
    this.#height = height;
    const { prompts, projects } = this.#state.timeline;
    const { laneHeight, places } = laneLayout(height, projects.length);
    this.#places = places;
    if (laneHeight !== this.laneHeight || this.#radius.length !== prompts.count) {
      this.laneHeight = laneHeight;
      this.#radius = radii(prompts.length, laneHeight);
      this.#offset = offsets(prompts.id, this.#radius, laneHeight);
    }
    this.#painter?.resize(width, height, window.devicePixelRatio);
  }

  paint(span: Span, rings: Rings): void {
    if (!this.#painter || this.width === 0) return;
    const { timeline, visibility } = this.#state;
    const perPixel = (span.to - span.from) / this.width;
    const { x, rows } = this.#axis.places(timeline);
    const low = lowerBound(x, span.from - margin * perPixel);
    const high = lowerBound(x, span.to + margin * perPixel);
    const points = { x, rows, project: timeline.prompts.project, radius: this.#radius, visibility };
    const frame = { ...span, width: this.width, laneOf: this.lanes.laneOf, laneCount: this.lanes.order.length + 1 };
    const bubbles = this.#detail.bubbles(points, frame, low, high);
    this.bubbles = bubbles;
    const pixel = (at: number) => (at - span.from) / perPixel;
    const now = this.#axis.now(Date.now());
    this.#painter.paint({
      bubbles,
      ...this.#sizes,
      rating: timeline.prompts.rating,
      visibility,
      laneCount: this.lanes.order.length + (this.lanes.others ? 1 : 0),
      gridLines: this.axisView.show(this.#axis, span, this.width),
      midnights: this.#axis.midnights(span).map(pixel),
      now: now !== undefined && now >= span.from && now <= span.to ? pixel(now) : undefined,
    });
    this.#rings(rings, pixel);
  }

  get #sizes() {
    return { radius: this.#radius, offset: this.#offset, laneHeight: this.laneHeight };
  }

  #rings({ hovered, selected, cursor }: Rings, pixel: (at: number) => number): void {
    const { timeline } = this.#state;
    const { focus = '', hover = '' } = this.#palette ?? {};
    const ring = (id: number | undefined, style: string, thickness: number, distance: number) => {
      const row = id === undefined ? -1 : this.#state.rowOf(id);
      if (row < 0) return;
      const y = (this.#laneOf(row) + 0.5) * this.laneHeight + (this.#offset[row] ?? 0);
      this.#painter?.ring(pixel(this.#axis.placeOf(timeline, row)), y, (this.#radius[row] ?? 0) + distance, style, thickness);
    };
    ring(hovered, hover, 1, 1.5);
    ring(selected, focus, 2, 2.5);
    if (cursor !== selected) ring(cursor, focus, 2, 2.5);
  }

  #laneOf(row: number): number {
    return this.lanes.laneOf[this.#state.timeline.prompts.project[row] ?? 0] ?? 0;
  }

  /** Gives lanes to what was in view in the last frame. */
  rerank(): void {
    if (!this.bubbles) return;
    this.lanes = lanesOf(rerank(this.lanes.order, this.bubbles.inView, this.totals, this.#places), this.bubbles.inView);
  }

  /** The uppermost bubble at a place: its row and how many prompts it stands for. */
  at(x: number, y: number): { readonly row: number; readonly size: number } | undefined {
    const n = this.bubbles ? bubbleAt(this.bubbles, this.#sizes, x, y) : -1;
    return n < 0 || !this.bubbles ? undefined : { row: this.bubbles.row[n] ?? 0, size: this.bubbles.size[n] ?? 1 };
  }

  /** Rows of the lit prompts in the lanes and the stretch of a box, in the order of time. */
  rowsIn(box: Box, span: Span): Uint32Array {
    const perPixel = (span.to - span.from) / this.width;
    const { timeline, visibility } = this.#state;
    const { x, rows } = this.#axis.places(timeline);
    const lanes = { first: Math.floor(box.top / this.laneHeight), last: Math.floor(box.bottom / this.laneHeight) };
    const found: number[] = [];
    for (let i = lowerBound(x, span.from + box.left * perPixel), end = lowerBound(x, span.from + box.right * perPixel); i < end; i++) {
      const row = rows ? (rows[i] ?? 0) : i;
      const lane = this.#laneOf(row);
      if (visibility[row] === 2 && lane >= lanes.first && lane <= lanes.last) found.push(row);
    }
    return Uint32Array.from(found).sort();
  }

  /** For the keys that go from prompt to prompt. */
  walk(): Places {
    const { timeline, visibility } = this.#state;
    return { ...this.#axis.places(timeline), project: timeline.prompts.project, visibility, laneOf: this.lanes.laneOf, laneCount: this.lanes.order.length + 1 };
  }
}
