/** Where the arrow keys lead: along links, to the neighbour that lies in that direction. */
import type { Places } from './layout.ts';
import { linkCount, type Net } from './net.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';
const ways: Readonly<Record<Direction, readonly [number, number]>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/**
 * The neighbour in a direction: within 45° of it, else within 90°; the nearest and straightest first.
 * Every neighbour lies within 45° of one of the four, but may be hidden by a nearer one: `inTurn` reaches all.
 */
export function neighbourTowards(net: Net, { x, y }: Places, place: number, direction: Direction, isReachable: (place: number) => boolean): number | undefined {
  const [wx, wy] = ways[direction];
  let best: number | undefined;
  let least = Infinity;
  for (const other of net.neighbours(place)) {
    if (!isReachable(other)) continue;
    const [dx, dy] = [(x[other] ?? 0) - (x[place] ?? 0), (y[other] ?? 0) - (y[place] ?? 0)];
    const away = Math.hypot(dx, dy);
    const along = (dx * wx + dy * wy) / Math.max(away, 1e-9);
    if (along <= 1e-6) continue;
    const cost = away / along ** 2 + (along < Math.SQRT1_2 ? 1e9 : 0);
    if (cost < least) [best, least] = [other, cost];
  }
  return best;
}

/** The neighbours clockwise from the top: the one after `current`, or the first. */
export function inTurn(net: Net, { x, y }: Places, place: number, current: number | undefined, by: 1 | -1, isReachable: (place: number) => boolean): number | undefined {
  const angle = (other: number) => (Math.atan2((x[other] ?? 0) - (x[place] ?? 0), (y[place] ?? 0) - (y[other] ?? 0)) + 2 * Math.PI) % (2 * Math.PI);
  const ring = [...net.neighbours(place)].filter(isReachable).sort((a, b) => angle(a) - angle(b) || a - b);
  if (ring.length === 0) return undefined;
  const at = current === undefined ? -1 : ring.indexOf(current);
  return ring[at < 0 ? (by > 0 ? 0 : ring.length - 1) : (at + by + ring.length) % ring.length];
}

/** The most linked note that can be reached: where a walk begins. */
export function mostLinked(net: Net, isReachable: (place: number) => boolean): number | undefined {
  let best: number | undefined;
  for (const place of net.nodes.keys()) if (isReachable(place) && (best === undefined || linkCount(net, place) > linkCount(net, best))) best = place;
  return best;
}
