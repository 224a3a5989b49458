/** The order of the table's rows. */
import type { Net } from '../model/net.ts';
import { plainTags } from './words.ts';

export type Column = 'title' | 'visibility' | 'tags' | 'links' | 'backlinks' | 'changed';
export interface Sorting {
  readonly column: Column;
  readonly descending: boolean;
}

/** Lit places in the wanted order; equal ones by title. */
export function ordered(net: Net, isLit: (place: number) => boolean, { column, descending }: Sorting): number[] {
  const { nodes } = net;
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const title = (a: number, b: number) => collator.compare(nodes[a]?.title ?? '', nodes[b]?.title ?? '') || a - b;
  const numbers: Readonly<Record<string, (place: number) => number>> = {
    visibility: (place) => (nodes[place]?.isPublic ? 0 : 1),
    links: (place) => net.outgoing[place] ?? 0,
    backlinks: (place) => net.incoming[place] ?? 0,
    changed: (place) => nodes[place]?.modifiedAt ?? 0,
  };
  const value = numbers[column];
  const tags = (place: number) => (nodes[place] ? plainTags(nodes[place]).join(' ') : '');
  const compare = value ? (a: number, b: number) => value(a) - value(b) : column === 'tags' ? (a: number, b: number) => collator.compare(tags(a), tags(b)) : title;
  const sign = descending ? -1 : 1;
  return [...nodes.keys()].filter(isLit).sort((a, b) => sign * compare(a, b) || title(a, b));
}
