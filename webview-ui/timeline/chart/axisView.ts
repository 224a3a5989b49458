/** The axis below the lanes, in SVG: ticks that never touch each other, and both ends in full. */
import { axisBottom } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import type { Span } from '../../shared/dates.ts';
import { element } from '../page/dom.ts';
import { fitting, type Axis, type Tick } from './axis.ts';

const narrowestTick = 56;
const labelGap = 14;

export class AxisView {
  readonly element = element('div', { class: 'axis', 'aria-hidden': 'true' });
  readonly #svg = select(this.element).append('svg').attr('class', 'axis-ticks').attr('height', 24);
  readonly #group = this.#svg.append('g');
  readonly #start = element('span', { class: 'axis-edge axis-start' });
  readonly #end = element('span', { class: 'axis-edge axis-end' });
  readonly #widths = new Map<string, number>();
  readonly #measure = document.createElement('canvas').getContext('2d');

  constructor() {
    this.element.append(element('div', { class: 'axis-edges' }, this.#start, this.#end));
  }

  /** Takes the letters of the theme. */
  restyle(): void {
    this.#widths.clear();
    const { fontSize, fontFamily } = getComputedStyle(this.element);
    if (this.#measure) this.#measure.font = `${fontSize} ${fontFamily}`;
  }

  /** @returns where the grid lines are, in pixels. */
  show(axis: Axis, span: Span, width: number): number[] {
    const scale = scaleLinear([span.from, span.to], [0, width]);
    const ticks = this.#ticks(axis, span, width).map((tick) => ({ ...tick, x: scale(tick.at) }));
    const shown = new Map(fitting(ticks, width).map((tick) => [tick.at, tick]));
    this.#svg.attr('width', width);
    this.#group.call(axisBottom(scale).tickValues([...shown.keys()]).tickFormat((value) => shown.get(value.valueOf())?.label ?? '').tickSize(5).tickPadding(4));
    this.#group.selectAll<SVGGElement, number>('.tick').classed('strong', (value) => shown.get(value)?.strong === true);
    this.#edges(axis, span, width);
    return ticks.map(({ x }) => x);
  }

  /** As many as fit with their labels: dropping some of them would leave an axis with gaps. */
  #ticks(axis: Axis, span: Span, width: number): (Tick & { readonly width: number })[] {
    const measured = (most: number) => axis.ticks(span, most).map((tick) => ({ ...tick, width: this.#widthOf(tick.label) * (tick.strong ? 1.1 : 1) }));
    for (let most = Math.max(2, Math.floor(width / narrowestTick)); most > 2; most = Math.floor(most * 0.75)) {
      const ticks = measured(most);
      const perTick = width / Math.max(1, ticks.length);
      if (ticks.every((tick) => tick.width + labelGap < perTick * 1.05)) return ticks;
    }
    return measured(2);
  }

  #widthOf(label: string): number {
    let width = this.#widths.get(label);
    if (width === undefined) {
      if (this.#widths.size > 5000) this.#widths.clear();
      width = this.#measure?.measureText(label).width ?? 40;
      this.#widths.set(label, width);
    }
    return width;
  }

  #edges(axis: Axis, span: Span, width: number): void {
    const { long, short } = axis.edges(span);
    const letters = long[0].length + long[1].length;
    const [start, end] = letters * 7 + 24 < width ? long : short;
    this.#start.textContent = start;
    this.#end.textContent = end;
  }
}
