/** The graph as arrays: who is linked with whom. */
import type { GraphNode, NoteGraph } from '../../../src/protocol/noteGraph.ts';

export interface Net {
  readonly nodes: readonly GraphNode[];
  /** From and to, as places in `nodes`. */
  readonly links: Uint32Array;
  /** How many notes each one links to, and how many link to it. */
  readonly outgoing: Uint32Array;
  readonly incoming: Uint32Array;
  /** The notes linked with one, in either direction, each once. */
  readonly neighbours: (place: number) => Uint32Array;
  readonly placeOf: (key: string) => number | undefined;
}

export function netOf({ nodes, links: given }: NoteGraph): Net {
  const count = nodes.length;
  const links = Uint32Array.from(given);
  const outgoing = new Uint32Array(count);
  const incoming = new Uint32Array(count);
  const near: number[][] = Array.from({ length: count }, () => []);
  for (let i = 0; i < links.length; i += 2) {
    const [from = 0, to = 0] = [links[i], links[i + 1]];
    outgoing[from] = (outgoing[from] ?? 0) + 1;
    incoming[to] = (incoming[to] ?? 0) + 1;
    near[from]?.push(to);
    near[to]?.push(from);
  }
  // Two notes that link to each other stand there twice.
  const neighbours = near.map((places) => Uint32Array.from(new Set(places)));
  const places = new Map(nodes.map(({ key }, place) => [key, place]));
  return {
    nodes, links, outgoing, incoming,
    neighbours: (place) => neighbours[place] ?? new Uint32Array(0),
    placeOf: (key) => places.get(key),
  };
}

/** Places within so many steps of one, itself included. */
export function around(net: Net, place: number, depth: number): ReadonlySet<number> {
  const found = new Set([place]);
  let rim: readonly number[] = [place];
  for (let step = 0; step < depth; step++) {
    const next: number[] = [];
    for (const one of rim) {
      for (const other of net.neighbours(one)) {
        if (found.has(other)) continue;
        found.add(other);
        next.push(other);
      }
    }
    rim = next;
  }
  return found;
}

/** Links of a note, both directions. */
export const linkCount = (net: Net, place: number): number => (net.outgoing[place] ?? 0) + (net.incoming[place] ?? 0);

export const LARGEST_RADIUS = 18;

/** Radius at a zoom of 1: the area grows with the links. A note that everything links to stays a dot. */
export const radiusOf = (net: Net, place: number): number => Math.min(LARGEST_RADIUS, 3 + 1.3 * Math.sqrt(linkCount(net, place)));
