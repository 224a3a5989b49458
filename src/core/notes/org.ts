/** Reads an org file as far as notes need it, the way Org 9.5 does (the tests have Emacs as a witness). */
import { isVisibilityTag } from './gate.ts';
import type { Mark, NoteLink, ParsedNote, Section } from './model.ts';
import { stemOf } from './ids.ts';
import { generatedSpans } from './indexSection.ts';
import { ORG_LINK, orgLinks } from './orgLinks.ts';
import { drawerAt, type Line, linesOf, LOOKED_THROUGH, PLANNING, readable } from './orgLines.ts';

const HEADLINE = /^(\*+) (.*)$/;
const TAGS = /(?<=^|[ \t]):([\p{L}\p{M}\p{N}_@#%:]+):[ \t]*$/u;
/** What is longer is no headline that anybody wrote, and its tags are not looked for. */
const LONGEST_HEADLINE = 4000;
/** A file with more was written by no one, and would take the memory for everything else. */
const MOST_HEADLINES = 100_000;
const PROPERTY = /^(PUBLIC|PRIVATE|VISIBILITY)$/;
/** A line with such a property, wherever it stands. */
const PROPERTY_LINE = /^[ \t]*:(public|private|visibility)\+?:(?:[ \t]+(.*))?$/i;
/** How Org's own property VISIBILITY folds a heading; that says nothing of who may read it. */
const FOLDING = /^(folded|children|content|all|showall|show\dlevels)$/i;

export function parseOrg(path: string, text: string): ParsedNote {
  const lines = linesOf(text);
  const heads = lines.flatMap((line, at) => (line.text.startsWith('*') && HEADLINE.test(line.text) ? [at] : []));
  const keywords = todoKeywords(lines);
  const generated = generatedSpans(text);
  const written = (own: readonly Line[]) => (generated.length === 0 ? own : own.filter(({ start }) => !generated.some((span) => start >= span.start && start < span.end)));
  const file = fileSection(path, text, written(lines.slice(0, heads[0] ?? lines.length)), written(lines));
  const sections: [Section, ...Section[]] = [file];
  if (heads.length > MOST_HEADLINES) return { format: 'org', text, sections, problem: `it has ${heads.length} headlines, and at most ${MOST_HEADLINES} are read` };
  const levels = heads.map((at) => HEADLINE.exec(lines[at]?.text ?? '')?.[1]?.length ?? 1);
  const after = nextOfLevel(levels);
  /** Indices of the sections around the next one, from the outside. */
  const around: number[] = [0];
  heads.forEach((at, n) => {
    const own = lines.slice(at, heads[n + 1] ?? lines.length);
    const level = levels[n] ?? 1;
    while ((sections[around.at(-1) ?? 0]?.level ?? 0) >= level) around.pop();
    const end = lines[heads[after[n] ?? heads.length] ?? lines.length]?.start ?? text.length;
    sections.push(headline(own, written(own), level, end, around.at(-1) ?? 0, keywords));
    around.push(sections.length - 1);
  });
  return { format: 'org', text, sections, problem: text.isWellFormed() ? undefined : 'it has bytes that are not UTF-8' };
}

/** For each headline, the place of the next one that is not below it, or how many there are. In one pass: a text may be nothing but headlines. */
function nextOfLevel(levels: readonly number[]): number[] {
  const next: number[] = [];
  const open: number[] = [];
  levels.forEach((level, n) => {
    while ((levels[open.at(-1) ?? -1] ?? 0) >= level) next[open.pop() ?? 0] = n;
    open.push(n);
  });
  for (const n of open) next[n] = levels.length;
  return next;
}

function fileSection(path: string, text: string, top: readonly Line[], all: readonly Line[]): Section {
  let first = 0;
  while (/^#([ \t]|$)/.test(top[first]?.text ?? '')) first++;
  const drawer = drawerAt(top, first);
  const found = propertiesOf(drawer);
  const body = readable(top, drawer === 'broken' || drawer === undefined ? 0 : drawer.next);
  const title = keyword(body, 'title').join(' ').trim();
  // Org takes file tags from everywhere; a mark counts only above the first headline, so that text
  // pasted into a note does not open it.
  const tags = keyword(readable(all, 0, { verses: false }), 'filetags').flatMap(splitTags);
  const marking = keyword(readable(top, 0, { verses: false }), 'filetags').flatMap(splitTags);
  return {
    level: 0, start: 0, end: text.length, parent: undefined,
    title: title === '' ? stemOf(path) : plainTitle(title),
    id: found.id, tags: [...new Set(tags)], aliases: found.aliases, properties: found.properties,
    marks: [...tagMarks(marking), ...stray(tagMarks(tags.filter((tag) => !marking.includes(tag)))), ...found.marks, ...strayProperties(top, drawer === 'broken' || drawer === undefined ? 0 : drawer.next)],
    links: linksOf(body),
  };
}

function headline(lines: readonly Line[], written: readonly Line[], level: number, end: number, parent: number, keywords: ReadonlySet<string>): Section {
  const line = HEADLINE.exec(lines[0]?.text ?? '')?.[2] ?? '';
  let title = line.slice(0, LONGEST_HEADLINE);
  const tags = splitTags(TAGS.exec(title)?.[1] ?? '');
  title = title.replace(TAGS, '').trim();
  const word = /^\S+/.exec(title)?.[0];
  if (word !== undefined && keywords.has(word)) title = title.slice(word.length).trimStart();
  title = title.replace(/^\[#([A-Z0-9]+)\] ?/, '').replace(/^COMMENT(?: |$)/, '').trim();
  const at = PLANNING.test(lines[1]?.text ?? '') ? 2 : 1;
  const drawer = drawerAt(lines, at);
  const found = propertiesOf(drawer);
  const rest = drawer === 'broken' || drawer === undefined ? at : drawer.next;
  return {
    level, start: lines[0]?.start ?? 0, end, parent,
    title: plainTitle(title),
    id: found.id, tags: [...new Set(tags)], aliases: found.aliases, properties: found.properties,
    // In a line that has `:PRIVATE:` in another place than Org's tags stand, it was meant as one.
    marks: [...tagMarks(tags), ...(/:private:/i.test(line) ? stray(tagMarks(['PRIVATE'])) : []), ...found.marks, ...strayProperties(lines, rest), ...(line.length > LONGEST_HEADLINE ? [{ kind: 'broken', name: 'HEADLINE', value: '' } as const] : [])],
    links: written[0] === lines[0] ? [...linksOf(lines.slice(0, 1)), ...linksOf(readable(written, rest))] : linksOf(readable(written, 0)),
  };
}

function propertiesOf(drawer: ReturnType<typeof drawerAt>) {
  const properties: Record<string, string> = Object.create(null) as Record<string, string>;
  const marks: Mark[] = [];
  if (drawer === 'broken') marks.push({ kind: 'broken', name: 'PROPERTIES', value: '' });
  else if (drawer !== undefined) {
    for (const [name, value] of drawer.entries) {
      const plain = name.replace(/\+$/, '');
      properties[plain] = name === plain || properties[plain] === undefined ? value : `${properties[plain]} ${value}`;
      // An addition (`:PUBLIC+:`) is nothing that the gate knows.
      if (PROPERTY.test(plain) && !isFolding(plain, value)) marks.push({ kind: 'property', name: plain, value: name === plain ? value : `+${value}` });
    }
  }
  const id = properties['ID'];
  return { properties, marks, id: id === '' ? undefined : id, aliases: quotedWords(properties['ROAM_ALIASES'] ?? '') };
}

/** Properties in a drawer that is none to Org, because something stands before it. */
function strayProperties(lines: readonly Line[], from: number): Mark[] {
  if (!lines.some(({ text }, at) => at >= from && PROPERTY_LINE.test(text))) return [];
  return stray(readable(lines, from).flatMap(({ text }) => propertyMark(text) ?? []));
}

/** What a line says as a property of who may read something. */
export function propertyMark(line: string): Mark | undefined {
  const [, name = '', written = ''] = PROPERTY_LINE.exec(line) ?? [];
  const value = written.trim();
  return name === '' || isFolding(name.toUpperCase(), value) ? undefined : { kind: 'property', name: name.toUpperCase(), value };
}

const isFolding = (name: string, value: string) => name === 'VISIBILITY' && FOLDING.test(value);

export function stray(marks: readonly Mark[]): Mark[] {
  return marks.map((mark) => ({ ...mark, isStray: true }));
}

/** The values of `#+name: value` lines. */
function keyword(lines: readonly Line[], name: string): string[] {
  const pattern = new RegExp(`^[ \\t]*#\\+${name}:(.*)$`, 'i');
  return lines.flatMap(({ text }) => pattern.exec(text)?.[1]?.trim() ?? []);
}

function todoKeywords(lines: readonly Line[]): ReadonlySet<string> {
  const own = ['todo', 'seq_todo', 'typ_todo'].flatMap((name) => keyword(lines, name)).join(' ');
  const words = own.split(/\s+/).map((word) => word.replace(/\(.*\)$/, '')).filter((word) => word !== '' && word !== '|');
  return new Set(words.length > 0 ? words : ['TODO', 'DONE']);
}

export function splitTags(text: string): string[] {
  return text.split(/[:\s]+/).filter((tag) => tag !== '');
}

export function tagMarks(tags: readonly string[]): Mark[] {
  return tags.filter(isVisibilityTag).map((name) => ({ kind: 'tag', name, value: '' }));
}

/** `one "two words"`, as ROAM_ALIASES has it. */
function quotedWords(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((match) => (match[1] ?? match[2] ?? '').replace(/\\(.)/g, '$1'));
}

function plainTitle(title: string): string {
  return title.replace(ORG_LINK, (_, target: string, description: string | undefined) => description ?? target);
}

function linksOf(lines: readonly Line[]): NoteLink[] {
  return orgLinks(lines.filter(({ start }) => start < LOOKED_THROUGH)).map(({ kind, target, description }) => ({ kind, target, description }));
}
