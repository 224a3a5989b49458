/** What the page says. */
import type { GraphNode } from '../../../src/protocol/noteGraph.ts';
import { plural } from '../../shared/format.ts';
import { isMark } from '../model/filter.ts';
import type { Net } from '../model/net.ts';

export const visibilityOf = ({ isPublic }: GraphNode): string => (isPublic ? 'PUBLIC' : 'private');

/** The tags without those that only say who may read it. */
export const plainTags = ({ tags }: GraphNode): readonly string[] => tags.filter((tag) => !isMark(tag));

export function linksText(net: Net, place: number): string {
  return `${plural(net.outgoing[place] ?? 0, 'link')}, ${plural(net.incoming[place] ?? 0, 'backlink')}`;
}

/** A note as it is read aloud. */
export function spoken(net: Net, place: number): string {
  const note = net.nodes[place];
  if (!note) return '';
  const tags = plainTags(note);
  return [note.title, visibilityOf(note), linksText(net, place), ...(tags.length > 0 ? [`tags ${tags.slice(0, 6).join(', ')}`] : [])].join(', ');
}

/** What is shown of everything, in a line. */
export function summary(lit: number, total: number, links: number, isFiltered: boolean): string {
  return isFiltered ? `${lit.toLocaleString('en')} of ${plural(total, 'note')}` : `${plural(total, 'note')}, ${plural(links, 'link')}`;
}
