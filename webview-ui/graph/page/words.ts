/** What the page says. */
import type { GraphNode } from '../../../src/protocol/noteGraph.ts';
import type { Net } from '../model/net.ts';

export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export const visibilityOf = ({ isPublic }: GraphNode): string => (isPublic ? 'PUBLIC' : 'private');

/** The tags without those that only say who may read it. */
export const plainTags = ({ tags }: GraphNode): readonly string[] => tags.filter((tag) => !/^(public|private)$/i.test(tag));

export function linksText(net: Net, place: number): string {
  return `${counted(net.outgoing[place] ?? 0, 'link')}, ${counted(net.incoming[place] ?? 0, 'backlink')}`;
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
  return isFiltered ? `${lit.toLocaleString('en')} of ${counted(total, 'note')}` : `${counted(total, 'note')}, ${counted(links, 'link')}`;
}
