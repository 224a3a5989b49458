import { decodeText, readReplyHead } from './body.ts';
import { titleText } from './headline.ts';
import { Identities } from './identity.ts';
import { indentOf, isBlank, nextHeadline, skipStars } from './lines.ts';
import { readKeywords } from './keywords.ts';
import { findProperty, readSection } from './section.ts';
import type { Section } from './section.ts';
import { severityOf, withoutSeverity } from './tags.ts';
import { parseTimestamp } from './timestamp.ts';
import type { Keywords, Log, LogEntry, Reply, Span, Target } from './types.ts';

/**
 * Reads a review log. An entry is a headline with a TODO keyword and a link to a file; everything
 * else is passed over. Never throws, whatever the text is; takes time in proportion to its length.
 *
 * A second entry with an `:ID:` that an earlier one has is treated as if it had none.
 */
export function scanLog(text: string): Log {
  if (last?.text === text) return last;
  const log = scan(text);
  last = text.length <= maxKept ? log : undefined;
  return log;
}

/** The log that was scanned last: a verb reads the same text several times, and so does the list after it. */
let last: Log | undefined;
/** Characters; a larger log is not kept in memory for the next time. */
const maxKept = 16 * 1024 * 1024;

function scan(text: string): Log {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const contentEnd = findContentEnd(text);
  const keywords = readKeywords(text, start, contentEnd);
  const found = findEntries(text, start, contentEnd, keywords);
  giveIds(found);
  return { text, entries: found.map(({ entry }) => entry), keywords, eol: /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n', contentEnd };
}

type Draft = { -readonly [Key in keyof LogEntry]: LogEntry[Key] };

interface Found {
  readonly entry: Draft;
  /** The value of its `:ID:`, if it has one. */
  readonly written: string | undefined;
}

function giveIds(found: readonly Found[]): void {
  const written = new Set<string>();
  for (const { entry, written: id } of found) {
    if (id === undefined || written.has(id)) continue;
    written.add(id);
    entry.id = id;
    entry.hasId = true;
  }
  const identities = new Identities(written);
  for (const { entry } of found) {
    if (!entry.hasId) entry.id = identities.derive(entry);
  }
}

function findEntries(text: string, from: number, contentEnd: number, keywords: Keywords): Found[] {
  const found: Found[] = [];
  const { settings } = keywords;
  let passed = 0;
  let line = 1;
  let counted = 0;
  let start = nextHeadline(text, from);
  while (start >= 0 && start < contentEnd) {
    const next = nextHeadline(text, skipStars(text, start));
    while ((settings[passed] ?? text.length) < start) passed++;
    const end = Math.min(next < 0 ? contentEnd : next, settings[passed] ?? contentEnd, contentEnd);
    const section = readSection(text, start, end, keywords.states);
    if (section) {
      for (let at = text.indexOf('\n', counted); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) line++;
      counted = start;
      found.push({ entry: toEntry(text, section, { start, end }, line), written: property(section, 'ID') });
    }
    start = next;
  }
  return found;
}

/** Emacs looks for a file's local variables in its last 3000 characters; they belong to no entry. */
function findContentEnd(text: string): number {
  const at = text.lastIndexOf('\n# Local Variables:') + 1;
  return at > 0 && text.length - at <= 3000 && /^(?:#.*\r?\n|[ \t]*\r?\n)+# End:\s*$/.test(text.slice(at)) ? at : text.length;
}

function toEntry(text: string, section: Section, span: Span, line: number): Draft {
  const { headline } = section;
  const { path, line: targetLine, endLine } = readTarget(section);
  const entry: Draft = {
    id: '',
    hasId: false,
    line,
    span,
    level: headline.level,
    keyword: headline.keyword,
    state: headline.state,
    path,
    severity: severityOf(headline.tags, headline.priority),
    tags: withoutSeverity(headline.tags),
    text: readText(text, section),
    replies: readReplies(text, section),
  };
  if (targetLine !== undefined) entry.targetLine = targetLine;
  if (endLine !== undefined) entry.endLine = endLine;
  const project = property(section, 'PROJECT');
  if (project !== undefined) entry.project = project;
  const created = optionalTime(property(section, 'TIMESTAMP') ?? property(section, 'CREATED'));
  if (created) entry.created = created;
  const closed = section.planning && optionalTime(/CLOSED:[ \t]*(.*)/.exec(text.slice(section.planning.start, section.planning.end))?.[1]);
  if (closed) entry.closed = closed;
  const summary = headline.state === 'todo' ? undefined : readSummary(section);
  if (summary !== undefined) entry.summary = summary;
  return entry;
}

function property(section: Section, name: string): string | undefined {
  const value = findProperty(section.drawer, name)?.value;
  return value === '' ? undefined : value;
}

function optionalTime(value: string | undefined): ReturnType<typeof parseTimestamp> {
  return value === undefined ? undefined : parseTimestamp(value);
}

/** The link's target, unless properties say what a link cannot (see `targetProperties` in print.ts). */
function readTarget(section: Section): Target {
  const { target } = section.headline.link;
  const written = property(section, 'WH_PATH');
  const path = written === undefined ? target.path : readPath(written);
  const line = written === undefined ? target.line : positive(property(section, 'WH_LINE'));
  if (line === undefined) return { path };
  const endLine = positive(property(section, 'END_LINE')) ?? target.endLine;
  return endLine === undefined || endLine < line ? { path, line } : { path, line, endLine };
}

function readPath(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    const path: unknown = JSON.parse(value);
    return typeof path === 'string' && path !== '' ? path : value;
  } catch {
    return value;
  }
}

function positive(value: string | undefined): number | undefined {
  return value !== undefined && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined;
}

/** The comment: what the title says besides the link, then the body. */
function readText(text: string, section: Section): string {
  const title = titleText(text, section.headline);
  if (section.text.length === 0) return title;
  const body = decodeText(section.text.map((line) => text.slice(line.start, line.end)));
  return title === '' ? body : `${title}\n${body}`;
}

function readReplies(text: string, section: Section): Reply[] {
  if (section.replies.length === 0) return [];
  const replies: { head: NonNullable<ReturnType<typeof readReplyHead>>; columns: number; rest: string[] }[] = [];
  for (const { start, end } of section.replies) {
    const line = text.slice(start, end);
    const head = readReplyHead(line);
    if (head) replies.push({ head, columns: indentOf(line) + 2, rest: [] });
    else replies.at(-1)?.rest.push(line);
  }
  return replies.map(({ head, columns, rest }) => {
    const more = rest.some((line) => !isBlank(line)) ? `\n${decodeText(rest, columns)}` : '';
    return { at: head.at, author: head.author, text: head.firstLine + more };
  });
}

/** Org puts the newest state change first; its note counts when that change led to the present keyword. */
function readSummary({ headline, log }: Section): string | undefined {
  const first = log.findIndex((line) => /^[ \t]*[-+] (?:State "|CLOSING NOTE )/.test(line));
  const item = log[first];
  if (item === undefined || !/\\\\[ \t]*$/.test(item)) return undefined;
  const state = /State "([^"]*)"/.exec(item)?.[1];
  if (state !== undefined && state !== headline.keyword) return undefined;
  const columns = indentOf(item);
  const rest = log.slice(first + 1);
  const end = rest.findIndex((line) => !isBlank(line) && indentOf(line) <= columns);
  return decodeText(end < 0 ? rest : rest.slice(0, end), columns + 2);
}
