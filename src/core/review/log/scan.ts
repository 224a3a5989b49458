import { decodeLine, decodeText, replyItem } from './body.ts';
import { titleText } from './headline.ts';
import { Identities } from './identity.ts';
import { indentOf, nextHeadline } from './lines.ts';
import { readKeywords } from './keywords.ts';
import { readSection } from './section.ts';
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
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const contentEnd = findContentEnd(text);
  const keywords = readKeywords(text, start, contentEnd);
  const found = findEntries(text, start, contentEnd, keywords);

  const owner = new Map<string, Found>();
  for (const entry of found) {
    const id = entry.section.drawer?.properties.get('ID')?.value ?? '';
    if (id !== '' && !owner.has(id)) owner.set(id, entry);
  }
  const written = new Map([...owner].map(([id, entry]) => [entry, id]));
  const identities = new Identities(owner.keys());
  const entries = found.map((entry) => toEntry(text, entry, written.get(entry), identities));
  return { text, entries, keywords, eol: /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n', contentEnd };
}

interface Found {
  readonly section: Section;
  readonly span: Span;
  readonly line: number;
}

function findEntries(text: string, from: number, contentEnd: number, keywords: Keywords): Found[] {
  const found: Found[] = [];
  let line = 1;
  let counted = 0;
  let start = nextHeadline(text, from);
  while (start >= 0 && start < contentEnd) {
    const next = nextHeadline(text, start + 1);
    const end = next < 0 || next > contentEnd ? contentEnd : next;
    const section = readSection(text, start, end, keywords.states);
    if (section) {
      for (let at = text.indexOf('\n', counted); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) line++;
      counted = start;
      found.push({ section, span: { start, end }, line });
    }
    start = next;
  }
  return found;
}

/** Emacs looks for a file's local variables in its last 3000 characters; they belong to no entry. */
function findContentEnd(text: string): number {
  const at = text.lastIndexOf('\n# Local Variables:') + 1;
  return at > 0 && text.length - at <= 3000 && /^(?:#.*(?:\r?\n|$)|[ \t]*\r?\n)+[ \t]*$/.test(text.slice(at)) ? at : text.length;
}

function toEntry(text: string, { section, span, line }: Found, written: string | undefined, identities: Identities): LogEntry {
  const { headline } = section;
  const target = readTarget(section);
  const created = optionalTime(property(section, 'TIMESTAMP') ?? property(section, 'CREATED'));
  const closed = section.planning && optionalTime(/CLOSED:[ \t]*(.*)/.exec(text.slice(section.planning.start, section.planning.end))?.[1]);
  const project = property(section, 'PROJECT');
  const comment = readText(text, section);
  const summary = headline.state === 'todo' ? undefined : readSummary(section);
  return {
    id: written ?? identities.derive(target, created, comment),
    hasId: written !== undefined,
    line,
    span,
    level: headline.level,
    keyword: headline.keyword,
    state: headline.state,
    path: target.path,
    ...(target.line !== undefined && { targetLine: target.line }),
    ...(target.endLine !== undefined && { endLine: target.endLine }),
    ...(project !== undefined && { project }),
    ...(created && { created }),
    ...(closed && { closed }),
    severity: severityOf(headline.tags, headline.priority),
    tags: withoutSeverity(headline.tags),
    text: comment,
    replies: readReplies(text, section),
    ...(summary !== undefined && { summary }),
  };
}

function property(section: Section, name: string): string | undefined {
  const value = section.drawer?.properties.get(name)?.value;
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
export function readText(text: string, section: Section): string {
  const title = titleText(text, section.headline);
  if (section.text.length === 0) return title;
  const body = decodeText(section.text.map((line) => text.slice(line.start, line.end)));
  return title === '' ? body : `${title}\n${body}`;
}

function readReplies(text: string, section: Section): Reply[] {
  const replies: { at: Reply['at']; author: string; lines: string[] }[] = [];
  let read = decodeLine(0);
  for (const span of section.replies) {
    const line = text.slice(span.start, span.end);
    const found = replyItem.exec(line);
    const at = found && parseTimestamp(found[2] ?? '');
    if (found && at) {
      replies.push({ at, author: found[3] ?? '', lines: [found[4] ?? ''] });
      read = decodeLine(indentOf(line) + 2);
    } else replies.at(-1)?.lines.push(read(line));
  }
  return replies.map((reply) => ({ at: reply.at, author: reply.author, text: reply.lines.join('\n').replace(/\n+$/, '') }));
}

/** Org puts the newest state change first; its note counts when that change closed the entry. */
function readSummary(section: Section): string | undefined {
  const { log } = section;
  const first = log.findIndex((line) => /^[ \t]*[-+] (?:State "|CLOSING NOTE )/.test(line));
  const item = log[first];
  if (item === undefined || !/\\\\[ \t]*$/.test(item)) return undefined;
  const state = /State "([^"]*)"/.exec(item)?.[1];
  if (state !== undefined && state !== section.headline.keyword) return undefined;
  const indent = indentOf(item);
  const rest = log.slice(first + 1);
  const end = rest.findIndex((line) => line.trim() !== '' && indentOf(line) <= indent);
  const note = (end < 0 ? rest : rest.slice(0, end)).map(decodeLine(indent + 2));
  return note.join('\n').replace(/\n+$/, '');
}
