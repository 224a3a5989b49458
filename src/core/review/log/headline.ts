import { findFileLink } from './link.ts';
import type { FileLink } from './link.ts';
import { skipBlanks, skipBlanksBack, skipStars } from './lines.ts';
import type { Line } from './lines.ts';
import type { ReviewState, Span } from './types.ts';

/** A headline with a keyword and a link to a file: `** TODO [#A] [[file:a.py::1][a.py:1]] title :tag:` */
export interface Headline extends Line {
  readonly level: number;
  readonly keyword: string;
  readonly keywordSpan: Span;
  readonly state: ReviewState;
  readonly priority: string | undefined;
  /** Between keyword or priority and the tags, without blanks around. Holds the link. */
  readonly title: Span;
  readonly link: FileLink;
  readonly tags: readonly string[];
  /** `:a:b:`, empty at the title's end when there are no tags. */
  readonly tagsSpan: Span;
}

const tagsPattern = /^:(?:[\p{L}\p{M}\p{Nl}\p{Nd}_@#%]+:)+$/u;
const priorityPattern = /^\[#([A-Z]|\d{1,2})\]/;

/** Reads the headline in `line`; undefined when it is none of a review entry. */
export function readHeadline(text: string, line: Line, states: ReadonlyMap<string, ReviewState>): Headline | undefined {
  const { start } = line;
  const stars = skipStars(text, start);
  const wordStart = skipBlanks(text, stars, line.end);
  const word = text.slice(wordStart, wordEnd(text, wordStart, line.end));
  const state = states.get(word);
  if (state === undefined) return undefined;

  let from = skipBlanks(text, wordStart + word.length, line.end);
  const priority = priorityPattern.exec(text.slice(from, from + 5));
  if (priority) from = skipBlanks(text, from + priority[0].length, line.end);
  // To Org a COMMENT headline is switched off: no agenda shows it, and neither do we.
  if (text.slice(from, wordEnd(text, from, line.end)) === 'COMMENT') return undefined;

  const tagsSpan = findTags(text, from, line.end);
  const title = { start: from, end: skipBlanksBack(text, from, tagsSpan.start) };
  const link = findFileLink(text, title.start, title.end);
  if (!link) return undefined;
  return {
    start,
    end: line.end,
    next: line.next,
    level: stars - start,
    keyword: word,
    keywordSpan: { start: wordStart, end: wordStart + word.length },
    state,
    priority: priority?.[1],
    title,
    link,
    tags: tagsSpan.start === tagsSpan.end ? [] : text.slice(tagsSpan.start, tagsSpan.end).split(':').filter((tag) => tag !== ''),
    tagsSpan,
  };
}

/** A word of Org's ends with a space, not with a tab. */
function wordEnd(text: string, start: number, end: number): number {
  const space = text.indexOf(' ', start);
  return space < 0 || space > end ? end : space;
}

function findTags(text: string, start: number, lineEnd: number): Span {
  const end = skipBlanksBack(text, start, lineEnd);
  if (text.charAt(end - 1) === ':') {
    let from = end;
    while (from > start && text.charAt(from - 1) !== ' ' && text.charAt(from - 1) !== '\t') from--;
    if (tagsPattern.test(text.slice(from, end))) return { start: from, end };
  }
  return { start: end, end };
}

/** What the title says besides the link. */
export function titleText(text: string, headline: Headline): string {
  const { title, link } = headline;
  const before = text.slice(title.start, skipBlanksBack(text, title.start, link.start));
  const after = text.slice(skipBlanks(text, link.end, title.end), title.end);
  return before !== '' && after !== '' ? `${before} ${after}` : before + after;
}
