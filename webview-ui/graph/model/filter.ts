/** Which notes are shown. */
import { around, linkCount, type Net } from './net.ts';

export interface Filters {
  /** All of its words occur in the title, the id or the tags. */
  readonly text: string;
  /** One of them is there; none chosen: any. */
  readonly tags: readonly string[];
  readonly visibility: 'all' | 'public' | 'private';
  /** Only notes without links. */
  readonly orphans: boolean;
}

export interface Focus {
  readonly key: string;
  /** Steps along links: 1-3. */
  readonly depth: number;
}

export const noFilters: Filters = { text: '', tags: [], visibility: 'all', orphans: false };

export function isFiltering({ text, tags, visibility, orphans }: Filters): boolean {
  return text.trim() !== '' || tags.length > 0 || visibility !== 'all' || orphans;
}

/** How a note is shown: not at all (it is outside of the focus), faintly (a filter is against it), or in full. */
export const [HIDDEN, FAINT, LIT] = [0, 1, 2] as const;

/** One of these for each note, by its place. */
export function levels(net: Net, filters: Filters, focus: Focus | undefined): Uint8Array {
  const centre = focus && net.placeOf(focus.key);
  const near = focus && centre !== undefined ? around(net, centre, focus.depth) : undefined;
  const words = filters.text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const tags = new Set(filters.tags);
  return Uint8Array.from(net.nodes, ({ id, title, tags: own, isPublic }, place) => {
    if (near && !near.has(place)) return HIDDEN;
    if (filters.visibility !== 'all' && isPublic !== (filters.visibility === 'public')) return FAINT;
    if (filters.orphans && linkCount(net, place) > 0) return FAINT;
    if (tags.size > 0 && !own.some((tag) => tags.has(tag))) return FAINT;
    if (words.length === 0) return LIT;
    const text = `${title}\n${id}\n${own.join('\n')}`.toLowerCase();
    return words.every((word) => text.includes(word)) ? LIT : FAINT;
  });
}

/** What says who may read a note is shown by shape, not by colour. */
export const isMark = (tag: string): boolean => /^(public|private)$/i.test(tag);

export interface TagCount {
  readonly tag: string;
  readonly notes: number;
}

/** The most used tags first; equal ones by the alphabet. */
export function tagsOf(net: Net): TagCount[] {
  const counts = new Map<string, number>();
  for (const { tags } of net.nodes) for (const tag of new Set(tags)) if (!isMark(tag)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].map(([tag, notes]) => ({ tag, notes })).sort((a, b) => b.notes - a.notes || (a.tag < b.tag ? -1 : 1));
}

/** By place, which of the coloured tags a note shows: the rarest that it has says the most; -1 for none. */
export function tagColours(net: Net, coloured: readonly TagCount[]): Int8Array {
  const order = new Map(coloured.map(({ tag }, n) => [tag, n]));
  return Int8Array.from(net.nodes, ({ tags }) => tags.reduce((best, tag) => Math.max(best, order.get(tag) ?? -1), -1));
}
