/** Renaming a heading: what links to it as a place in its note, from outside and from inside. */
import type { Replacement } from '../base/difference.ts';
import { WheelhouseError } from '../base/errors.ts';
import { blanked, frontmatterOf, proseOf } from './markdown.ts';
import { anchor, headingsOf, placeIn, placeNamed } from './linkPlace.ts';
import { linkSpans } from './linkSpans.ts';
import type { LinkSpan, NoteFormat } from './model.ts';
import { linesOf, readable } from './orgLines.ts';
import { formatOf, parseNote } from './read.ts';
import { applied, description, escaped } from './rename.ts';

export interface Heading {
  readonly title: string;
  /** Where its line begins. */
  readonly start: number;
}

/** A note with the heading that is to be renamed, as it was before. */
export interface HeadingIn {
  readonly path: string;
  readonly text: string;
  readonly heading: Heading;
}

/** The heading whose title an offset lies in, and where that stands; undefined when it is not plain text. */
export function headingAt(path: string, text: string, offset: number): (Heading & { readonly titleStart: number }) | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const found = headingsOf(path, text).find((heading) => heading.start === start);
  if (found === undefined || found.title === '') return undefined;
  const line = /^[^\n]*/.exec(text.slice(start))?.[0] ?? '';
  const at = line.indexOf(found.title);
  if (at < 0 || offset < start + at || offset > start + at + found.title.length) return undefined;
  return { title: found.title, start, titleStart: start + at };
}

/**
 * The replacements in a text whose links lead to the heading.
 * @param leadsThere Whether a link leads to the note of the heading. @param isOwn Whether the text is that note's.
 */
export function renamedPlaces(path: string, text: string, target: HeadingIn, title: string, { leadsThere, isOwn }: { readonly leadsThere: (link: LinkSpan) => boolean; readonly isOwn: boolean }): Replacement[] {
  const format = formatOf(path);
  const outer = linkSpans(format, text).filter(leadsThere).flatMap((link) => {
    const named = placeNamed(format, text, link);
    if (named === '') return [];
    const start = link.nameEnd + text.slice(link.nameEnd, link.end).indexOf(named);
    const inside = inPlace(format, named, start, target, title, link.kind === 'file');
    const described = inside.length > 0 && link.descriptionStart !== undefined && link.descriptionEnd !== undefined && link.description === target.heading.title;
    return described ? [...inside, { start: link.descriptionStart, end: link.descriptionEnd, text: description(title) }] : inside;
  });
  return (isOwn ? [...outer, ...inOwn(format, text, target, title)] : outer).sort((a, b) => a.start - b.start);
}

/** `[[#Heading]]`, `[x](#heading)`, `[[*Heading]]`. */
function inOwn(format: NoteFormat, text: string, target: HeadingIn, title: string): Replacement[] {
  const found = (prose: string, from: number, pattern: RegExp, isAnchor: boolean) =>
    [...prose.matchAll(pattern)].flatMap((match) => inPlace(format, match[2] ?? '', from + match.index + (match[1] ?? '').length, target, title, isAnchor));
  if (format === 'org') return readable(linesOf(text), 0).flatMap((line) => found(line.text, line.start, /(\[\[)(\*[^[\]]{1,500})\]/g, false));
  const { end } = frontmatterOf(text);
  const prose = blanked(text.slice(0, end)) + proseOf(text.slice(end), blanked);
  return [...found(prose, 0, /(\[\[)(#[^[\]|\n]{1,500})(?:\||\]\])/g, false), ...found(prose, 0, /(\]\(<?)(#[^)\s>]{1,500})/g, true)];
}

/** In `#Part#Chapter` or `*Chapter`, the parts that lead to the heading. */
function inPlace(format: NoteFormat, named: string, start: number, { path, text, heading }: HeadingIn, title: string, isAnchor: boolean): Replacement[] {
  // Behind `#`, Org has ids of its own, and Markdown blocks behind `#^`.
  if (format === 'org' ? !named.startsWith('*') : !named.startsWith('#') || named.startsWith('#^')) return [];
  const replacements: Replacement[] = [];
  let at = 0;
  for (const part of named.slice(1).split('#')) {
    const end = at + 1 + part.length;
    if (placeIn(path, text, named.slice(0, end)) === heading.start) replacements.push({ start: start + at + 1, end: start + end, text: writtenAs(format, part, title, isAnchor) });
    at = end;
  }
  return replacements;
}

function writtenAs(format: NoteFormat, written: string, title: string, isAnchor: boolean): string {
  if (format === 'org') return escaped(title);
  // As an anchor where it was one, and where a link cannot hold blanks.
  if (isAnchor || (written === anchor(written) && /-/.test(written))) return anchor(title);
  return title.replace(/[#^|[\]]/g, ' ').replace(/\s+/g, ' ').trim();
}

/**
 * The replacement in the note itself.
 * @param titleStart By `headingAt`. @throws WheelhouseError `invalid-input` for a title that cannot be written there;
 *   `refused` when the text does not have the new title and only that afterwards.
 */
export function renamedHeading({ path, text, heading }: HeadingIn, titleStart: number, title: string): Replacement[] {
  if (title.trim() !== title || title === '' || /[\r\n]/.test(title)) throw new WheelhouseError('invalid-input', 'A heading needs a title of one line.');
  const change = { start: titleStart, end: titleStart + heading.title.length, text: title };
  const after = applied(text, [change]);
  const titles = (of: string) => headingsOf(path, of).map((each) => (each.start === heading.start ? '' : each.title)).join('\n');
  const facts = (of: string) => JSON.stringify(parseNote(path, of).sections.map(({ marks, tags, id, level }) => [marks, tags, id, level]));
  const isRight = headingsOf(path, after).some((each) => each.start === heading.start && each.title === title) && titles(after) === titles(text) && facts(after) === facts(text);
  if (!isRight) throw new WheelhouseError('refused', `${JSON.stringify(title)} cannot be written here without changing more than the heading. Choose another, or edit the note by hand.`);
  return [change];
}

/** Whether a link could not tell the heading from another one of the note, once it is called that. */
export function isTaken({ path, text, heading }: HeadingIn, title: string): boolean {
  return headingsOf(path, text).some((other) => other.start !== heading.start && anchor(other.title) === anchor(title));
}
