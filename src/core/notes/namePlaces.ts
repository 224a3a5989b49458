/** Where the names of a note stand in its own text. */
import { blanked, frontmatterOf, proseOf } from './markdown.ts';
import type { ParsedNote, Section } from './model.ts';
import { linesOf, PLANNING, type Line } from './orgLines.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

export interface NamePlaces {
  /** undefined: it has none of its own, or not as plain text. */
  readonly title: Place | undefined;
  readonly id: Place | undefined;
  /** Whether the title stands in the frontmatter of Markdown. */
  readonly isFrontmatter: boolean;
  /** Where a title can be put in when there is none; 0 in Markdown without frontmatter. */
  readonly head: number;
}

export function namePlaces(note: ParsedNote, section: Section): NamePlaces {
  return note.format === 'org' ? orgPlaces(note, section) : markdownPlaces(note);
}

function orgPlaces({ text, sections }: ParsedNote, section: Section): NamePlaces {
  const next = sections.find(({ start }) => start > section.start)?.start ?? text.length;
  const lines = linesOf(text, section.start, section.level === 0 ? (sections[1]?.start ?? text.length) : next);
  const isHeading = section.level > 0;
  const first = isHeading ? (PLANNING.test(lines[1]?.text ?? '') ? 2 : 1) : lines.findIndex(({ text: line }) => !/^#([ \t]|$)/.test(line));
  const opens = /^[ \t]*:PROPERTIES:[ \t]*$/i.test(lines[first]?.text ?? '');
  const closes = opens ? lines.findIndex(({ text: line }, at) => at > first && /^[ \t]*:END:[ \t]*$/i.test(line)) : -1;
  const drawer = closes < 0 ? [] : lines.slice(first + 1, closes);
  const id = section.id === undefined ? undefined : drawer.map((line) => valuePlace(line, /^[ \t]*:ID:[ \t]+/i)).find((place) => place !== undefined);
  return { title: isHeading ? headlinePlace(lines[0], section.title) : titlePlace(lines), id, isFrontmatter: false, head: closes < 0 ? section.start : (lines[closes]?.end ?? section.start) };
}

/** The value of `#+title:`; several of them are one title, which has no single place. */
function titlePlace(lines: readonly Line[]): Place | undefined {
  const places = lines.flatMap((line) => valuePlace(line, /^[ \t]*#\+title:[ \t]*/i) ?? []);
  return places.length === 1 ? places[0] : undefined;
}

function headlinePlace(line: Line | undefined, title: string): Place | undefined {
  const at = line?.text.indexOf(title, line.text.indexOf(' ')) ?? -1;
  return line === undefined || at < 0 || title === '' ? undefined : { start: line.start + at, end: line.start + at + title.length };
}

function markdownPlaces({ text, sections: [file] }: ParsedNote): NamePlaces {
  const { end } = frontmatterOf(text);
  const lines = linesOf(text, 0, end);
  const inFront = (name: string) => lines.map((line) => valuePlace(line, new RegExp(`^["']?${name}["']?[ \\t]*:[ \\t]+`, 'i'))).find((place) => place !== undefined);
  const title = inFront('title');
  const head = lines[0]?.end ?? 0;
  const id = file.id === undefined ? undefined : inFront('id');
  if (title) return { title, id, isFrontmatter: true, head };
  const body = proseOf(text.slice(end), blanked);
  const heading = /^(#[ \t]+)(\S.{0,500})/m.exec(body);
  if (!heading || file.title !== (heading[2] ?? '').replace(/[ \t#]{1,100}$/, '')) return { title: undefined, id, isFrontmatter: false, head };
  const start = end + heading.index + (heading[1] ?? '').length;
  return { title: { start, end: start + file.title.length }, id, isFrontmatter: false, head };
}

/** What stands behind a key on its line, without the blanks around it. */
function valuePlace(line: Line, key: RegExp): Place | undefined {
  const found = key.exec(line.text)?.[0].length;
  if (found === undefined) return undefined;
  const value = line.text.slice(found).trimEnd();
  return { start: line.start + found, end: line.start + found + value.length };
}
