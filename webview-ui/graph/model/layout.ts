/**
 * Where notes stand. Laid out once, by forces, without chance: the same graph gives the same picture.
 * What has a place keeps it; what is new is put beside what it is linked with.
 */
import { forceLink, forceManyBody, forceSimulation, forceX, forceY, type Simulation, type SimulationNodeDatum } from 'd3-force';
import { quadtree } from 'd3-quadtree';
import type { GraphPlaces } from '../../../src/protocol/noteGraph.ts';
import { linkCount, radiusOf, type Net } from './net.ts';

export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** With fewer known places than this share, the picture is laid out anew. */
const ENOUGH = 0.5;
/** Radians; so turned, points on a spiral never stand in rows. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const FREE = 14;

/** The places kept from before, and others beside them; undefined when too few are known. */
export function keptPlaces(net: Net, { keys, places }: GraphPlaces): Places | undefined {
  const count = net.nodes.length;
  const x = new Float64Array(count).fill(NaN);
  const y = new Float64Array(count).fill(NaN);
  let known = 0;
  keys.forEach((key, n) => {
    const place = net.placeOf(key);
    const [px, py] = [places[2 * n], places[2 * n + 1]];
    if (place === undefined || px === undefined || py === undefined) return;
    x[place] = px;
    y[place] = py;
    known++;
  });
  if (known < count * ENOUGH) return undefined;
  putBeside(net, { x, y });
  return { x, y };
}

/** Puts every note that has no place beside those that it is linked with, or at the rim. */
function putBeside(net: Net, { x, y }: Places): void {
  const has = (place: number) => !Number.isNaN(x[place]);
  const missing = [...x.keys()].filter((place) => !has(place)).sort((a, b) => linkCount(net, b) - linkCount(net, a) || a - b);
  if (missing.length === 0) return;
  const tree = quadtree<number>([...x.keys()].filter(has), (place) => x[place] ?? 0, (place) => y[place] ?? 0);
  let rim = 0;
  for (const place of x.keys()) if (has(place)) rim = Math.max(rim, Math.hypot(x[place] ?? 0, y[place] ?? 0));
  missing.forEach((place, n) => {
    const near = [...net.neighbours(place)].filter(has);
    const angle = n * GOLDEN_ANGLE;
    let cx = (rim + 2 * FREE) * Math.cos(angle);
    let cy = (rim + 2 * FREE) * Math.sin(angle);
    if (near.length > 0) {
      cx = near.reduce((sum, other) => sum + (x[other] ?? 0), 0) / near.length;
      cy = near.reduce((sum, other) => sum + (y[other] ?? 0), 0) / near.length;
    }
    // Outward on a spiral, until nothing is in the way.
    for (let turn = 0; turn < 400; turn++) {
      const away = FREE * Math.sqrt(turn);
      const [px, py] = [cx + away * Math.cos(turn * GOLDEN_ANGLE), cy + away * Math.sin(turn * GOLDEN_ANGLE)];
      x[place] = px;
      y[place] = py;
      if (tree.find(px, py, FREE) === undefined) break;
    }
    tree.add(place);
  });
}

type Body = SimulationNodeDatum & { readonly index: number };

export class Layout {
  readonly #bodies: Body[];
  readonly #simulation: Simulation<Body, undefined>;
  readonly #ticks: number;
  #done = 0;

  constructor(net: Net) {
    const count = net.nodes.length;
    // Many notes get fewer and rougher steps; the order of the start does most of the work for them.
    this.#ticks = count > 5000 ? 90 : count > 3000 ? 150 : 240;
    const order = startOrder(net);
    this.#bodies = Array.from({ length: count }, (_, index) => ({ index }));
    order.forEach((place, n) => {
      const body = this.#bodies[place];
      const away = 12 * Math.sqrt(n + 0.5);
      if (body) Object.assign(body, { x: away * Math.cos(n * GOLDEN_ANGLE), y: away * Math.sin(n * GOLDEN_ANGLE) });
    });
    const links = Array.from({ length: net.links.length / 2 }, (_, n) => ({ source: net.links[2 * n] ?? 0, target: net.links[2 * n + 1] ?? 0 }));
    this.#simulation = forceSimulation(this.#bodies)
      .alphaDecay(1 - 0.001 ** (1 / this.#ticks))
      .force('link', forceLink(links).distance((_, n) => 28 + radiusOf(net, net.links[2 * n] ?? 0) + radiusOf(net, net.links[2 * n + 1] ?? 0)))
      .force('charge', forceManyBody().strength((body) => -70 - 8 * radiusOf(net, body.index ?? 0)).distanceMax(600).theta(count > 3000 ? 1.3 : 0.9))
      .force('x', forceX(0).strength(0.04))
      .force('y', forceY(0).strength(0.07))
      .stop();
  }

  /** Works for about so many milliseconds, at least one step. @returns how much is done, 0-1. */
  work(ms: number, now: () => number): number {
    const until = now() + ms;
    do {
      this.#simulation.tick();
      this.#done++;
    } while (this.#done < this.#ticks && now() < until);
    return this.#done / this.#ticks;
  }

  places(): Places {
    return { x: Float64Array.from(this.#bodies, ({ x = 0 }) => Math.round(x * 10) / 10), y: Float64Array.from(this.#bodies, ({ y = 0 }) => Math.round(y * 10) / 10) };
  }
}

/** What is linked begins near each other: from the most linked note outward, one component after the other. */
function startOrder(net: Net): number[] {
  const seen = new Uint8Array(net.nodes.length);
  const order: number[] = [];
  for (const start of [...net.nodes.keys()].sort((a, b) => linkCount(net, b) - linkCount(net, a) || a - b)) {
    if (seen[start]) continue;
    seen[start] = 1;
    order.push(start);
    for (let at = order.length - 1; at < order.length; at++) {
      for (const other of net.neighbours(order[at] ?? 0)) {
        if (seen[other]) continue;
        seen[other] = 1;
        order.push(other);
      }
    }
  }
  return order;
}
