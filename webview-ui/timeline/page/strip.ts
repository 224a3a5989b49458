/** How much happened in the whole history, with a brush that is what the timeline shows. */
import { brushX, type D3BrushEvent } from 'd3-brush';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { density } from '../model/density.ts';
import { fullDate, shortDate, year } from '../../shared/format.ts';
import { shortest } from '../model/viewport.ts';
import { readPalette } from '../paint/palette.ts';
import { element } from './dom.ts';
import type { PageChange, PageState } from './state.ts';

const barWidth = 3;
const height = 44;
/** A brush that is narrower could not be seen. */
const narrowest = 6;

export class Strip {
  readonly element = element('div', { class: 'strip', 'aria-hidden': 'true' });
  readonly #state: PageState;
  readonly #canvas = element('canvas', { class: 'strip-bars' });
  readonly #svg = select(this.element).append('svg').attr('class', 'strip-brush').attr('height', height);
  readonly #group = this.#svg.append('g');
  readonly #brush = brushX<unknown>();
  readonly #first = element('span', { class: 'strip-date strip-first' });
  readonly #last = element('span', { class: 'strip-date strip-last' });
  #width = 0;
  #byHand = false;

  constructor(state: PageState) {
    this.#state = state;
    this.element.prepend(this.#canvas);
    this.element.append(this.#first, this.#last);
    this.#brush.on('brush', (event: D3BrushEvent<unknown>) => this.#brushed(event));
    // A click beside the brush brings it there.
    this.#brush.on('end', (event: D3BrushEvent<unknown>) => {
      if (event.selection !== null || !(event.sourceEvent instanceof MouseEvent)) return;
      const { span } = this.#state;
      const middle = this.#scale().invert(event.sourceEvent.clientX - this.element.getBoundingClientRect().left);
      const half = (span.to - span.from) / 2;
      this.#state.setSpan({ from: middle - half, to: middle + half });
    });
    new ResizeObserver(() => this.#layout()).observe(this.element);
  }

  update(change: PageChange): void {
    if (change.timeline || change.visibility || change.theme) this.#bars();
    if (change.timeline || change.span || change.tab) this.#place();
  }

  #scale() {
    const { from, to } = this.#state.limits;
    return scaleLinear([from, to], [0, Math.max(1, this.#width)]);
  }

  #layout(): void {
    const { width } = this.element.getBoundingClientRect();
    if (width < 1 || width === this.#width) return;
    this.#width = width;
    this.#svg.attr('width', width);
    this.#brush.extent([[0, 0], [width, height]]);
    this.#group.call(this.#brush);
    this.#bars();
    this.#place();
  }

  #brushed(event: D3BrushEvent<unknown>): void {
    if (!event.sourceEvent || event.selection === null) return;
    const [left, right] = event.selection as [number, number];
    const scale = this.#scale();
    const from = scale.invert(left);
    this.#byHand = true;
    this.#state.setSpan({ from, to: Math.max(from + shortest, scale.invert(right)) });
    this.#byHand = false;
  }

  #place(): void {
    if (this.#width === 0 || this.#byHand) return;
    const scale = this.#scale();
    const { span } = this.#state;
    const middle = scale((span.from + span.to) / 2);
    const half = Math.max(narrowest, scale(span.to) - scale(span.from)) / 2;
    const clamp = (x: number) => Math.max(0, Math.min(this.#width, x));
    this.#brush.move(this.#group, [clamp(middle - half), clamp(middle + half)]);
  }

  #bars(): void {
    if (this.#width === 0) return;
    const { timeline, visibility, limits } = this.#state;
    const scale = window.devicePixelRatio;
    this.#canvas.width = Math.round(this.#width * scale);
    this.#canvas.height = Math.round(height * scale);
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    context.scale(scale, scale);
    const bins = Math.max(1, Math.floor(this.#width / barWidth));
    const { all, lit, most } = density(timeline.prompts.at, visibility, limits, bins);
    const palette = readPalette(this.element);
    const css = (value: number) => `rgb(${value & 255} ${(value >>> 8) & 255} ${(value >>> 16) & 255})`;
    const room = height - 6;
    // By the square root: quiet days are seen beside busy ones.
    const bar = (counts: Uint32Array, style: string) => {
      context.fillStyle = style;
      counts.forEach((n, bin) => {
        if (n === 0) return;
        const size = Math.max(2, room * Math.sqrt(n / Math.max(1, most)));
        context.fillRect(bin * barWidth, height - size, barWidth - 1, size);
      });
    };
    if (this.#state.found) bar(all, css(palette.grid));
    bar(lit, css(palette.bar));
    this.#dates();
  }

  #dates(): void {
    const { from, to } = this.#state.limits;
    const narrow = this.#width < 520;
    const text = (at: number) => (narrow ? `${shortDate(at)} ${year(at)}` : fullDate(at));
    const empty = this.#state.timeline.prompts.count === 0;
    this.#first.textContent = empty ? '' : text(from);
    this.#last.textContent = empty ? '' : text(to - 1);
  }
}
