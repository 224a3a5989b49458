import { bodyIndent } from './body.ts';
import { wholeLines } from './lines.ts';
import { propertyLines, propertyValue } from './print.ts';
import { findProperty, readSection } from './section.ts';
import type { Section } from './section.ts';
import type { Edit, Log, LogEntry } from './types.ts';

/** What every change of an entry needs: its section, its line break, and edits of its drawer. */

type Properties = readonly (readonly [name: string, value: string | undefined])[];

/** @throws Error when the entry was not scanned from this log: a bug of the caller. */
export function sectionOf(log: Log, entry: LogEntry): Section {
  const section = readSection(log.text, entry.span.start, entry.span.end, log.keywords.states);
  if (!section) throw new Error(`entry ${entry.id} is not from this log`);
  return section;
}

/** The line break of the entry's headline: a file may mix them. */
export function eolOf(log: Log, { headline }: Section): string {
  return headline.next === headline.end ? log.eol : log.text.slice(headline.end, headline.next);
}

/** Puts whole lines in front of the line that begins at `at`. */
export function insertLines(log: Log, section: Section, at: number, lines: readonly string[]): Edit {
  return { start: at, end: at, text: wholeLines(log.text, at, eolOf(log, section), lines) };
}

/** The property to write with any change of an entry that has no id of its own yet. */
export function ownId(entry: LogEntry): [string, string][] {
  return entry.hasId ? [] : [['ID', entry.id]];
}

/**
 * Sets properties, and takes out those that are given as undefined. A value is replaced behind its
 * name and the blanks there; new ones come at the drawer's end, as Emacs puts them; an entry without a
 * drawer gets one.
 */
export function editDrawer(log: Log, section: Section, properties: Properties): Edit[] {
  const { drawer } = section;
  const edits: Edit[] = [];
  const added: [string, string][] = [];
  for (const [name, value] of properties) {
    const old = findProperty(drawer, name);
    if (!old && value !== undefined) added.push([name, value]);
    else if (old && value === undefined) edits.push({ start: old.start, end: old.next, text: '' });
    else if (old && value !== undefined && value !== old.value) edits.push(replaceValue(log, old.nameEnd, old.end, value));
  }
  if (added.length === 0) return edits;
  const lines = propertyLines(added, drawer?.indent ?? bodyIndent);
  const edit = drawer
    ? insertLines(log, section, drawer.end.start, lines)
    : insertLines(log, section, section.logStart, [`${bodyIndent}:PROPERTIES:`, ...lines, `${bodyIndent}:END:`]);
  return [...edits, edit];
}

function replaceValue(log: Log, nameEnd: number, end: number, value: string): Edit {
  const blanks = /^[ \t]*/.exec(log.text.slice(nameEnd, end))?.[0] ?? '';
  return { start: nameEnd, end, text: (blanks === '' ? ' ' : blanks) + propertyValue(value) };
}
