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

export const blockEdge = /^[ \t]*#\+(begin|end)_(\S+)/i;

/** What can stand in the log: line feeds only, well-formed, no NUL (it becomes U+FFFD). Everything else is kept. */
export function normalise(text: string): string {
  return text.replace(/\r\n?/g, '\n').toWellFormed().replaceAll('\0', '\ufffd');
}

/** The lines to write for `text`, none for an empty one. */
export function encodeText(text: string, indent: string): string[] {
  return text === '' ? [] : encodeLines(text.split('\n'), indent);
}

function encodeLines(lines: readonly string[], indent: string): string[] {
  const blocks = hasWholeBlocks(lines);
  return lines.map((line, i) => {
    // A blank line at the edge would be taken for space around the text.
    if (isBlank(line)) return i === 0 || i === lines.length - 1 ? indent + mark + line : line === '' ? '' : indent + line;
    const isStructure = structure.test(line) || logItem.test(line) || (!blocks && blockEdge.test(line));
    return indent + (isStructure ? mark + line : line);
  });
}

/** Whole blocks stay blocks, for Org shows code in them as code. Half a block could reach into what follows. */
function hasWholeBlocks(lines: readonly string[]): boolean {
  let open: string | undefined;
  for (const line of lines) {
    const [, edge, name = ''] = blockEdge.exec(line) ?? [];
    if (edge === undefined) continue;
    const begins = edge.toLowerCase() === 'begin';
    if (begins) open ??= name.toLowerCase();
    else if (open === name.toLowerCase()) open = undefined;
    else if (open === undefined) return false;
  }
  return open === undefined;
}

/**
 * The lines to write for the text of an entry, indented by `columns`. With fewer than usual the first
 * line is marked: it shows where the indentation ends, and that a list item above ends here.
 */
export function encodeBody(text: string, columns: number): string[] {
  const indent = ' '.repeat(columns);
  const [first, ...rest] = encodeText(text, indent);
  if (first === undefined) return [];
  return columns === bodyIndent.length || first.startsWith(indent + mark) ? [first, ...rest] : [indent + mark + first.slice(columns), ...rest];
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
  return [head, ...encodeLines(rest, `${indent}  `)];
}

/** A name ends at the first colon that a space or the line's end follows, so it holds none. */
function authorName(author: string): string {
  const name = normalise(author).replace(/\s+/g, ' ').replace(/:+(?= |$)/g, '').trim();
  return name === '' ? 'unknown' : name;
}
