import { bodyIndent, logItem, readReplyHead } from './body.ts';
import { readHeadline } from './headline.ts';
import type { Headline } from './headline.ts';
import { indentOf, isBlank, lineAt } from './lines.ts';
import type { Line } from './lines.ts';
import type { ReviewState } from './types.ts';

/**
 * The section of an entry, cut into the zones that Org prescribes: headline, planning line, property
 * drawer, log, and the body, which is text and then replies. Zones are lines with their spans; what
 * has no meaning here is only passed over.
 */
export interface Section {
  readonly headline: Headline;
  /** `CLOSED: […] SCHEDULED: <…>`, directly under the headline. */
  readonly planning: Line | undefined;
  readonly drawer: Drawer | undefined;
  /** Where a LOGBOOK belongs: after the property drawer, or after what stands in its place. */
  readonly logStart: number;
  readonly logbook: Line | undefined;
  /** The lines of LOGBOOK drawers and of notes that Org wrote without one. */
  readonly log: readonly string[];
  /** Where the body begins, and how it is indented when it is written: less deep than a note above it would go on. */
  readonly bodyStart: number;
  readonly bodyColumns: number;
  /** From the first to the last line that is not blank. */
  readonly text: readonly Line[];
  readonly replies: readonly Line[];
}

export interface Drawer {
  readonly indent: string;
  readonly properties: readonly Property[];
  /** The `:END:` line. */
  readonly end: Line;
}

export interface Property extends Line {
  /** In upper case. */
  readonly name: string;
  /** Index after the colon that ends the name. */
  readonly nameEnd: number;
  readonly value: string;
}

const planningLine = /^[ \t]*(?:CLOSED|SCHEDULED|DEADLINE):/;
const drawerStart = /^[ \t]*:PROPERTIES:[ \t]*$/i;
const logbookStart = /^[ \t]*:(?:LOGBOOK|CLOCK):[ \t]*$/i;
const drawerEnd = /^[ \t]*:END:[ \t]*$/i;
const propertyLine = /^[ \t]*:(\S+):(?= |[ \t]*$)/; // not a tab and a value, says org-property-drawer-re
const clockLine = /^[ \t]*CLOCK: \[/;

/** Cuts the section `[start, end)`; undefined when its headline is not that of an entry. */
export function readSection(text: string, start: number, end: number, states: ReadonlyMap<string, ReviewState>): Section | undefined {
  const headline = readHeadline(text, lineAt(text, start, end), states);
  if (!headline) return undefined;

  let at = headline.next;
  const first = lineAt(text, at, end);
  const planning = planningLine.test(slice(text, first)) ? first : undefined;
  if (planning) at = planning.next;
  const drawer = readDrawer(text, at, end);
  const logStart = drawer?.end.next ?? at;
  const { log, logbook, bodyStart, bodyColumns } = readLog(text, logStart, end);
  const body = readBody(text, bodyStart, end);
  return { headline, planning, drawer, logStart, logbook, log, bodyStart, bodyColumns, text: body.text, replies: body.replies };
}

/** The property with this name, in upper case; the first one counts. */
export function findProperty(drawer: Drawer | undefined, name: string): Property | undefined {
  return drawer?.properties.find((property) => property.name === name);
}

function slice(text: string, line: Line): string {
  return text.slice(line.start, line.end);
}

/** A blank line, or any that is no property, makes the whole no drawer: Org sees none of it. */
function readDrawer(text: string, start: number, end: number): Drawer | undefined {
  let line = lineAt(text, start, end);
  const opening = slice(text, line);
  if (!drawerStart.test(opening)) return undefined;
  const properties: Property[] = [];
  while (line.next < end) {
    line = lineAt(text, line.next, end);
    const content = slice(text, line);
    const found = propertyLine.exec(content);
    if (!found) return undefined;
    const [before, name = ''] = found;
    if (/^END$/i.test(name) && drawerEnd.test(content)) return { indent: opening.slice(0, opening.indexOf(':')), properties, end: line };
    const nameEnd = line.start + before.length;
    properties.push({ start: line.start, end: line.end, next: line.next, name: name.toUpperCase(), nameEnd, value: content.slice(before.length).trim() });
  }
  return undefined;
}

function readLog(text: string, start: number, end: number): Pick<Section, 'log' | 'logbook' | 'bodyStart' | 'bodyColumns'> {
  const log: string[] = [];
  let logbook: Line | undefined;
  let bodyColumns = bodyIndent.length;
  let at = start;
  while (at < end) {
    const line = lineAt(text, at, end);
    const content = slice(text, line);
    if (logbookStart.test(content)) {
      const inside = linesUntil(text, line.next, end, (next) => drawerEnd.test(next));
      if (!inside.found) break;
      if (/LOGBOOK/i.test(content)) logbook ??= line;
      for (const inner of inside.lines) log.push(inner);
      bodyColumns = bodyIndent.length;
      at = inside.next;
    } else if (logItem.test(content)) {
      const indent = indentOf(content);
      const note = linesUntil(text, line.next, end, (next) => isBlank(next) ? next.length <= indent : indentOf(next) <= indent);
      log.push(content);
      for (const noteLine of note.lines) log.push(noteLine);
      bodyColumns = Math.min(bodyIndent.length, indent);
      at = note.start;
    } else if (clockLine.test(content)) at = line.next;
    else break;
  }
  return { log, logbook, bodyStart: at, bodyColumns };
}

function linesUntil(text: string, start: number, end: number, stop: (line: string) => boolean): { lines: string[]; found: boolean; start: number; next: number } {
  const lines: string[] = [];
  let at = start;
  while (at < end) {
    const line = lineAt(text, at, end);
    const content = slice(text, line);
    if (stop(content)) return { lines, found: true, start: at, next: line.next };
    lines.push(content);
    at = line.next;
  }
  return { lines, found: false, start: at, next: at };
}

/** The replies are the run of list items at the body's end; a line after them that is no part of one makes them text. */
function readBody(text: string, start: number, end: number): Pick<Section, 'text' | 'replies'> {
  const lines: Line[] = [];
  let filled = 0; // up to the last line that is not blank
  let firstReply = -1;
  let indent = 0;
  for (let at = start; at < end;) {
    const line = lineAt(text, at, end);
    at = line.next;
    const content = slice(text, line);
    if (isBlank(content)) {
      if (filled > 0) lines.push(line);
      continue;
    }
    if (readReplyHead(content)) {
      if (firstReply < 0) firstReply = lines.length;
      indent = indentOf(content);
    } else if (firstReply >= 0 && indentOf(content) <= indent) firstReply = -1;
    lines.push(line);
    filled = lines.length;
  }
  lines.length = filled;
  if (firstReply < 0) return { text: lines, replies: [] };
  let textEnd = firstReply;
  while (textEnd > 0 && isBlankLine(text, lines[textEnd - 1])) textEnd--;
  return { text: lines.slice(0, textEnd), replies: lines.slice(firstReply) };
}

function isBlankLine(text: string, line: Line | undefined): boolean {
  return line !== undefined && isBlank(slice(text, line));
}
