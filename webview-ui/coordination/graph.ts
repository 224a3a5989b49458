/** The graph as a picture that a keyboard can walk. */
import type { CoordinationView, WaitEdge } from '../../src/protocol/coordination.ts';
import { svg } from '../shared/dom.ts';
import { layout, walk, type Direction, type Slot } from './layout.ts';
import { cut } from './words.ts';

const box = { width: 132, height: 34 } as const;
const step = { x: 226, y: 58 } as const;
/** Between two columns. */
const gap = step.x - box.width;
const margin = 4;
const shownLetters = 17;

const keys: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

export class Graph {
  readonly #open: (session: string) => unknown;
  #slots: ReadonlyMap<string, Slot> = new Map();
  #current: string | undefined;

  /** @param open What Enter on a session does. */
  constructor(open: (session: string) => unknown) {
    this.#open = open;
  }

  draw({ waits, names }: CoordinationView): SVGSVGElement {
    const slots = (this.#slots = layout(waits, this.#slots));
    const ids = [...slots.keys()];
    if (this.#current === undefined || !slots.has(this.#current)) this.#current = ids[0];
    const width = margin * 2 + Math.max(...[...slots.values()].map(({ column }) => column)) * step.x + box.width;
    const height = margin * 2 + Math.max(...[...slots.values()].map(({ row }) => row)) * step.y + box.height;
    const nameOf = (id: string) => names[id] ?? 'any session';
    const nodes = ids.map((id) => this.#node(id, nameOf(id), waits, nameOf));
    const picture = svg('svg', { class: 'graph', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Who waits for whom. Arrow keys walk along the lines.' },
      svg('defs', {}, svg('marker', { id: 'tip', viewBox: '0 0 8 8', refX: 7.5, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto' }, svg('path', { d: 'M0 0L8 4L0 8z', class: 'tip' }))),
      ...waits.map((edge, index) => this.#edge(edge, waits.slice(0, index).filter(({ from, to }) => from === edge.from && to === edge.to).length)),
      ...nodes,
      // Above the lines, so that each can be read.
      ...this.#labels(waits));
    picture.addEventListener('keydown', (event) => this.#pressed(event, waits, picture));
    return picture;
  }

  #node(id: string, name: string, waits: readonly WaitEdge[], nameOf: (id: string) => string): SVGElement {
    const { x, y } = this.#corner(id);
    const said = waits.filter(({ from }) => from === id).map(({ to, kind, because }) => `${nameOf(to)} (${kind === 'barrier' ? 'barrier ' : ''}${because})`);
    const awaited = waits.filter(({ to }) => to === id).map(({ from }) => nameOf(from));
    const label = [name, ...(said.length > 0 ? [`waits for ${said.join(', ')}`] : []), ...(awaited.length > 0 ? [`awaited by ${awaited.join(', ')}`] : [])].join('; ');
    return svg('g', { class: said.length > 0 ? 'node waits' : 'node', transform: `translate(${x} ${y})`, role: 'button', tabindex: id === this.#current ? 0 : -1, 'aria-label': label, 'data-key': `node ${id}`, 'data-node': id, onclick: () => void this.#open(id), onfocus: () => this.#choose(id) },
      svg('title', {}, label),
      svg('rect', { width: box.width, height: box.height, rx: 6 }),
      svg('text', { 'aria-hidden': 'true', x: box.width / 2, y: box.height / 2, 'text-anchor': 'middle', 'dominant-baseline': 'central' }, cut(name, shownLetters)));
  }

  /** @param others How many between these two are drawn already: each has a line of its own. */
  #edge({ from, to, kind }: WaitEdge, others: number): SVGElement {
    const [a, b] = [this.#corner(from), this.#corner(to)];
    const down = box.height / 2 + Math.min(others, 2) * 7;
    const start = { x: a.x + box.width, y: a.y + down };
    const end = { x: b.x, y: b.y + down };
    // Straight to the last gap, and only there up or down: so no line runs through a box.
    const turn = Math.max(start.x, end.x - gap);
    const bend = Math.max(gap / 2, (end.x - turn) / 2);
    return svg('path', { class: `edge ${kind}`, 'marker-end': 'url(#tip)', 'aria-hidden': 'true', d: `M${start.x} ${start.y}H${turn}C${turn + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}` });
  }

  /** Right behind who waits, each reason once. */
  #labels(waits: readonly WaitEdge[]): SVGElement[] {
    const said = new Map<string, string[]>();
    return waits.flatMap(({ from, because }) => {
      const before = said.get(from) ?? [];
      if (before.includes(because)) return [];
      said.set(from, [...before, because]);
      const { x, y } = this.#corner(from);
      // The first above the line, the others below each other under it.
      const down = before.length === 0 ? -5 : 8 + 12 * before.length;
      return [svg('text', { class: 'because', 'aria-hidden': 'true', x: x + box.width + 6, y: y + box.height / 2 + down }, cut(because, 14))];
    });
  }

  #corner(id: string): { x: number; y: number } {
    const { column, row } = this.#slots.get(id) ?? { column: 0, row: 0 };
    return { x: margin + column * step.x, y: margin + row * step.y };
  }

  #choose(id: string): void {
    this.#current = id;
  }

  #pressed(event: KeyboardEvent, waits: readonly WaitEdge[], picture: SVGSVGElement): void {
    const id = this.#current;
    if (id === undefined) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#open(id);
      return;
    }
    const direction = keys[event.key];
    const next = direction && walk(waits, this.#slots, id, direction);
    if (direction) event.preventDefault();
    if (next === undefined) return;
    for (const node of picture.querySelectorAll<SVGElement>('.node')) {
      const isNext = node.getAttribute('data-node') === next;
      node.setAttribute('tabindex', isNext ? '0' : '-1');
      if (isNext) node.focus();
    }
  }
}
