import { dropIndent, indentOf, isBlank } from './lines.ts';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';
import type { OrgTimestamp, Reply } from './types.ts';

/**
 * Comment text as the body of an entry: three columns of indentation, as printed in the original, and
 * a zero-width space (Org's own escape) before a line that Org or this reader would take for structure.
 */
export const bodyIndent = '   ';

const mark = '\u200b';

/** The first line of what Org notes about an entry (`org-log-note-headings`), when it does so outside a drawer. */
export const logItem = /^[ \t]*[-+] (?:State "|CLOSING NOTE \[|Note taken on \[|Rescheduled from |Not scheduled, was |New deadline from |Removed deadline, was |Refiled on \[)/;

// A headline or bullet, a drawer line, a file-wide setting, a planning or clock line, something like a reply.
const structure = /^\u200b|^[ \t]*(?:\*+(?:[ \t]|$)|:\S+:[ \t]*$|#\+\S*:|(?:CLOSED|SCHEDULED|DEADLINE|CLOCK):|[-+] \[\d)/;

/** What can stand in the log: line feeds only, well-formed, no NUL (it becomes U+FFFD). Everything else is kept. */
export function normalise(text: string): string {
  return text.replace(/\r\n?/g, '\n').toWellFormed().replaceAll('\0', '\ufffd');
}

/** The lines to write for `text`, none for an empty one. */
export function encodeText(text: string, indent: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  return lines.map((line, i) => encodeLine(line, indent, i === 0 || i === lines.length - 1));
}

/** @param atEdge The line is the first or last one: blank, it would be taken for space around the text. */
function encodeLine(line: string, indent: string, atEdge: boolean): string {
  if (isBlank(line)) return atEdge ? indent + mark + line : line === '' ? '' : indent + line;
  return indent + (structure.test(line) || logItem.test(line) ? mark + line : line);
}

/** The text that `lines` stand for, without blank lines at the end. `columns` is what they are indented by. */
export function decodeText(lines: readonly string[], columns = commonIndent(lines)): string {
  const end = lines.findLastIndex((line) => !isBlank(line)) + 1;
  return lines.slice(0, end).map((line) => decodeLine(line, columns)).join('\n');
}

function decodeLine(line: string, columns: number): string {
  const content = dropIndent(line, columns);
  return content.startsWith(mark) ? content.slice(mark.length) : content;
}

/** The indentation that all lines share, at most what this writer gives: more is the text's own. */
export function commonIndent(lines: readonly string[]): number {
  let columns = bodyIndent.length;
  for (const line of lines) {
    if (!isBlank(line)) columns = Math.min(columns, indentOf(line));
  }
  return columns;
}

const replyItem = /^[ \t]*[-+] (\[\d{4}-\d\d-\d\d[^\]\n]*\]) (\S|\S.*?\S):(?: (.*)|$)/s;

/** The first line of a reply: `- [2026-09-23 Wed 12:10] name: text` */
export function readReplyHead(line: string): { at: OrgTimestamp; author: string; firstLine: string } | undefined {
  const found = replyItem.exec(line);
  const at = found && parseTimestamp(found[1] ?? '');
  return found && at ? { at, author: found[2] ?? '', firstLine: found[3] ?? '' } : undefined;
}

/** The lines to write for a reply; those after the first are indented by two more. */
export function encodeReply(reply: Reply, indent: string): string[] {
  const [first = '', ...rest] = normalise(reply.text).split('\n');
  const head = `${indent}- ${formatTimestamp(reply.at)} ${authorName(reply.author)}:${first === '' ? '' : ` ${first}`}`;
  return [head, ...rest.map((line, i) => encodeLine(line, `${indent}  `, i === rest.length - 1))];
}

/** A name ends at the first colon that a space or the line's end follows, so it holds none. */
function authorName(author: string): string {
  const name = normalise(author).replace(/\s+/g, ' ').replace(/:+(?= |$)/g, '').trim();
  return name === '' ? 'unknown' : name;
}
