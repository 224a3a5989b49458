/**
 * Where in its note a link leads: to a heading, a block, a line or words of it. Markdown says so behind `#`
 * (Obsidian's and Foam's `#Heading`, `#Part#Chapter`, `#^block`, GitHub's `#heading-as-anchor`), org behind
 * `::` (the manual's "Search Options in File Links").
 */
import { blanked, frontmatterOf, proseOf } from './markdown.ts';
import { decoded } from './markdownLinks.ts';
import type { LinkSpan, NoteFormat } from './model.ts';
import { linesOf } from './orgLines.ts';
import { formatOf, parseNote } from './read.ts';

/**
 * What a link says behind the name of its note, as it is written; empty when it means the note.
 * @param text That the link stands in.
 */
export function placeNamed(format: NoteFormat, text: string, link: LinkSpan): string {
  const rest = text.slice(link.nameEnd, link.end);
  const pattern = format === 'org' ? /^::((?:[^\][\\]|\\.|\](?!\]|\[))+)/ : link.kind === 'title' ? /^(?:\.\w+)?\s*(#[^|\]]+)/ : /^(#[^)\s>]+)/;
  return pattern.exec(rest)?.[1]?.trim() ?? '';
}

/**
 * A link to a place in its own note: `[[#Heading]]`, `[[*Heading]]`.
 * @param at The column that it is looked for at. @returns what it names, for `placeIn`, and its columns.
 */
export function localLinkAt(line: string, at: number): { readonly named: string; readonly start: number; readonly end: number } | undefined {
  for (const { 0: whole, 1: named = '', index: start } of line.matchAll(/\[\[([#*][^[\]|]{1,500})(?:\|[^[\]]{0,500})?\](?:\[[^[\]]{0,500}\])?\]/g)) {
    if (at >= start && at <= start + whole.length) return { named: named.trim(), start, end: start + whole.length };
  }
  return undefined;
}

/**
 * The offset of that place.
 * @param path Of the note that the link leads to; its ending says what the text is. @param named By `placeNamed`.
 * @returns undefined when the note has no such place.
 */
export function placeIn(path: string, text: string, named: string): number | undefined {
  if (named === '') return undefined;
  if (/^\d+$/.test(named)) return linesOf(text)[Number(named) - 1]?.start;
  if (named.startsWith('#^')) return linesOf(text).find(({ text: line }) => line.split(/\s+/).findLast((word) => word !== '') === named.slice(1))?.start;
  if (named.startsWith('*')) return headingIn(path, text, [named.slice(1)]);
  if (named.startsWith('#')) return headingIn(path, text, decoded(named.slice(1)).split('#')) ?? sectionWith(path, text, named.slice(1));
  const target = text.indexOf(`<<${named}>>`);
  const words = target < 0 ? text.toLowerCase().indexOf(named.toLowerCase()) : target;
  return words < 0 ? undefined : words;
}

/** The headings of a note, from the first to the last. @param path Its ending says what the text is. */
export function headingsOf(path: string, text: string): readonly { readonly title: string; readonly start: number }[] {
  return formatOf(path) === 'org' ? parseNote(path, text).sections.slice(1) : markdownHeadings(text);
}

/** @param names Each lies below the one before. */
function headingIn(path: string, text: string, names: readonly string[]): number | undefined {
  const headings = headingsOf(path, text);
  let at = -1;
  for (const name of names) {
    const found = headings.find(({ title, start }) => start > at && anchor(title) === anchor(name));
    if (!found) return undefined;
    at = found.start;
  }
  return at;
}

function sectionWith(path: string, text: string, customId: string): number | undefined {
  return parseNote(path, text).sections.find(({ properties }) => properties['CUSTOM_ID'] === customId)?.start;
}

function markdownHeadings(text: string): { title: string; start: number }[] {
  const { end } = frontmatterOf(text);
  const prose = proseOf(text.slice(end), blanked);
  return linesOf(prose).flatMap(({ text: line, start }) => {
    const title = /^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(line)?.[1];
    return title === undefined ? [] : [{ title, start: end + start }];
  });
}

/** A heading as GitHub makes an anchor of it, so that both ways to write one are the same. */
export function anchor(heading: string): string {
  return heading.normalize('NFC').toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/[\s-]+/g, '-');
}
