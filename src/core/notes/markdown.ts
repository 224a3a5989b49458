/** Reads a Markdown file as far as notes need it: frontmatter, wiki links, links to files, tags. */
import type { Mark, ParsedNote, Section } from './model.ts';
import { stemOf } from './ids.ts';
import { generatedSpans } from './indexSection.ts';
import { markdownLinks } from './markdownLinks.ts';
import { type Line, linesOf, LOOKED_THROUGH } from './orgLines.ts';
import { stray, tagMarks } from './org.ts';

const LONGEST_LINE = 4000;
/** `name: value`; the name as it is, or in quotes. Blanks before the colon belong to the first, so that a line of blanks is gone through once. */
const PAIR = /^(?:([^\s:#'"[{-][^:]*)|("[^"]*"|'[^']*')[ \t]*):(?:[ \t]+(.*))?$/;
/** Names in a frontmatter that say who may read the note, or which one it is: what is in doubt here closes it. */
const MATTERS = /^(public|private|visibility|tags?|id)$/;

export function parseMarkdown(path: string, text: string): ParsedNote {
  const front = frontmatterOf(text);
  const body = proseOf(written(text, front.end).slice(0, LOOKED_THROUGH));
  // Only the highest level is a title, as in Foam: a journal begins with `## Tasks` every day.
  const heading = /^#[ \t]+(\S.{0,500})/m.exec(body)?.[1]?.replace(/[ \t#]{1,100}$/, '');
  const one = (name: string) => front.values.get(name)?.find((value) => value !== '');
  const listed = [...(front.values.get('tags') ?? []), ...(front.values.get('tag') ?? [])].map((tag) => tag.replace(/^#/, '')).filter((tag) => tag !== '');
  const inline = [...body.matchAll(/(?:^|\s)#([\p{L}_][\p{L}\p{N}_/-]*)/gu)].map((match) => match[1] ?? '');
  const marks: Mark[] = front.problem === undefined ? [] : [{ kind: 'broken', name: 'FRONTMATTER', value: front.problem }];
  for (const name of ['public', 'private', 'visibility']) {
    for (const value of front.values.get(name) ?? []) marks.push({ kind: 'property', name: name.toUpperCase(), value });
  }
  const file: Section = {
    level: 0, start: 0, end: text.length, parent: undefined,
    title: one('title') ?? heading ?? stemOf(path),
    id: one('id'),
    tags: [...new Set([...listed, ...inline])],
    aliases: [...(front.values.get('aliases') ?? []), ...(front.values.get('alias') ?? [])].filter((alias) => alias !== ''),
    properties: Object.fromEntries([...front.values].map(([name, values]) => [name.toUpperCase(), values.join(' ')])),
    // Only the frontmatter opens a file; #private in its text, or among the words of a tag, closes it as well.
    marks: [...tagMarks(listed), ...stray(tagMarks([...taggings(body), ...listed.flatMap((tag) => (/\s/.test(tag) ? tag.split(/[\s,#]+/) : []))])), ...marks],
    links: markdownLinks(body).map(({ kind, target, folder, description }) => ({ kind, target, description, ...(folder !== undefined && { folder }) })),
  };
  return { format: 'markdown', text, sections: [file], problem: text.isWellFormed() ? undefined : 'it has bytes that are not UTF-8' };
}

export interface Frontmatter {
  /** Names in lower case. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Offset after it; 0 when there is none. */
  readonly end: number;
  readonly problem: string | undefined;
}

/** The part of YAML that notes use: `name: value`, `[a, b]`, lists of `- item`. What is below a name that nobody asks for may be anything. */
export function frontmatterOf(text: string): Frontmatter {
  const values = new Map<string, string[]>();
  const lines = linesOf(text);
  if (!/^---[ \t]*$/.test(lines[0]?.text ?? '')) return { values, end: 0, problem: undefined };
  let name: string | undefined;
  let problem: string | undefined;
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) break;
    if (isEnd(line)) return { values, end: line.end, problem };
    if (/^\s*(#.*)?$/.test(line.text)) continue;
    const isTooLong = line.text.length > LONGEST_LINE;
    if (isTooLong) problem = 'its frontmatter has a line that is too long';
    const pair = isTooLong ? null : PAIR.exec(line.text);
    const item = isTooLong ? null : /^[ \t]*-[ \t]+(.*)$/.exec(line.text);
    if (pair) {
      name = (pair[2] === undefined ? (/^.*[^ \t]/s.exec(pair[1] ?? '')?.[0] ?? '') : unquote(pair[2])).toLowerCase();
      if (values.has(name)) problem = `it has ${name} twice`;
      let value = uncommented(pair[3] ?? '');
      // A list in brackets goes on up to the bracket that ends it, as formatters break long ones.
      for (let next = lines[at + 1]; value.startsWith('[') && !value.endsWith(']') && next !== undefined && !isEnd(next) && value.length < LONGEST_LINE; next = lines[at + 1]) {
        // A bracket that was forgotten must not hide what closes the note.
        if (MATTERS.test(/^(\w+):/.exec(next.text)?.[1]?.toLowerCase() ?? '')) problem = `its ${name} is a list without an end`;
        value = `${value} ${uncommented(next.text)}`.trim();
        at++;
      }
      if (MATTERS.test(name) && /^[&*!|>{]/.test(value)) problem = `its ${name} is written in a way that is not understood`;
      if (value.startsWith('[') && !value.endsWith(']')) problem = `its ${name} is a list without an end`;
      values.set(name, valuesOf(name, value));
      continue;
    }
    if (item && name !== undefined) values.get(name)?.push(unquote((item[1] ?? '').replace(/[ \t]#.*$/, '').trim()));
    else if (name === undefined || !/^[ \t]/.test(line.text)) problem = `line ${at + 1} of its frontmatter is not understood`;
    else if (MATTERS.test(name)) problem = `its ${name} is written in a way that is not understood`;
  }
  return { values, end: 0, problem: 'its frontmatter has no end' };
}

const isEnd = ({ text }: Line) => /^(---|\.\.\.)[ \t]*$/.test(text);
const uncommented = (value: string) => value.replace(/(?:^|[ \t])#.*$/, '').trim();

/** What stands behind a name: nothing, one value, or several. */
function valuesOf(name: string, value: string): string[] {
  if (value === '') return [];
  if (value.startsWith('[') && value.endsWith(']')) return value.slice(1, -1).split(',').map((part) => unquote(part.trim())).filter((part, at, all) => part !== '' || at < all.length - 1);
  // Obsidian reads tags in one text, and Foam aliases, as several.
  if (/^tags?$/.test(name)) return unquote(value).split(/[,\s]+/);
  return /^alias(es)?$/.test(name) && !/^["']/.test(value) ? value.split(',').map((part) => part.trim()) : [unquote(value)];
}

function unquote(value: string): string {
  return /^(["']).*\1$/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}

/** Tags on lines of their own, and behind headings. In a sentence, `#private` may be code. */
function taggings(body: string): string[] {
  const lines = body.split('\n').filter((line) => line.length < LONGEST_LINE && /#private/i.test(line));
  return lines.flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const before = words.findLastIndex((word) => !/^(?:#[^\s#]+)+$/.test(word));
    return before < 0 || /^#{1,6}$/.test(words[0] ?? '') ? words.slice(before + 1).flatMap((word) => word.split('#')) : [];
  });
}

/** The text from an offset on, without lists that Wheelhouse wrote. */
function written(text: string, from: number): string {
  let kept = '';
  let at = from;
  for (const { start, end } of generatedSpans(text)) {
    kept += text.slice(at, Math.max(at, start));
    at = Math.max(at, end);
  }
  return kept + text.slice(at);
}

/** Blanks in place of a text, so that the offsets and lines after it stay what they are. */
export function blanked(cut: string): string {
  return cut.replace(/[^\n]/g, ' ');
}

/** Without what is code or a comment. @param put What stands in its place; by default nothing, and then offsets are not kept. */
export function proseOf(body: string, put: (cut: string) => string = () => ''): string {
  return body
    // Only a whole run of such signs opens, here and below: to try shorter ones in turn, over a line of nothing else, would take time that grows with its square.
    .replace(/^[ \t]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*?(?:^[ \t]*\1[`~]*[ \t]*$|(?![\s\S]))/gm, put)
    .replace(/(?<!`)(`+)(?!`)[^\n]{0,1000}?[^`\n]\1(?!`)/g, put)
    // A comment without an end goes to the end of the text.
    .replace(/<!--[\s\S]*?(?:-->|(?![\s\S]))/g, put);
}
